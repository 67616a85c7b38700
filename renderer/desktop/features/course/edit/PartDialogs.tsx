import { Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { lengthsOf } from '../../../../../shared/features/course/balance.ts';
import { COURSE_TEXTS, MODULE_TEXTS, SESSION_TEXTS } from '../../../../../shared/features/course/completeness.ts';
import { flatTexts, textsByField } from '../../../../../shared/features/course/flat-texts.ts';
import type { SessionPlace } from '../../../../../shared/features/course/rules.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { course as courseEntity, courseModule, session as sessionEntity } from '../../../../../shared/model/course.ts';
import { labelKey } from '../../../../../shared/model/entity.ts';
import { blankOf } from '../../../../../shared/model/records.ts';
import { LEVELS } from '../../../../../shared/model/vocabularies.ts';
import { useOpenForm } from '../../../app/use-open-form.ts';
import { useWrite } from '../../../app/engine.ts';
import type { Course, Opened } from './CourseEditor.tsx';
import { PartDialog, type Columns } from './PartDialog.tsx';

type Module = Course['modules'][number];
type Session = Module['sessions'][number];

/** A part that is being written: one that is there, or (null) one that is added. */
export type Writing =
  | { readonly kind: 'course'; readonly part: Course }
  | { readonly kind: 'module'; readonly part: Module | null }
  | { readonly kind: 'session'; readonly part: Session | null; readonly moduleId: Id };

interface Props {
  readonly course: Course;
  readonly opened: Opened;
  readonly columns: Columns;
  close(): void;
}

/** The form of a course, a module or a session. */
export function PartDialogs({ writing, ...props }: Props & { readonly writing: Writing }) {
  switch (writing.kind) {
    case 'course':
      return <CourseDialog {...props} />;
    case 'module':
      return <ModuleDialog {...props} module={props.course.modules.find(({ id }) => id === writing.part?.id) ?? writing.part} />;
    case 'session': {
      const now = props.course.modules.flatMap(({ sessions }) => sessions).find(({ id }) => id === writing.part?.id);
      return <SessionDialog {...props} session={now ?? writing.part} moduleId={writing.moduleId} />;
    }
  }
}

const NOTHING_SEEN = {};
const itself = (field: PropertyKey) => [String(field)];

function ModuleDialog({ course, opened, module, ...props }: Props & { readonly module: Module | null }) {
  const { t } = useTranslation('editor');
  const add = useWrite('course.addModule', { shownHere: true });
  const update = useWrite('course.updatePart', { shownHere: true });
  const now = flatTexts(module ?? blankOf(courseModule), MODULE_TEXTS);
  const form = useOpenForm({
    fields: now,
    seen: (module && opened.seen[module.id]) ?? NOTHING_SEEN,
    registersOf: itself,
  });
  const save = () => {
    const after = { onSuccess: props.close };
    if (module) update.mutate({ id: module.id, ...textsByField(form.touched()), seen: form.seenNow() }, after);
    else add.mutate({ courseId: course.id, title: textsByField(form.fields)['title'] ?? {} }, after);
  };
  return (
    <PartDialog
      {...props}
      title={module ? t('module') : t('addModule')}
      entity={courseModule}
      id={module?.id}
      names={MODULE_TEXTS}
      form={form}
      now={now}
      write={module ? update : add}
      save={save}
    />
  );
}

interface SessionProps extends Props {
  readonly session: Session | null;
  readonly moduleId: Id;
}

function SessionDialog({ course, opened, session, moduleId, ...props }: SessionProps) {
  const { t } = useTranslation(['editor', 'course']);
  const add = useWrite('course.addSession', { shownHere: true });
  const update = useWrite('course.updatePart', { shownHere: true });
  const blank = session ?? blankOf(sessionEntity);
  const now = {
    ...flatTexts(blank, SESSION_TEXTS),
    minutes: blank.minutes,
    layouts: ((session && opened.layouts[session.id]) ?? {}) as Readonly<Record<string, SessionPlace>>,
  };
  const form = useOpenForm({
    fields: now,
    seen: (session && opened.seen[session.id]) ?? NOTHING_SEEN,
    registersOf: itself,
  });
  const { minutes, layouts } = form.fields;
  const save = () => {
    const after = { onSuccess: props.close };
    const { minutes: newMinutes, layouts: newLayouts, ...texts } = form.touched();
    const figures = { ...(newMinutes !== undefined && { minutes: newMinutes }), ...(newLayouts && { layouts: { ...newLayouts } }) };
    const written = { ...textsByField(texts), ...figures };
    if (session) update.mutate({ id: session.id, ...written, seen: form.seenNow() }, after);
    else add.mutate({ courseId: course.id, moduleId, title: {}, ...written }, after);
  };
  return (
    <PartDialog
      {...props}
      title={session ? t('editor:session') : t('editor:addSession')}
      entity={sessionEntity}
      id={session?.id}
      names={SESSION_TEXTS}
      form={form}
      now={now}
      write={session ? update : add}
      save={save}
    >
      <Group align="flex-end" gap="md">
        <NumberInput
          label={t(labelKey(sessionEntity, 'minutes'))}
          value={minutes}
          onChange={(value) => form.set({ ...form.fields, minutes: typeof value === 'number' ? value : 0 })}
          min={0}
          max={24 * 60}
          step={5}
          allowDecimal={false}
          hideControls
          w={120}
        />
        {session &&
          lengthsOf(course).map((days) => (
            <PlaceSelect
              key={days}
              days={days}
              place={layouts[days]}
              choose={(place) => {
                const { [days]: _before, ...others } = layouts;
                form.set({ ...form.fields, layouts: place ? { ...others, [days]: place } : others });
              }}
            />
          ))}
      </Group>
    </PartDialog>
  );
}

interface PlaceProps {
  readonly days: number;
  readonly place: SessionPlace | undefined;
  choose(place: SessionPlace | undefined): void;
}

/** Where a session stands in a length of the course, or that it is no part of it. */
function PlaceSelect({ days, place, choose }: PlaceProps) {
  const { t } = useTranslation(['editor', 'course', 'app']);
  const last = Math.max(days, place?.day ?? 0);
  const places = Array.from({ length: last * 2 }, (_, index): SessionPlace => ({
    day: (index >> 1) + 1,
    half: index % 2 === 0 ? 'AM' : 'PM',
  }));
  const keyOf = ({ day, half }: SessionPlace) => `${day}${half}`;
  return (
    <Select
      label={t('editor:placeIn', { count: days })}
      data={[
        { value: '', label: t('editor:notInIt') },
        ...places.map((one) => ({ value: keyOf(one), label: t('course:dayHalf', { day: one.day, half: t(`app:half.${one.half}`) }) })),
      ]}
      value={place ? keyOf(place) : ''}
      onChange={(value) => choose(places.find((one) => keyOf(one) === value))}
      allowDeselect={false}
      w={190}
    />
  );
}

/** Lengths that are offered; a course that has a longer one keeps it. */
const LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

function CourseDialog({ course, opened, ...props }: Props) {
  const { t } = useTranslation(['editor', 'course']);
  const update = useWrite('course.update', { shownHere: true });
  const { code, level, days, variants } = course;
  const now = { ...flatTexts(course, COURSE_TEXTS), code, level, days, variants: variants as readonly number[] };
  const form = useOpenForm({
    fields: now,
    seen: opened.seen[course.id] ?? NOTHING_SEEN,
    registersOf: itself,
  });
  const { fields } = form;
  const lengths = [...new Set([...LENGTHS, ...variants, days])].sort((a, b) => a - b);
  const save = () => {
    const { code: newCode, level: newLevel, days: newDays, variants: newVariants, ...texts } = form.touched();
    update.mutate(
      {
        ...{ id: course.id, ...textsByField(texts), seen: form.seenNow() },
        ...(newCode !== undefined && { code: newCode }),
        ...(newLevel !== undefined && { level: newLevel }),
        ...(newDays !== undefined && { days: newDays }),
        ...(newVariants !== undefined && { variants: [...newVariants] }),
      },
      { onSuccess: props.close },
    );
  };
  return (
    <PartDialog
      {...props}
      title={t('editor:course')}
      entity={courseEntity}
      id={course.id}
      names={COURSE_TEXTS}
      form={form}
      now={now}
      write={update}
      save={save}
    >
      <Group align="flex-end" gap="md">
        <TextInput
          label={t(labelKey(courseEntity, 'code'))}
          value={fields.code}
          onChange={({ currentTarget: { value } }) => form.set({ ...fields, code: value })}
          w={120}
        />
        <Select
          label={t(labelKey(courseEntity, 'level'))}
          data={LEVELS.map((value) => ({ value, label: t(`course:level.${value}`) }))}
          value={fields.level}
          onChange={(value) => form.set({ ...fields, level: LEVELS.find((one) => one === value) ?? fields.level })}
          allowDeselect={false}
        />
        <Select
          label={t(labelKey(courseEntity, 'days'))}
          data={lengths.map((value) => ({ value: String(value), label: t('editor:balance.days', { count: value }) }))}
          value={String(fields.days)}
          onChange={(value) => form.set({ ...fields, days: Number(value ?? fields.days) })}
          allowDeselect={false}
          w={140}
        />
      </Group>
      <Checkbox.Group
        label={t(labelKey(courseEntity, 'variants'))}
        value={fields.variants.map(String)}
        onChange={(values) => form.set({ ...fields, variants: values.map(Number).sort((a, b) => a - b) })}
      >
        <Group mt="xs" gap="md">
          {lengths.map((value) => (
            <Checkbox key={value} value={String(value)} label={t('editor:balance.days', { count: value })} />
          ))}
        </Group>
      </Checkbox.Group>
    </PartDialog>
  );
}
