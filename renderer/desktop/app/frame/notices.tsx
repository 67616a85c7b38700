import { Button, Group, Text } from '@mantine/core';
import { randomId } from '@mantine/hooks';
import { notifications, notificationsStore } from '@mantine/notifications';
import i18next from 'i18next';
import type { CallRefused } from '../../../../shared/contract/rpc.ts';
import { DIALOG } from '../../../ui/dialog/return-focus.ts';
import { AlertIcon } from '../../../ui/theme/icons.tsx';
import { leavesFree, noticePlace, noticeSize, type NoticePlace } from './notice-place.ts';
import { isBehind } from '../fresh-answers.ts';
import { noticeTurns } from './notice-turns.ts';
import classes from './notices.module.css';

const READABLE = 8_000;
/** So many lie at one place, and at so many places. */
export const SEEN_AT_A_PLACE = 2;
const PLACES_AT_ONCE = 2;
/** So many are seen at once; the oldest that goes by itself gives way to the next, and where none does that one waits. */
const SEEN_AT_ONCE = SEEN_AT_A_PLACE * PLACES_AT_ONCE;

/** The last thing that can be undone; Ctrl+Z takes it back. */
let undoLast: (() => void) | undefined;
/** The notice that offers it. */
let undoNotice = '';
/** How many refusals were shown. */
let refusals = 0;
/** When that was offered, on the clock of `performance`. */
let offeredAt = 0;

const closeButton = () => ({ 'aria-label': i18next.t('app:close') });

const atTurn = noticeTurns({
  isOpen: () => document.querySelector(DIALOG) !== null,
  isAsking: isBehind,
  now: () => performance.now(),
  after: (milliseconds, then) => void setTimeout(then, milliseconds),
});

/** Says in a few words that something happened. */
export function say(message: string): void {
  atTurn(() => {
    makeRoom();
    notifications.show({ position: place(message), message: <Text>{message}</Text>, autoClose: READABLE, closeButtonProps: closeButton() });
  });
}

/**
 * Says what happened and offers to take it back for as long as the notice stays; Ctrl+Z does the same, from the first moment on.
 * `undo` may reject with a refusal, which is shown. `quiet`: it says itself what it did.
 */
export function offerUndo(
  message: string,
  undo: () => Promise<unknown>,
  { label = i18next.t('app:undo'), quiet = false }: { readonly label?: string; readonly quiet?: boolean } = {},
): void {
  const id = randomId();
  const take = () => {
    if (undoLast === take) undoLast = undefined;
    dismiss();
    notifications.hide(id);
    undo().then(
      () => !quiet && say(i18next.t('app:undone')),
      (error: CallRefused) => sayRefusal(error),
    );
  };
  undoLast = take;
  undoNotice = id;
  offeredAt = performance.now();
  const dismiss = atTurn(() => {
    makeRoom();
    notifications.show({
      id,
      position: place(message, label),
      autoClose: READABLE + 4_000,
      closeButtonProps: closeButton(),
      message: (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text className={classes.message!}>{message}</Text>
          <Button variant="subtle" size="compact-md" className={classes.undo!} onClick={take}>
            {label}
          </Button>
        </Group>
      ),
      onClose: () => {
        if (undoLast === take) undoLast = undefined;
      },
    });
  });
}

/** Takes back the last thing that offers it, where that was offered after `since` (of `performance.now()`); false when there is none. */
export function undoNewest(since = 0): boolean {
  if (!undoLast || offeredAt < since) return false;
  undoLast();
  return true;
}

/** Shows a refusal's sentence: what happened, what was kept, what to do. It is seen at once, before all others, and stays until it is closed: the dialog in which something was refused stays too. */
export function sayRefusal(refusal: Pick<CallRefused, 'message'>): void {
  makeRoom();
  refusals += 1;
  notifications.show({
    position: place(refusal.message),
    message: <Text>{refusal.message}</Text>,
    autoClose: false,
    priority: refusals,
    icon: <AlertIcon />,
    color: 'var(--absent)',
    closeButtonProps: closeButton(),
  });
}

/**
 * Where a notice goes: where it covers least; beside one that lies already as long as it covers nothing foremost there, then at a second place, so that as many as are seen at once lie over little. One more is
 * seen at their place before them.
 */
function place(message: string, label?: string): NoticePlace {
  const { notifications: lying } = notificationsStore.getState();
  const size = noticeSize(message, label);
  const taken = [...new Set(lying.map(({ position }) => position as NoticePlace))];
  const open = taken.filter((one) => lying.filter(({ position }) => position === one).length < SEEN_AT_A_PLACE);
  const free = open.find((one) => leavesFree(one, size));
  if (taken.length === PLACES_AT_ONCE) return free ?? open[0] ?? taken[0]!;
  return free ?? noticePlace(size, taken);
}

/** Closes the oldest notice that goes by itself, where no more can be seen; the one of what Ctrl+Z takes back waits instead. */
function makeRoom(): void {
  const { notifications: seen, queue } = notificationsStore.getState();
  if (seen.length < SEEN_AT_ONCE) return;
  const oldest = [...seen, ...queue].find(({ id, autoClose }) => autoClose !== false && !(undoLast && id === undoNotice));
  if (oldest?.id !== undefined) notifications.hide(oldest.id);
}
