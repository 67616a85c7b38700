import { LANGUAGES, type Language, type LocalisedText } from '../../kernel/text.ts';
import { course, courseModule, session } from '../../model/course.ts';
import { filledAs, type FilledOf } from '../../model/records.ts';

/** The texts of a course, a module and a session, in the order in which forms have them. */
export const COURSE_TEXTS = filledAs(course, 'texts');
export const MODULE_TEXTS = filledAs(courseModule, 'texts');
export const SESSION_TEXTS = filledAs(session, 'texts');

/** A course with its modules and sessions, as far as its texts go. */
export interface WrittenCourse extends Pick<FilledOf<typeof course>, (typeof COURSE_TEXTS)[number]> {
  readonly modules: readonly (Pick<FilledOf<typeof courseModule>, (typeof MODULE_TEXTS)[number]> & {
    readonly sessions: readonly WrittenSession[];
  })[];
}

/** A session, as far as its texts go. */
export type WrittenSession = Pick<FilledOf<typeof session>, (typeof SESSION_TEXTS)[number]>;

/** Returns every text of a course. */
export function textsOfCourse(written: WrittenCourse): LocalisedText[] {
  return [
    ...COURSE_TEXTS.map((field) => written[field]),
    ...written.modules.flatMap((module) => [
      ...MODULE_TEXTS.map((field) => module[field]),
      ...module.sessions.flatMap((one) => SESSION_TEXTS.map((field) => one[field])),
    ]),
  ];
}

/** How many texts there are in some language, and how many of them in each. */
export interface WrittenTexts {
  readonly of: number;
  readonly written: Readonly<Record<Language, number>>;
}

/** Returns how many texts there are in some language, and how many of them in each. */
export function writtenTexts(texts: readonly LocalisedText[]): WrittenTexts {
  const counted = LANGUAGES.map((language) => ({ language, ...missingTexts(texts, language) }));
  return {
    of: counted[0]!.of,
    written: Object.fromEntries(counted.map(({ language, missing, of }) => [language, of - missing])) as WrittenTexts['written'],
  };
}

/** How many texts there are in any language, and how many of them are missing in this one. A text that nobody has written is none. */
export function missingTexts(texts: readonly LocalisedText[], language: Language): { readonly missing: number; readonly of: number } {
  const written = texts.filter((text) => Object.values(text).some(isWritten));
  return { missing: written.filter((text) => !isWritten(text[language])).length, of: written.length };
}

function isWritten(text: unknown): boolean {
  return typeof text === 'string' && text.trim() !== '';
}
