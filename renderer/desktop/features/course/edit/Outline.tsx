import { ActionIcon, Button, Menu } from '@mantine/core';
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { MODULE_TEXTS, missingTexts, SESSION_TEXTS } from '../../../../../shared/features/course/completeness.ts';
import { dropOn, stepOf, toModule, type Move } from '../../../../../shared/features/course/outline.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { textIn, type LocalisedText } from '../../../../../shared/kernel/text.ts';
import { useFormats, useLanguage, useReadable, useReadableTitle } from '../../../../ui/formats.ts';
import { Rows } from '../../../../ui/Rows.tsx';
import { RecordTitle } from '../../../../ui/fields/RecordText.tsx';
import { DownIcon, MoreIcon, PlusIcon, RemoveIcon } from '../../../../ui/theme/icons.tsx';
import { askAnew, useWrite } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';
import type { Course, Opened } from './CourseEditor.tsx';
import type { Writing } from './PartDialogs.tsx';
import classes from './Editor.module.css';

type Module = Course['modules'][number];
type Session = Module['sessions'][number];

interface Props {
  readonly course: Course;
  readonly opened: Opened;
  write(writing: Writing): void;
}

/** The modules and sessions of a course, which are put in order by drag, by buttons or with Alt and the arrows, opened and removed. */
export function Outline({ course, opened, write }: Props) {
  const order = useOrder(course, opened);
  return (
    <div ref={order.root} className={classes.outline}>
      <p className={classes.said} role="status">
        {order.said}
      </p>
      <Rows of={course.modules} as="div">
        {(module, index) => <ModuleRows course={course} module={module} number={index + 1} order={order} write={write} />}
      </Rows>
    </div>
  );
}

/** Returns what puts the parts of a course in order and removes them; the keyboard follows a part that moves. */
function useOrder(course: Course, opened: Opened) {
  const { t } = useTranslation('editor');
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const root = useRef<HTMLDivElement>(null);
  const dragged = useRef<Id>(undefined);
  const follow = useRef<string>(undefined);
  const [said, setSaid] = useState('');
  const moving = useWrite('course.move', { until: () => askAnew('course.get', { id: course.id }) });
  const remove = useWrite('course.removePart');
  const restore = useWrite('course.restorePart', { shownHere: true });
  useEffect(() => {
    if (follow.current === undefined) return;
    root.current?.querySelector<HTMLElement>(`[data-control="${follow.current}"]`)?.focus();
    follow.current = undefined;
  }, [course]);
  const titleOf = (part: Module | Session) => readableTitle(part, textIn(part.title, language));
  const move = (part: Module | Session, to: Move | null, control: string) => {
    if (!to || moving.isPending) return;
    follow.current = `${control}:${part.id}`;
    moving.mutate({ ...to, seen: opened.seen[part.id] ?? {} }, { onSuccess: () => setSaid(t('moved', { title: titleOf(part) })) });
  };
  return {
    root,
    said,
    titleOf,
    move,
    step: (part: Module | Session, by: -1 | 1, control: string) => move(part, stepOf(course.modules, part.id, by), control),
    canStep: (part: Module | Session, by: -1 | 1) => stepOf(course.modules, part.id, by) !== null,
    remove: (part: Module | Session) => {
      const title = titleOf(part);
      remove.mutate(
        { id: part.id, seen: opened.seen[part.id] ?? {} },
        { onSuccess: () => offerUndo(t('removed', { title }), () => restore.mutateAsync({ id: part.id })) },
      );
    },
    dragging: (part: Module | Session) => ({
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.stopPropagation();
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', titleOf(part));
        dragged.current = part.id;
      },
      onDragEnd: () => {
        dragged.current = undefined;
      },
      onDragOver: (event: DragEvent) => {
        if (dragged.current !== undefined) event.preventDefault();
      },
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        event.stopPropagation();
        const parts = course.modules.flatMap((module) => [module, ...module.sessions]);
        const from = parts.find(({ id }) => id === dragged.current);
        if (from) move(from, dropOn(course.modules, from.id, part.id), 'title');
      },
    }),
  };
}

type Order = ReturnType<typeof useOrder>;

interface ModuleProps extends Pick<Props, 'course' | 'write'> {
  readonly module: Module;
  readonly number: number;
  readonly order: Order;
}

