import { useCallback, type KeyboardEvent, type RefObject } from 'react';
import type { Id } from '../../../shared/kernel/ids.ts';
import { useLatest } from '../../ui/latest.ts';
import type { ShownRow, Take } from './plan-view.ts';

interface RowKeysOptions {
  /** The row that the keyboard is at, and its place; undefined where no row is shown. */
  readonly one: ShownRow | undefined;
  readonly active: number;
  goTo(index: number): void;
  /** Where it stands what is said about the row. */
  readonly about: RefObject<HTMLElement | null>;
  readonly takes: readonly Take[];
  onDecide(row: ShownRow, take: Take | null, personId?: Id): void;
  readonly onAnswer: ((key: string, option: string) => void) | undefined;
}

interface RowKeys {
  press(event: KeyboardEvent): void;
  /** Decides about the row, and goes on. */
  readonly decideHere: (take: Take | null, personId?: Id) => void;
  /** Answers what is asked of one of its cells; what was asked goes, and the keyboard is at the row again. */
  readonly answerHere: (key: string, option: string) => void;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
  Home: -Infinity,
  End: Infinity,
};

/** Returns the handler of keys on a row: a key goes to another, decides, opens what is said about it. */
export function useRowKeys({ one, active, goTo, about, takes, onDecide, onAnswer }: RowKeysOptions): RowKeys {
  const decide = (take: Take | null, personId?: Id) => {
    if (!one) return;
    onDecide(one, take, personId);
    goTo(take === null ? active : active + 1);
  };
  const answer = (key: string, option: string) => {
    onAnswer?.(key, option);
    goTo(active);
  };
  // The same for as long as the list lives: scrolling draws rows, and not what is said of one of them.
  const latest = useLatest({ decide, answer });
  const decideHere = useCallback((take: Take | null, personId?: Id) => latest.current.decide(take, personId), [latest]);
  const answerHere = useCallback((key: string, option: string) => latest.current.answer(key, option), [latest]);
  const open = (what: 'decision' | 'same') =>
    about.current?.querySelector<HTMLElement>(what === 'same' ? '[data-same]' : 'button:not(:disabled), input')?.focus();
  const same = (number = 0) => {
    if (!one || !takes.includes('same')) return;
    const { candidates, personId } = one.planned;
    const id =
      candidates.length === 1 || number > 0 ? candidates[Math.max(0, number - 1)]?.personId : candidates.length === 0 ? personId : null;
    if (id) decide('same', id);
    else if (number === 0) open('same');
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = STEPS[event.key];
    const key = event.key.toLowerCase();
    if (step !== undefined) goTo(active + step);
    else if (key === 'n' && takes.includes('new')) decide('new');
    else if (key === 's') same();
    else if (/^[1-9]$/.test(key)) same(Number(key));
    else if (key === 'l' && takes.includes('leave')) decide('leave');
    else if (event.key === 'Backspace' || event.key === 'Delete') decide(null);
    else if (event.key === 'Enter') open('decision');
    else return;
    event.preventDefault();
  };
  return { press, decideHere, answerHere };
}
