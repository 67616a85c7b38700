import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLatest } from '../../ui/latest.ts';
import { isTyping } from '../app/keyboard/keys.ts';
import { say } from '../app/frame/notices.tsx';
import type { GivenSources } from './use-plan.ts';

/**
 * Gives what the user pastes (a table of more than one cell) or drops (files of tables, folders of them) while the screen is shown; true while a file is held over the
 * window. What is no table is named. `enabled`: nothing is taken where nothing may be written.
 */
export function useGiven(enabled: boolean, take: (given: GivenSources) => void): boolean {
  const { t } = useTranslation('intake');
  const [over, setOver] = useState(false);
  const latest = useLatest({ take, t });
  useEffect(() => {
    if (!enabled) return undefined;
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isTyping(event.target) || !/[\t\n]/.test(text.trim()) || isBusy()) return;
      event.preventDefault();
      latest.current.take({ sources: [{ text, name: latest.current.t('pasted') }], others: [] });
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
      const files = [...(event.dataTransfer?.files ?? [])];
      if (!holdsFile(event) || files.length === 0) return;
      event.preventDefault();
      void window.shell.takeDropped(files).then(({ tables: [first, ...rest], others }) => {
        if (first) latest.current.take({ sources: [first, ...rest], others });
        else if (others.length > 0) say(latest.current.t('noTables', { count: others.length, names: others.join(', ') }));
      });
    };
    const listeners = { paste, dragenter: drag, dragover: drag, dragleave: leave, drop } as const;
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener as EventListener);
    };
  }, [enabled, latest]);
  return over;
}

/** Another dialog than that of an import is open. */
function isBusy(): boolean {
  const dialogs = [...document.querySelectorAll('[role="dialog"]')];
  return dialogs.some((dialog) => dialog.querySelector('[data-import]') === null);
}
