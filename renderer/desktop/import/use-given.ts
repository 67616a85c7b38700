import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntakeSource } from './use-plan.ts';

/**
 * Gives what the user pastes (a table of more than one cell) or drops (a file of tables) while the screen is shown; true while a file is held over the window.
 * `enabled`: nothing is taken where nothing may be written.
 */
export function useGiven(enabled: boolean, take: (source: IntakeSource) => void): boolean {
  const { t } = useTranslation('intake');
  const [over, setOver] = useState(false);
  const latest = useRef({ take, name: '' });
  useEffect(() => {
    latest.current = { take, name: t('pasted') };
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isTyping(event.target) || !/[\t\n]/.test(text.trim()) || isBusy()) return;
      event.preventDefault();
      latest.current.take({ text, name: latest.current.name });
    };
    const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true && !isBusy();
    const drag = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (!holdsFile(event) || !file) return;
      event.preventDefault();
      void window.shell.takeDropped(file).then((chosen) => chosen && latest.current.take(chosen));
    };
    const listeners = { paste, dragenter: drag, dragover: drag, dragleave: leave, drop } as const;
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener as EventListener);
    };
  }, [enabled]);
  return over;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}

/** Another dialog than that of an import is open. */
function isBusy(): boolean {
  const dialogs = [...document.querySelectorAll('[role="dialog"]')];
  return dialogs.some((dialog) => dialog.querySelector('[data-import]') === null);
}
