import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useRead, type Answer } from '../../app/engine.ts';
import { useSpeech } from './use-speech.ts';
import classes from './MayNot.module.css';

export type Rights = Answer<'sync.rights'>;
type Task = Exclude<keyof Rights, 'role'>;

/** What the user may write in a workshop, or without one; undefined for a moment, in which everything is offered as before: the engine refuses by itself. */
export function useRights(activityId?: Id): Rights | undefined {
  return useRead('sync.rights', activityId === undefined ? {} : { activityId }, { keep: true }).data;
}

/** Whether a task is to be offered. */
export function offers(rights: Rights | undefined, task: Task): boolean {
  return rights?.[task].allowed ?? true;
}

/** Whether a part of a workshop is closed to the user, so that there is nothing of it here to show. */
export function isClosed(rights: Rights | undefined, task: Task): boolean {
  return rights?.[task].reason === 'sync.spaceClosed';
}

/** Why a task is not offered, in one sentence; nothing where it is. */
export function MayNot({
  rights,
  task,
  opening = false,
}: {
  readonly rights: Rights | undefined;
  readonly task: Task;
  readonly opening?: boolean;
}) {
  const words = useReason(rights, task, opening);
  return words && <p className={classes.root}>{words}</p>;
}

/** That sentence; `opening`: the task is to open a workshop. */
export function useReason(rights: Rights | undefined, task: Task, opening = false): string | null {
  const { t } = useTranslation('sync');
  const { exists } = useSpeech();
  if (!rights || rights[task].allowed) return null;
  const key = `laptop.role.${rights.role}`;
  const role = exists(`sync:${key}`) ? t(key as 'laptop.role.trainer') : rights.role;
  if (opening) return t('rights.noWorkshops', { role });
  return t(isClosed(rights, task) ? 'rights.spaceClosed' : 'rights.notEntitled', { role });
}
