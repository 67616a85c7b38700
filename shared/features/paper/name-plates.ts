import { frameIn, type Frame, type PaperWords } from './paper-words.ts';

/** A person before whom a plate stands. */
export interface Named {
  readonly name: string;
  readonly institution: string;
}

export interface NamePlates {
  readonly frame: Frame;
  readonly title: string;
  readonly plates: readonly Named[];
}

/** Plates to fold and stand on a table, two a page: the name on both sides. */
export function namePlates(title: string, people: readonly Named[], words: PaperWords): NamePlates {
  return { frame: frameIn(words), title, plates: people };
}
