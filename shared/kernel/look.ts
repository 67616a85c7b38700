import type { Language } from './text.ts';

export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

/** What the window speaks and wears. */
export interface Look {
  readonly language: Language;
  readonly theme: Theme;
}
