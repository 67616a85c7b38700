import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Language } from '../../kernel/text.ts';
import { MARKS, type Mark, type Status } from '../../model/vocabularies.ts';

/** The letter of each status; for *not yet taken* an empty ring, in a file a blank. */
export type LetterSet = Readonly<Record<Mark, string>>;

/**
 * The letters of each language, on screen, on the keyboard, on paper and in the files that are written (locales/glossary.tsv has them too): those that its sheets use, the initial of the word
 * that the window shows where that can be. None stands for what its readers would take for something else: R is *retard* and *retraso*, so what is remote has X there; a Spanish A is *asistió*
 * to one and *ausente* to another, a Portuguese one *atraso* or *ausente*, so that both have F for *falta*. A workshop may have others (`activity.letters`).
 */
const LETTERS: Readonly<Record<Language, LetterSet>> = {
  en: { present: 'P', late: 'L', leftEarly: 'D', excused: 'E', absent: 'A', remote: 'R' },
  fr: { present: 'P', late: 'R', leftEarly: 'D', excused: 'E', absent: 'A', remote: 'X' },
  es: { present: 'P', late: 'R', leftEarly: 'S', excused: 'J', absent: 'F', remote: 'X' },
  pt: { present: 'P', late: 'T', leftEarly: 'S', excused: 'J', absent: 'F', remote: 'X' },
};

/** The letters that are keys of the attendance sheet: *mark the others present*, *history of the cell*. */
export const KEYS_OF_THE_SHEET: readonly string[] = ['M', 'H'];

/** The letters of a language. */
export function lettersOf(language: Language): LetterSet {
  return LETTERS[language];
}

/** The letter of a status; empty for what is not yet taken. */
export function letterOfStatus(letters: LetterSet, status: Status): string {
  return status === 'notTaken' ? '' : letters[status];
}

/** Returns the status that a typed letter means, in either case; undefined for any other key. */
export function markOfLetter(letters: LetterSet, key: string): Mark | undefined {
  if (key.length !== 1) return undefined;
  const typed = key.toUpperCase();
  return MARKS.find((mark) => letters[mark] === typed);
}

/** A set of letters on one line, in the order of the statuses: *P L D E A R*. */
export function lettersInWords(letters: LetterSet): string {
  return MARKS.map((mark) => letters[mark]).join(' ');
}

/**
 * Checks the letters that somebody chooses for a workshop and returns them in capitals. Refuses `attendance.letterWrong` {letter} (what is no letter from A to
 * Z), `attendance.letterOfKey` {letter} (what the sheet has another use for) and `attendance.letterTwice` {letter} (one that would mean two things).
 */
export function checkLetters(
  chosen: LetterSet,
): Result<LetterSet, 'attendance.letterOfKey' | 'attendance.letterTwice' | 'attendance.letterWrong'> {
  const letters = Object.fromEntries(MARKS.map((mark) => [mark, chosen[mark].trim().toUpperCase()])) as Record<Mark, string>;
  const all = MARKS.map((mark) => letters[mark]);
  const wrong = all.find((letter) => !/^[A-Z]$/.test(letter));
  if (wrong !== undefined) return refuse('attendance.letterWrong', { letter: wrong });
  const ofKey = all.find((letter) => KEYS_OF_THE_SHEET.includes(letter));
  if (ofKey !== undefined) return refuse('attendance.letterOfKey', { letter: ofKey });
  const twice = all.find((letter, at) => all.indexOf(letter) < at);
  return twice === undefined ? ok(letters) : refuse('attendance.letterTwice', { letter: twice });
}
