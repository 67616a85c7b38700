import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useRead, type Answer } from '../../app/engine.ts';
import { useSpeech } from './lan/use-speech.ts';
import classes from './MayNot.module.css';

export type Rights = Answer<'sync.rights'>;
type Task = Exclude<keyof Rights, 'role'>;
type Permission = Rights[Task];

/** Returns the user's rights to write in a workshop, or without one; undefined for a moment, in which everything is offered as before: the engine refuses by itself. */
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

/** Why a thing may not be done that a call says is not permitted; nothing where it is. */
export function NotPermitted({ permission }: { readonly permission: Permission }) {
  const role = useRights()?.role ?? '';
  const words = useReasonWords();
  return permission.allowed ? null : <p className={classes.root}>{words(permission, role)}</p>;
}

/** That sentence; `opening`: the task is to open a workshop. */
export function useReason(rights: Rights | undefined, task: Task, opening = false): string | null {
  const words = useReasonWords();
  return !rights || rights[task].allowed ? null : words(rights[task], rights.role, opening);
}

function useReasonWords(): (permission: Permission, role: string, opening?: boolean) => string {
  const { t } = useTranslation('sync');
  const { exists } = useSpeech();
  return ({ reason }, roleKey, opening = false) => {
    const key = `laptop.role.${roleKey}`;
    const role = exists(`sync:${key}`) ? t(key as 'laptop.role.trainer') : roleKey;
    if (opening) return t('rights.noWorkshops', { role });
    return t(reason === 'sync.spaceClosed' ? 'rights.spaceClosed' : 'rights.notEntitled', { role });
  };
}
