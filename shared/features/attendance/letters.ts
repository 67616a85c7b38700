import { LANGUAGES, type Language } from '../../kernel/text.ts';
import { MARKS, type Mark, type Status } from '../../model/vocabularies.ts';

/** The letter of each status; not yet taken is an empty ring, in a file a blank. */
export type LetterSet = Readonly<Record<Mark, string>>;

/**
 * The letters of each language, on screen, on the keyboard, on paper and in the files that are written (locales/glossary.tsv has them too): those that its sheets use, the initial of the word
 * that the window shows where that can be. None stands for what its readers would take for something else: R is *retard* and *retraso*, so what is remote has X there; a Spanish A is *asistió*
 * to one and *ausente* to another, a Portuguese one *atraso* or *ausente*, so that both have F for *falta*.
 */
const LETTERS: Readonly<Record<Language, LetterSet>> = {
  en: { present: 'P', late: 'L', leftEarly: 'D', excused: 'E', absent: 'A', remote: 'R' },
  fr: { present: 'P', late: 'R', leftEarly: 'D', excused: 'E', absent: 'A', remote: 'X' },
  es: { present: 'P', late: 'R', leftEarly: 'S', excused: 'J', absent: 'F', remote: 'X' },
  pt: { present: 'P', late: 'T', leftEarly: 'S', excused: 'J', absent: 'F', remote: 'X' },
};

const BY_LETTER: ReadonlyMap<Language, ReadonlyMap<string, Mark>> = new Map(
  LANGUAGES.map((language) => [language, new Map(MARKS.map((mark) => [LETTERS[language][mark], mark]))]),
);

/** The letters of a language. */
export function lettersOf(language: Language): LetterSet {
  return LETTERS[language];
}

/** The letter of a status in a language; empty for what is not yet taken. */
export function letterOfStatus(language: Language, status: Status): string {
  return status === 'notTaken' ? '' : LETTERS[language][status];
}

/** The status that a typed letter means in a language, in either case; undefined for any other key. */
export function markOfLetter(language: Language, key: string): Mark | undefined {
  return key.length === 1 ? BY_LETTER.get(language)?.get(key.toUpperCase()) : undefined;
}
