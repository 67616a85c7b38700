import type { Language } from './text.ts';

export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

/** The choices for the menu at the side: folded as the window's width says, always folded, or always open. */
export const RAILS = ['byWidth', 'folded', 'open'] as const;
export type RailChoice = (typeof RAILS)[number];

/** The language, theme and menu of the window. */
export interface Look {
  readonly language: Language;
  readonly theme: Theme;
  readonly rail: RailChoice;
}

export function isRailFolded(choice: RailChoice, isNarrow: boolean): boolean {
  return choice === 'byWidth' ? isNarrow : choice === 'folded';
}

/** Returns the choice after the menu is folded or unfolded: `byWidth` again, where that is the same. */
export function turnedRail(choice: RailChoice, isNarrow: boolean): RailChoice {
  const isFolded = !isRailFolded(choice, isNarrow);
  if (isFolded === isNarrow) return 'byWidth';
  return isFolded ? 'folded' : 'open';
}
