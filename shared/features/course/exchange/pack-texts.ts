import { LANGUAGES, type Language, type LocalisedText } from '../../../kernel/text.ts';
import type { PackEntry } from './pack.ts';
import { textBytes } from './pack.ts';

/** The words of the folder of a pack, in one language. */
export interface FolderWords {
  readonly field: (field: 'description' | 'audience' | 'objectives' | 'method' | 'trainerNotes') => string;
  readonly minutes: (minutes: number) => string;
}

interface Titled {
  readonly title: LocalisedText;
}
export interface FolderCourse extends Titled {
  readonly description: LocalisedText;
  readonly audience: LocalisedText;
  readonly modules: readonly (Titled & { readonly sessions: readonly FolderSession[] })[];
}
export interface FolderSession extends Titled {
  readonly objectives: LocalisedText;
  readonly method: LocalisedText;
  readonly trainerNotes: LocalisedText;
  readonly minutes: number;
}

/** The readable part of a pack: for each language that the course has a folder, with a file for the course and one for each session. */
export function folderOf(course: FolderCourse, wordsOf: (language: Language) => FolderWords): PackEntry[] {
  return LANGUAGES.filter((language) => isWritten(course, language)).flatMap((language) => {
    const words = wordsOf(language);
    const told = (texts: LocalisedText) => texts[language] ?? '';
    const section = (field: Parameters<FolderWords['field']>[0], texts: LocalisedText) =>
      told(texts) === '' ? [] : [`## ${words.field(field)}`, told(texts)];
    const contents = course.modules.flatMap((module, at) => [
      `${at + 1}. ${told(module.title)}`,
      ...module.sessions.map((session, place) => `   - ${at + 1}.${place + 1} ${told(session.title)} (${words.minutes(session.minutes)})`),
    ]);
    const opening = [
      `# ${told(course.title)}`,
      ...section('description', course.description),
      ...section('audience', course.audience),
      contents.join('\n'),
    ];
    return [
      { name: `${language}/${`00 ${nameOf(told(course.title))}`.trim()}.md`, bytes: textBytes(joined(opening)) },
      ...course.modules.flatMap((module, at) =>
        module.sessions.map((session, place) => {
          const number = `${at + 1}.${place + 1}`;
          const lines = [
            `# ${number} ${told(session.title)}`,
            `${told(module.title)} · ${words.minutes(session.minutes)}`,
            ...(['objectives', 'method', 'trainerNotes'] as const).flatMap((field) => section(field, session[field])),
          ];
          return { name: `${language}/${`${number} ${nameOf(told(session.title))}`.trim()}.md`, bytes: textBytes(joined(lines)) };
        }),
      ),
    ];
  });
}

/** Returns a text as part of a file's name: every system can write it. */
export function nameOf(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M} ,()'-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60)
    .trim();
}

function isWritten({ title, modules }: FolderCourse, language: Language): boolean {
  const texts = [title, ...modules.flatMap((module) => [module.title, ...module.sessions.map((session) => session.title)])];
  return texts.some((text) => (text[language] ?? '') !== '');
}

function joined(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block.trim() !== '').join('\n\n')}\n`;
}
