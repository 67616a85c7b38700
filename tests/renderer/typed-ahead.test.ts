import { expect, it } from 'vitest';
import { typedAhead } from '../../renderer/ui/dialog/typed-ahead.ts';

/** A document that hears what is pressed. */
function aDocument() {
  const listeners = new Set<(event: KeyboardEvent) => void>();
  const target = {
    addEventListener: (_: string, listener: unknown) => void listeners.add(listener as (event: KeyboardEvent) => void),
    removeEventListener: (_: string, listener: unknown) => void listeners.delete(listener as (event: KeyboardEvent) => void),
  };
  const press = (key: string, more: Partial<KeyboardEvent> = {}): boolean => {
    let stopped = false;
    const event = {
      key,
      ctrlKey: false,
      altKey: false,
      metaKey: false,
      isComposing: false,
      preventDefault: () => (stopped = true),
      stopPropagation() {},
      ...more,
    };
    for (const listener of listeners) listener(event as unknown as KeyboardEvent);
    return stopped;
  };
  return { target: target as unknown as Document, press };
}

it('keeps letters, signs and blanks, takes back by Backspace, and lets commands by', () => {
  const { target, press } = aDocument();
  const typed = typedAhead(target);
  press('x');
  typed.start();
  for (const key of ['n', 'd', 'i', 'é', 'Backspace', 'a', ' ', '’', '😀', 'Backspace']) expect(press(key)).toBe(true);
  for (const key of ['Escape', 'Tab', 'Shift', 'Enter', 'ArrowDown']) expect(press(key)).toBe(false);
  expect(press('k', { ctrlKey: true })).toBe(false);
  expect(typed.take()).toBe('ndia ’');
  expect(press('z')).toBe(false);
  expect(typed.take()).toBe('');
});
