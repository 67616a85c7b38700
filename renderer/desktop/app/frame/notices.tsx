import { Button, Group, Text } from '@mantine/core';
import { notifications, notificationsStore } from '@mantine/notifications';
import i18next from 'i18next';
import type { CallRefused } from '../../../../shared/contract/rpc.ts';
import { AlertIcon } from '../../../ui/theme/icons.tsx';
import { noticePlace, type NoticePlace } from './notice-place.ts';
import classes from './notices.module.css';

const READABLE = 8_000;
/** So many are seen at once; the oldest that goes by itself gives way to the next, and where none does that one waits. */
export const SEEN_AT_ONCE = 4;

/** The last thing that can be undone; Ctrl+Z takes it back. */
let undoLast: (() => void) | undefined;
/** The notice that offers it. */
let undoNotice = '';
/** How many refusals were shown. */
let refusals = 0;
/** When that was offered, on the clock of `performance`. */
let offeredAt = 0;

const closeButton = () => ({ 'aria-label': i18next.t('app:close') });

/** Says in a few words that something happened. */
export function say(message: string): void {
  makeRoom();
  notifications.show({ position: place(), message: <Text>{message}</Text>, autoClose: READABLE, closeButtonProps: closeButton() });
}

/**
 * Says what happened and offers to take it back for as long as the notice stays; Ctrl+Z does the same.
 * `undo` may reject with a refusal, which is shown. `quiet`: it says itself what it did.
 */
export function offerUndo(
  message: string,
  undo: () => Promise<unknown>,
  { label = i18next.t('app:undo'), quiet = false }: { readonly label?: string; readonly quiet?: boolean } = {},
): void {
  makeRoom();
  let id = '';
  const take = () => {
    if (undoLast === take) undoLast = undefined;
    notifications.hide(id);
    undo().then(
      () => !quiet && say(i18next.t('app:undone')),
      (error: CallRefused) => sayRefusal(error),
    );
  };
  undoLast = take;
  offeredAt = performance.now();
  id = notifications.show({
    position: place(),
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
  undoNotice = id;
}

/** Takes back the last thing that offers it, where that was offered after `since` (of `performance.now()`); false when there is none. */
export function undoNewest(since = 0): boolean {
  if (!undoLast || offeredAt < since) return false;
  undoLast();
  return true;
}

/** Shows a refusal's sentence: what happened, what was kept, what to do. It is seen at once, before all others, and stays until it is closed. */
export function sayRefusal(refusal: Pick<CallRefused, 'message'>): void {
  makeRoom();
  refusals += 1;
  notifications.show({
    position: place(),
    message: <Text>{refusal.message}</Text>,
    autoClose: false,
    priority: refusals,
    icon: <AlertIcon />,
    color: 'var(--absent)',
    closeButtonProps: closeButton(),
  });
}

/** Where a notice goes: to those that lie already, so that so many are seen and no more, else to where it covers least. */
function place(): NoticePlace {
  const [lying] = notificationsStore.getState().notifications;
  return (lying?.position as NoticePlace | undefined) ?? noticePlace();
}

/** Closes the oldest notice that goes by itself, where no more can be seen; the one of what Ctrl+Z takes back waits instead. */
function makeRoom(): void {
  const { notifications: seen, queue } = notificationsStore.getState();
  if (seen.length < SEEN_AT_ONCE) return;
  const oldest = [...seen, ...queue].find(({ id, autoClose }) => autoClose !== false && !(undoLast && id === undoNotice));
  if (oldest?.id !== undefined) notifications.hide(oldest.id);
}
