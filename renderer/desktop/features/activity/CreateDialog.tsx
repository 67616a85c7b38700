import { detailsOf } from '../../../../shared/features/activity/form-fields.ts';
import { activity } from '../../../../shared/model/activity.ts';
import { blankOf } from '../../../../shared/model/records.ts';
import { Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayCount } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { freeDays, lastWorkingDay, weekendOf } from '../../../../shared/kernel/weekends.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { Form } from '../../../ui/dialog/Form.tsx';
import { useLanguage } from '../../../ui/formats.ts';
import { today } from '../../app/clock.ts';
import { useRead, useWrite, type Answer } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { useCourseChoices } from '../course/course-name.ts';
import { DetailFields, type Details } from './DetailFields.tsx';
import { DatesFoot, useAskedDrop } from './agenda/asked-drop.tsx';
import { Period } from './Period.tsx';
import { WeekendChoice } from './WeekendChoice.tsx';

/** A new workshop: title, course, days, for whom. Nothing is made before *Create*; what does not fit is asked about. */
export function CreateDialog({
  entryId,
  ...props
}: {
  readonly courseId: Id | undefined;
  readonly entryId: Id | undefined;
  readonly close: () => void;
}) {
  const entry = useRead('activity.get', { id: entryId ?? '' }, { enabled: entryId !== undefined });
  // What the calendar says of it is there before the form is.
  if (entryId !== undefined && entry.isPending) return null;
  return <NewWorkshop {...props} entry={entry.data} />;
}

function NewWorkshop({
  courseId: given,
  entry,
  close,
}: {
  readonly courseId: Id | undefined;
  readonly entry: Answer<'activity.get'> | undefined;
  readonly close: () => void;
}) {
  const { t } = useTranslation(['activity', 'app']);
  const language = useLanguage();
  const courseChoices = useCourseChoices();
  const courses = useRead('course.list', {}).data ?? [];
  const create = useWrite('activity.create', { shownHere: true });
  const [details, setDetails] = useState<Details>(() => ({
    ...detailsOf(entry ?? blankOf(activity)),
    title: entry ? textIn(entry.title, language) : '',
    languages: [language],
  }));
  const [first] = useState(details);
  const [courseId, setCourseId] = useState<string | null>(given ?? null);
  const [start, setStart] = useState(entry?.start || today());
  const [firstDay] = useState(start);
  const [end, setEnd] = useState(entry?.end || start);
  const [weekends, setWeekends] = useState(false);
  const [tried, setTried] = useState(false);
  const course = courses.find((candidate) => candidate.id === courseId);
  const asked = useAskedDrop(create);
  const weekend = weekendOf(details.countries);
  const free = course ? freeDays(start, end, weekend) : [];
  const days = dayCount(start, end) - (weekends ? 0 : free.length);
  const sessions = useRead(
    'course.get',
    { id: courseId ?? '' },
    { enabled: asked.overflow !== undefined && courseId !== null },
  ).data?.modules.flatMap((module) => module.sessions);

  const isChanged = JSON.stringify(details) !== JSON.stringify(first) || courseId !== (given ?? null) || start !== firstDay;

  const chooseCourse = (id: string | null) => {
    setCourseId(id);
    create.reset();
    const chosen = courses.find((candidate) => candidate.id === id);
    if (chosen) setEnd(lastWorkingDay(start, chosen.days, weekend));
  };
  const move = (from: string, to: string) => {
    setStart(from);
    setEnd(to);
    asked.forget();
  };
  const submit = () => {
    setTried(true);
    if (!details.title.trim() || details.languages.length === 0) return;
    create.mutate(
      { ...details, start, end, ...(entry && { entryId: entry.id }), ...(courseId ? { courseId, weekends } : {}), ...asked.args },
      {
        onSuccess: ({ id }) => {
          close();
          go({ page: 'workshop', id, tab: 'agenda' });
        },
      },
    );
  };

  return (
    <Dialog help="workshop" onClose={close} unsaved={isChanged} title={t('create.title')} size={720}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          <DetailFields
            details={details}
            change={setDetails}
            tried={tried}
            between={
              <>
                <Select
                  label={t('field.course')}
                  description={t('field.courseHint')}
                  placeholder={t('field.noCourse')}
                  data={courseChoices(courses)}
                  value={courseId}
                  onChange={chooseCourse}
                  clearable
                  clearButtonProps={{ 'aria-label': t('field.noCourse') }}
                />
                <Period start={start} end={end} free={weekends ? [] : weekend} change={move} />
                {course && (
                  <Text size="sm" c="dimmed">
                    {course.variants.includes(days)
                      ? t('create.fits', { count: days })
                      : t('create.otherLength', { count: days, usual: course.days })}
                  </Text>
                )}
                <WeekendChoice
                  free={free}
                  checked={weekends}
                  hint={t('create.weekendsHint')}
                  onChange={(also) => {
                    setWeekends(also);
                    create.reset();
                  }}
                />
              </>
            }
          />
          <DatesFoot
            asked={asked}
            write={create}
            sessions={sessions ?? []}
            language={details.languages[0] ?? language}
            close={close}
            submit={(without) => (without === null ? t('create.submit') : t('create.submitWithout', { count: without }))}
          />
        </Stack>
      </Form>
    </Dialog>
  );
}
