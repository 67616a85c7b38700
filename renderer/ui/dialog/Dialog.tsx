import { Button, Drawer, Modal, type ModalProps } from '@mantine/core';
import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HelpPage } from '../../../shared/features/help/help-pages.ts';
import classes from './Dialog.module.css';
import { useFocusReturn, useIsOnTop } from './return-focus.ts';
import { useTypedAhead } from './typed-ahead.ts';

interface Props {
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** The page of the help that F1 opens here. */
  readonly help: HelpPage;
  /** Whether something stands in it that closing would lose: it asks first. */
  readonly unsaved?: boolean;
  readonly size?: NonNullable<ModalProps['size']>;
  readonly yOffset?: NonNullable<ModalProps['yOffset']>;
  onClose(): void;
  onKeyDown?(event: KeyboardEvent): void;
}

/**
 * A dialog over the page, which closes with Escape, its cross or a click beside it. The keyboard goes back to where it came from, and what was written and not saved is asked about; it is
 * mounted while it is open. What is typed before its first field has the keyboard goes into that.
 */
export function Dialog({ children, help, unsaved, onClose, ...props }: Props) {
  const { content, leave, asks, frame } = useLeaving(unsaved ?? false, onClose);
  return (
    <Modal opened onClose={leave} {...frame} {...props}>
      <div ref={content} data-help={help}>
        {asks}
        {children}
      </div>
    </Modal>
  );
}

/** The same at the side of the page. */
export function SidePanel({ children, help, unsaved, onClose, ...props }: Props) {
  const { content, leave, asks, frame } = useLeaving(unsaved ?? false, onClose);
  return (
    <Drawer opened onClose={leave} position="right" {...frame} {...props}>
      <div ref={content} data-help={help}>
        {asks}
        {children}
      </div>
    </Drawer>
  );
}

/** How a dialog closes: at once, or after its question. */
function useLeaving(unsaved: boolean, onClose: () => void) {
  const { t } = useTranslation('app');
  const content = useRef<HTMLDivElement>(null);
  const [asking, setAsking] = useState(false);
  const cameFrom = useRef<Element | null>(null);
  const noteOrigin = useFocusReturn();
  const keepTyped = useTypedAhead();
  const take = useCallback(
    (drawn: HTMLDivElement | null) => {
      content.current = drawn;
      noteOrigin(drawn);
      keepTyped(drawn);
    },
    [noteOrigin, keepTyped],
  );
  const isOnTop = useIsOnTop();
  const leave = useCallback(() => {
    cameFrom.current = document.activeElement;
    // A text that chose nothing, or is no date, is of no record either.
    if (unsaved || content.current?.querySelector('[data-unsettled]')) setAsking(true);
    else onClose();
  }, [unsaved, onClose]);
  const stay = useCallback(() => {
    setAsking(false);
    const within = content.current;
    const before = within?.contains(cameFrom.current) ? cameFrom.current : (within?.querySelector('input, textarea, button') ?? null);
    const field = within?.querySelector('[data-unsettled]') ?? before;
    if (field instanceof HTMLElement) field.focus();
  }, []);
  // Before the change is painted: Escape after a name that was just saved would ask about one that is not there any more.
  useLayoutEffect(() => {
    // A list or a calendar that is open closes first; it is closed when the key comes back up.
    let isTaken = false;
    const comesDown = ({ target }: globalThis.KeyboardEvent) => {
      isTaken = target instanceof Element && target.getAttribute('data-mantine-stop-propagation') === 'true';
    };
    const comesUp = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || isTaken || !isOnTop()) return;
      event.preventDefault();
      if (asking) stay();
      else leave();
    };
    window.addEventListener('keydown', comesDown, { capture: true });
    window.addEventListener('keydown', comesUp);
    return () => {
      window.removeEventListener('keydown', comesDown, { capture: true });
      window.removeEventListener('keydown', comesUp);
    };
  }, [isOnTop, leave, stay, asking]);
  const asks = asking && (
    <div className={classes.asks} role="alertdialog" aria-label={t('unsaved.text')}>
      <p>{t('unsaved.text')}</p>
      <div>
        <Button ref={focusAtOnce} onClick={stay}>
          {t('unsaved.stay')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('unsaved.drop')}
        </Button>
      </div>
    </div>
  );
  const frame = { closeOnEscape: false, returnFocus: false, closeButtonProps: { 'aria-label': t('close') } };
  return { content: take, leave, asks, frame };
}

function focusAtOnce(button: HTMLButtonElement | null): void {
  button?.focus();
}
