import { useCallback, useRef } from 'react';
import { DIALOG } from './return-focus.ts';

/** The keys typed while a field is still on its way: they go to the field and not to the page beneath. */
export interface TypedAhead {
  /** Begins to keep what is typed. */
  start(): void;
  /** What was typed since, once; keeps nothing more. */
  take(): string;
}

/** Keeps what is typed into a document, letters and signs as they are, Backspace taken back; keys of commands pass. */
export function typedAhead(target: Pick<Document, 'addEventListener' | 'removeEventListener'>): TypedAhead {
  let typed = '';
  const keep = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === 'Backspace') typed = [...typed].slice(0, -1).join('');
    else if ([...event.key].length === 1) typed += event.key;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    start() {
      typed = '';
      target.addEventListener('keydown', keep as EventListener, { capture: true });
    },
    take() {
      target.removeEventListener('keydown', keep as EventListener, { capture: true });
      const all = typed;
      typed = '';
      return all;
    },
  };
}

/** Fields that take a text where their caret is. */
const TEXT = ':is(input:is([type="text"], [type="search"], [type="tel"], [type="url"], :not([type])), textarea):read-write';

/**
 * Keeps what is typed behind the key that opens a dialog until its first field (`data-autofocus`) has the keyboard, and puts it there: no letter is lost, and none does something to the page beneath. Takes
 * the content of the dialog once it is drawn, and null when it goes.
 */
export function useTypedAhead(): (content: Element | null) => void {
  const end = useRef<() => void>(undefined);
  return useCallback((content) => {
    end.current?.();
    end.current = content ? keepFor(content) : undefined;
  }, []);
}

function keepFor(content: Element): (() => void) | undefined {
  const dialog = content.closest(DIALOG) ?? content;
  const isAwaited = content.querySelector('[data-autofocus]')?.matches(TEXT) === true;
  if (!isAwaited || dialog.contains(document.activeElement)) return undefined;
  const ahead = typedAhead(document);
  const end = () => {
    document.removeEventListener('focusin', arrive);
    return ahead.take();
  };
  const arrive = ({ target }: FocusEvent) => {
    if (!(target instanceof Element) || !dialog.contains(target)) return;
    const text = end();
    if (text !== '' && target.matches(TEXT)) insertText(target as HTMLInputElement | HTMLTextAreaElement, text);
  };
  document.addEventListener('focusin', arrive);
  ahead.start();
  return end;
}

/** Puts a text in the place of what is selected in a field, else at its end, as if it was typed. */
function insertText(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const [from, to] = [field.selectionStart ?? 0, field.selectionEnd ?? 0];
  const at = from === to ? field.value.length : from;
  field.setRangeText(text, at, from === to ? at : to, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
