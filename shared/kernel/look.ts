import type { Language } from './text.ts';

export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

/** The menu at the side: as the window has room for it, or always the one or the other. */
export const RAILS = ['byWidth', 'folded', 'open'] as const;
export type RailChoice = (typeof RAILS)[number];

/** What the window speaks and wears. */
export interface Look {
  readonly language: Language;
  readonly theme: Theme;
  readonly rail: RailChoice;
}

export function isRailFolded(choice: RailChoice, isNarrow: boolean): boolean {
  return choice === 'byWidth' ? isNarrow : choice === 'folded';
}

/** What is chosen by folding the menu, or unfolding it: again what the width says, where that is the same. */
export function turnedRail(choice: RailChoice, isNarrow: boolean): RailChoice {
  const isFolded = !isRailFolded(choice, isNarrow);
  if (isFolded === isNarrow) return 'byWidth';
  return isFolded ? 'folded' : 'open';
}
