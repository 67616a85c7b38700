/**
 * Holds back the keys of a sheet while a sheet is being kept; what it returns lets them through again and gives those that were typed. They belong to the
 * next sheet, which is not on screen yet: without this the first answers of a quick hand would go to nobody, and all that follow would stand one
 * question too early. Ctrl+Enter is held as Enter. `sheet`: what is on screen; once it has gone nothing is held back.
 */
export function holdKeys(sheet: HTMLElement | null): () => readonly string[] {
  const keys: string[] = [];
  const take = (event: KeyboardEvent) => {
    if (!sheet?.isConnected || event.altKey || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key !== 'Enter') return;
    if (event.key.length !== 1 && event.key !== 'Enter' && event.key !== 'Backspace') return;
    // Who writes elsewhere, in a search or a dialog, does not type sheets.
    if (event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    event.stopPropagation();
    keys.push(event.key);
  };
  document.addEventListener('keydown', take, true);
  return () => {
    document.removeEventListener('keydown', take, true);
    return keys;
  };
}
