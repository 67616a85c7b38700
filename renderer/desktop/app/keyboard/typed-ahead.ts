/** What is typed while a field is still on its way: it goes to the field and not to the page beneath. */
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
