import { escapedXml } from '../../../kernel/xml.ts';
import { fold, LANGUAGES, textIn, type Language, type LocalisedText } from '../../../kernel/text.ts';
import { textBytes, type PackEntry } from './pack.ts';
import type { FolderCourse, FolderSession } from './pack-texts.ts';
import { textPage } from './text-page.ts';

/**
 * A course as a Common Cartridge 1.1, in one language. Of what the specification allows it keeps to what importers take: the namespace of the manifest among its first 500 bytes, no prefix before its elements, two levels below the root
 * of the organisation (sections, then what stands in them), and only pages, files and tests.
 */

type PageField = 'description' | 'audience' | 'objectives' | 'method' | 'trainerNotes';

/** The words of a cartridge, in its language. */
export interface CartridgeWords {
  readonly field: (field: PageField) => string;
  readonly minutes: (minutes: number) => string;
  /** The title of the notes for whoever gives a session. */
  readonly notes: (session: string) => string;
  readonly about: string;
  readonly materials: string;
  readonly tests: string;
}

export interface CartridgeFile {
  readonly title: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface CartridgeTest {
  readonly title: string;
  /** As QTI. */
  readonly text: string;
}

interface Resource {
  readonly type: string;
  readonly href: string;
  readonly bytes: Uint8Array;
  /** For whoever teaches: importers hide it from whoever learns. */
  readonly isForTrainers: boolean;
}

interface Activity extends Resource {
  readonly title: string;
}

interface Section {
  readonly title: string;
  readonly activities: readonly Activity[];
}

const ASSESSMENT = 'imsqti_xmlv1p2/imscc_xmlv1p1/assessment';
const LONGEST_NAME = 60;

/** Returns the files of a cartridge, its manifest first. A text that is missing in the language is taken in another one: `textsInOther` tells how many. */
export function cartridgeOf(
  course: FolderCourse & { readonly id: string },
  language: Language,
  { files, tests }: { readonly files: readonly CartridgeFile[]; readonly tests: readonly CartridgeTest[] },
  words: CartridgeWords,
): PackEntry[] {
  const say = (text: LocalisedText): string => textIn(text, language);
  const page = (href: string, title: string, html: string, isForTrainers = false): Activity => ({
    ...{ type: 'webcontent', href, title, isForTrainers, bytes: textBytes(html) },
  });
  const section = (field: PageField, text: LocalisedText) => ({ heading: words.field(field), text: say(text) });
  const sessionPages = (session: FolderSession, at: string): Activity[] => {
    const title = `${at.replace('-', '.')} ${say(session.title)}`.trim();
    const told = [section('objectives', session.objectives), section('method', session.method)];
    const notes = words.notes(title);
    return [
      page(`pages/session-${at}.html`, title, textPage(title, language, words.minutes(session.minutes), told)),
      ...(say(session.trainerNotes).trim() === ''
        ? []
        : [
            page(
              `pages/session-${at}-notes.html`,
              notes,
              textPage(notes, language, '', [section('trainerNotes', session.trainerNotes)]),
              true,
            ),
          ]),
    ];
  };
  const about = [section('description', course.description), section('audience', course.audience)];
  const sections: Section[] = [
    { title: words.about, activities: [page('pages/about.html', say(course.title), textPage(say(course.title), language, '', about))] },
    ...course.modules.map((module, at) => ({
      title: `${at + 1}. ${say(module.title)}`.trim(),
      activities: module.sessions.flatMap((session, place) => sessionPages(session, `${at + 1}-${place + 1}`)),
    })),
    {
      title: words.materials,
      activities: files.map(({ title, fileName, bytes }, at) => ({
        ...{ type: 'webcontent', href: `files/${at + 1}-${plainName(fileName)}`, title, bytes, isForTrainers: false },
      })),
    },
    {
      title: words.tests,
      activities: tests.map(({ title, text }, at) => ({
        ...{ type: ASSESSMENT, href: `tests/test-${at + 1}.xml`, title, bytes: textBytes(text), isForTrainers: false },
      })),
    },
  ].filter(({ activities }, at) => at === 0 || activities.length > 0 || at <= course.modules.length);
  const manifest = manifestOf(course.id, { title: say(course.title), description: say(course.description), language }, sections);
  const resources = sections.flatMap(({ activities }) => activities);
  return [{ name: 'imsmanifest.xml', bytes: textBytes(manifest) }, ...resources.map(({ href, bytes }) => ({ name: href, bytes }))];
}

/** Returns how many texts of a course are not written in a language, and are in another one. */
export function textsInOther({ title, description, audience, modules }: FolderCourse, language: Language): number {
  const sessions = modules.flatMap((module) => module.sessions);
  const texts = [
    ...[title, description, audience, ...modules.map((module) => module.title)],
    ...sessions.flatMap((session) => [session.title, session.objectives, session.method, session.trainerNotes]),
  ];
  const has = (text: LocalisedText, one: Language): boolean => (text[one] ?? '').trim() !== '';
  return texts.filter((text) => !has(text, language) && LANGUAGES.some((one) => has(text, one))).length;
}

interface About {
  readonly title: string;
  readonly description: string;
  readonly language: Language;
}

function manifestOf(id: string, { title, description, language }: About, sections: readonly Section[]): string {
  const said = (text: string): string => `<lomimscc:string language="${language}">${escapedXml(text)}</lomimscc:string>`;
  const told = description.trim() === '' ? '' : `<lomimscc:description>${said(description)}</lomimscc:description>`;
  let count = 0;
  const numbered = sections.map((section) => ({ ...section, activities: section.activities.map((one) => ({ ...one, number: ++count })) }));
  const items = numbered.map(
    (section, at) => `<item identifier="S${at + 1}"><title>${escapedXml(section.title)}</title>
${section.activities.map((one) => `<item identifier="I${one.number}" identifierref="R${one.number}"><title>${escapedXml(one.title)}</title></item>\n`).join('')}</item>
`,
  );
  const resources = numbered
    .flatMap(({ activities }) => activities)
    .map(({ number, type, href, isForTrainers }) => {
      // Pages and files say by which of their files they begin; a test may not.
      const begins = type === 'webcontent' ? ` href="${escapedXml(href)}"` : '';
      return `<resource identifier="R${number}" type="${type}"${begins}>${isForTrainers ? FOR_TRAINERS : ''}<file href="${escapedXml(href)}"/></resource>\n`;
    });
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" xmlns:lom="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource" xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest" identifier="M_${id}">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion>
<lomimscc:lom><lomimscc:general><lomimscc:title>${said(title)}</lomimscc:title><lomimscc:language>${language}</lomimscc:language>${told}</lomimscc:general></lomimscc:lom></metadata>
<organizations><organization identifier="O" structure="rooted-hierarchy"><item identifier="ROOT">
${items.join('')}</item></organization></organizations>
<resources>
${resources.join('')}</resources>
</manifest>
`;
}

const FOR_TRAINERS =
  '<metadata><lom:lom><lom:educational><lom:intendedEndUserRole><lom:source>IMSGLC_CC_Rolesv1p1</lom:source><lom:value>Instructor</lom:value></lom:intendedEndUserRole></lom:educational></lom:lom></metadata>';

/** The name of a file as every importer keeps it. */
function plainName(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [fileName.slice(0, dot), fileName.slice(dot)] : [fileName, ''];
  const plain = (text: string): string =>
    fold(text)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
  const named = plain(stem).slice(0, LONGEST_NAME) || 'file';
  return ending === '' ? named : `${named}.${plain(ending)}`;
}