function ModuleRows({ course, module, number, order, write }: ModuleProps) {
  const { t } = useTranslation('editor');
  const title = order.titleOf(module);
  return (
    <section className={classes.module} aria-label={title}>
      <div className={classes.row} data-module {...order.dragging(module)}>
        <h2 className={classes.words}>
          <TitleButton part={module} order={order} open={() => write({ kind: 'module', part: module })}>
            <span className={classes.number}>{number}</span> <RecordTitle of={module} />
          </TitleButton>
        </h2>
        <MissingHere course={course} texts={MODULE_TEXTS.map((field) => module[field])} />
        <PartButtons course={course} part={module} order={order} />
      </div>
      {module.sessions.length > 0 && (
        <ul className={classes.sessions} aria-label={title}>
          <Rows of={module.sessions} as="li">
            {(session) => (
              <li className={classes.row} {...order.dragging(session)}>
                <SessionWords session={session} order={order} open={() => write({ kind: 'session', part: session, moduleId: module.id })} />
                <MissingHere course={course} texts={SESSION_TEXTS.map((field) => session[field])} />
                <PartButtons course={course} part={session} order={order} within={module.id} />
              </li>
            )}
          </Rows>
        </ul>
      )}
      <Button
        variant="subtle"
        size="compact-md"
        leftSection={<PlusIcon size={16} />}
        aria-label={t('addSessionTo', { title })}
        onClick={() => write({ kind: 'session', part: null, moduleId: module.id })}
      >
        {t('addSession')}
      </Button>
    </section>
  );
}

function SessionWords({ session, order, open }: { readonly session: Session; readonly order: Order; open(): void }) {
  const { t } = useTranslation(['course', 'app']);
  const readable = useReadable();
  return (
    <div className={classes.words}>
      <TitleButton part={session} order={order} open={open}>
        <RecordTitle of={session} />
      </TitleButton>
      <span className={classes.facts}>
        {t('course:dayHalf', { day: session.day, half: t(`app:half.${session.half}`) })} ·{' '}
        {readable(session, 'minutes', t('course:minutes', { minutes: session.minutes }))}
      </span>
    </div>
  );
}

interface TitleProps {
  readonly part: Module | Session;
  readonly order: Order;
  readonly children: React.ReactNode;
  open(): void;
}

/** The title of a part, which opens its form; with Alt and an arrow the part moves, and *Delete* removes it. */
function TitleButton({ part, order, open, children }: TitleProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Delete') order.remove(part);
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    order.step(part, event.key === 'ArrowUp' ? -1 : 1, 'title');
  };
  return (
    <button
      type="button"
      className={classes.title}
      data-control={`title:${part.id}`}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
      onClick={open}
      onKeyDown={onKeyDown}
    >
      {children}
    </button>
  );
}

/** In which languages texts of a part are missing. */
function MissingHere({ course, texts }: { readonly course: Course; readonly texts: readonly LocalisedText[] }) {
  const { t } = useTranslation('editor');
  const format = useFormats();
  const lacking = course.languages.filter((language) => missingTexts(texts, language).missing > 0);
  if (lacking.length === 0) return null;
  return <span className={classes.lacks}>{t('lacks', { languages: format.list(lacking.map(format.language)) })}</span>;
}

interface ButtonsProps {
  readonly course: Course;
  readonly part: Module | Session;
  readonly order: Order;
  /** The module of a session. */
  readonly within?: Id;
}

function PartButtons({ course, part, order, within }: ButtonsProps) {
  const { t } = useTranslation('editor');
  const title = order.titleOf(part);
  const others = within === undefined ? [] : course.modules.filter(({ id }) => id !== within);
  const step = (by: -1 | 1) => {
    const control = by === -1 ? 'up' : 'down';
    return (
      <ActionIcon
        variant="subtle"
        size={40}
        data-control={`${control}:${part.id}`}
        aria-label={t(control, { title })}
        // Not disabled: that would take the keyboard away from whoever arrives at the edge.
        aria-disabled={!order.canStep(part, by)}
        onClick={() => order.step(part, by, control)}
      >
        <DownIcon className={by === -1 ? classes.upwards! : ''} />
      </ActionIcon>
    );
  };
  return (
    <div className={classes.buttons}>
      {step(-1)}
      {step(1)}
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" size={40} aria-label={t('more', { title })}>
            <MoreIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {others.map((module) => (
            <Menu.Item key={module.id} onClick={() => order.move(part, toModule(course.modules, part.id, module.id), 'title')}>
              {t('toModule', { title: order.titleOf(module) })}
            </Menu.Item>
          ))}
          {others.length > 0 && <Menu.Divider />}
          <Menu.Item leftSection={<RemoveIcon />} onClick={() => order.remove(part)}>
            {t('remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
