import type { Named } from './name-plates.ts';
import { frameIn, type Frame, type PaperWords } from './paper-words.ts';

export interface Badges {
  readonly frame: Frame;
  /** What the document is. */
  readonly name: string;
  readonly title: string;
  readonly badges: readonly Named[];
}

/** Badges to cut out, ten a page. */
export function badges(title: string, people: readonly Named[], words: PaperWords): Badges {
  const worn = people.map(({ name, institution }) => ({ name, institution }));
  return { frame: frameIn(words), name: words.say('badges.name'), title, badges: worn };
}
