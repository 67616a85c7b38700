import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import type { CallRefused } from '../../../../shared/contract/rpc.ts';
import { AlertIcon } from '../../../ui/theme/icons.tsx';
import classes from './notices.module.css';

const READABLE = 8_000;

/** The last thing that can be undone; Ctrl+Z takes it back. */
let undoLast: (() => void) | undefined;
/** When that was offered, on the clock of `performance`. */
let offeredAt = 0;

const closeButton = () => ({ 'aria-label': i18next.t('app:close') });

/** Says in a few words that something happened. */
export function say(message: string): void {
  notifications.show({ message: <Text>{message}</Text>, autoClose: READABLE, closeButtonProps: closeButton() });
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
}

/** Takes back the last thing that offers it, where that was offered after `since` (of `performance.now()`); false when there is none. */
export function undoNewest(since = 0): boolean {
  if (!undoLast || offeredAt < since) return false;
  undoLast();
  return true;
}

/** Shows a refusal's sentence: what happened, what was kept, what to do. It stays until it is closed. */
export function sayRefusal(refusal: Pick<CallRefused, 'message'>): void {
  notifications.show({
    message: <Text>{refusal.message}</Text>,
    autoClose: false,
    icon: <AlertIcon />,
    color: 'var(--absent)',
    closeButtonProps: closeButton(),
  });
}
