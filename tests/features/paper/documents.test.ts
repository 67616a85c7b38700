import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEngine, type Engine } from '../../../electron/engine/engine.ts';
import { alwaysOpen } from '../../../electron/engine/vault/vault.ts';
import type { CallContext } from '../../../shared/contract/rpc.ts';
import { askHere, NO_SHELL } from '../../../shared/contract/shell-port.ts';
import { DOCUMENT_KINDS, takesTwoLanguages, type DocumentKind } from '../../../shared/features/paper/contract.ts';
import { LANGUAGES, type Language } from '../../../shared/kernel/text.ts';
import { ROOT } from '../../support/laptops/engine.ts';
import { readPdf } from '../../support/papers/pdf-text.ts';
import { quietCall } from '../../support/quiet-call.ts';

/** Documents of a workshop, as the command line and the window have them made. */

const TITLE = {
  en: 'Cybercrime *course*',
  fr: 'Cours n° 1 : #read("/etc/passwd")',
  es: 'Curso $x^2$ de ciberdelincuencia',
  pt: 'Curso @preview/x:0.1.0',
};
/** What Typst would read as its own, were it given as such. */
const MARKUP = [
  '#read("/etc/passwd")',
  '*gras* _penché_',
  '$ sum_(i=0)^n $',
  '#panic()',
  '<label> @ref',
  '= Titre',
  '\\u{41} `code`',
  '// rien',
  '"]); #import "@preview/a:1.0.0"',
];
const ORDINARY = ['N’GUESSAN', 'MAÏGA', 'ĐORĐEVIĆ', 'ŞENTÜRK', 'MUÑOZ', "D'ALMEIDA", 'ČERMÁKOVÁ', 'Ѝванов'];

let folder: string;
let engine: Engine;
let opened: { name: string; bytes: Buffer }[] = [];
let full: string;
let bare: string;
let made = 0;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-papers-'));
  const shell = askHere({
    ...NO_SHELL,
    open: async ({ sha256, name }) => {
      const copy = path.join(folder, `opened-${++made}`);
      if ((await engine.handOut(sha256, copy)) !== 'done') return { ok: false, code: 'shell.notOurs' };
      opened.push({ name, bytes: readFileSync(copy) });
      return { ok: true, value: {} };
    },
  });
  const vault = alwaysOpen(path.join(folder, 'data'));
  const begun = await openEngine({ vault, resources: path.join(ROOT, 'resources'), locales: path.join(ROOT, 'locales'), shell });
  if (!begun.ok) throw new Error(begun.refusal.code);
  engine = begun.value;
  const [course] = (await call('course.list')) as { id: string }[];
  const workshop = { start: '2026-11-02', end: '2026-11-04', mode: 'inPerson', languages: ['fr', 'pt'] };
  full = ((await call('activity.create', { ...workshop, title: TITLE, courseId: course!.id, place: 'Praia' })) as { id: string }).id;
  bare = ((await call('activity.create', { ...workshop, title: 'Atelier vide' })) as { id: string }).id;
  const names = [...MARKUP, ...ORDINARY];
  for (let i = 0; i < 60; i++)
    await call('people.add', {
      activityId: full,
      familyName: `${names[i % names.length]!} ${i + 1}`,
      givenName: i % 7 === 0 ? 'Marie-Antoinette Bernadette de la Visitation' : 'Awa',
      institution: i % 5 === 0 ? 'Conselho Superior da Magistratura, Departamento de Cooperação Internacional' : '',
      country: i % 9 === 0 ? 'XK' : 'PT',
    });
  const listed = (await call('people.list', { activityId: full })) as { id: string }[];
  const marks = listed.slice(0, 20).map(({ id }) => ({ personId: id, status: 'present' }));
  await call('attendance.mark', { activityId: full, halfDay: '2026-11-02-AM', marks });
  await call('certificate.issue', { activityId: full, apply: true });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function call(name: string, args: object = {}): Promise<unknown> {
  const answer = await engine.dispatcher.dispatch(name, args, quietCall());
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
  return answer.result;
}

const refused = async (args: object, context = quietCall(), name = 'document.make') => {
  const answer = await engine.dispatcher.dispatch(name, args, context);
  return answer.ok ? 'made' : answer.error;
};

async function make(kind: DocumentKind, language: Language, more: object = {}) {
  const target = path.join(folder, `${kind}-${language}-${++made}.pdf`);
  const options = kind === 'blankForm' ? { options: { formId: 'satisfaction-v1' } } : {};
  const done = (await call('document.make', { ...options, kind, language, activityId: full, format: 'pdf', path: target, ...more })) as {
    pages: number;
  };
  const bytes = readFileSync(target);
  expect(done).toEqual({ path: target, pages: done.pages, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  return { bytes, pages: done.pages, read: readPdf(bytes) };
}

const wordsOf = (language: Language) => JSON.parse(readFileSync(path.join(ROOT, 'locales', language, 'paper.json'), 'utf8')) as Words;
type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;
/** Words that are read the same way whatever the language. */
const tight = (text: string) => text.replaceAll(/\s+/g, '');

describe.each(LANGUAGES)('in %s', (language) => {
  it.each(DOCUMENT_KINDS)('%s says what it is of, tagged and titled, in bundled letters and its own language alone', async (kind) => {
    const { read, pages } = await make(kind, language);
    expect(read.pages.length).toBe(pages);
    expect(read.language.slice(0, 2)).toBe(language);
    // An archive takes what is kept for decades.
    const claims = kind === 'certificates' ? ['a-3'] : ['ua-1'];
    expect({ tagged: read.tagged, claims: read.claims }).toEqual({ tagged: true, claims });
    expect(read.title).toContain(TITLE[language]);
    expect(read.fonts.filter((font) => !/^(NotoSans|SourceSerif4)-/.test(font))).toEqual([]);
    const text = tight(read.pages.join(' '));
    expect(text).toContain(tight(TITLE[language]));
    const english = wordsOf('en')[kind]!;
    const own = wordsOf(language)[kind]!;
    for (const [key, word] of Object.entries(english))
      if (language !== 'en' && typeof word === 'string' && word !== own[key] && word.length > 4 && !word.includes('{'))
        expect(text, key).not.toContain(tight(word));
  });

  it('a list of sixty repeats its heading and says its page on each, with every name as it was written', async () => {
    const { read } = await make('participants', language);
    const { participants } = wordsOf(language);
    expect(read.pages.length).toBeGreaterThan(1);
    for (const [at, page] of read.pages.entries()) {
      // The note that a country needs may have a page to itself.
      if (!page.startsWith('*')) expect(page).toContain(`${participants!['person']} ${participants!['profession']}`);
      const said = (wordsOf(language)['page'] as unknown as string)
        .replace('{{n}}', String(at + 1))
        .replace('{{of}}', String(read.pages.length));
      expect(page).toContain(said);
    }
    const text = tight(read.pages.join(' '));
    for (const [i, name] of [...MARKUP, ...ORDINARY].entries()) expect(text).toContain(tight(`${name} ${i + 1}`));
  });

  it('has a refused document say why', async () => {
    await call('settings.set', { language });
    const error = await refused({ kind: 'participants', activityId: bare, language, format: 'pdf', path: path.join(folder, 'no.pdf') });
    expect(error).toMatchObject({ code: 'document.empty' });
    expect((error as { message: string }).message).toBe(
      (JSON.parse(readFileSync(path.join(ROOT, 'locales', language, 'errors.json'), 'utf8')) as Words)['document']!['empty'],
    );
  });
});

describe('an attendance sheet', () => {
  it('has a page of each day for every seventeen lines, five of them empty, each with a code of its own', async () => {
    const { read, bytes } = await make('attendanceSheet', 'fr', { second: 'pt' });
    expect(read.pages.length).toBe(3 * 4);
    expect(read.pages[1]).toContain('Page 2 sur 4 · Página 2 de 4');
    expect(read.pages[1]).toContain('Feuille d’émargement · Folha de presenças');
    expect(new Set(readPdf(bytes).alternatives.filter((text) => text.startsWith('ITINERA1:'))).size).toBe(12);
    // As in the list, in its order.
    expect(tight(read.pages[3]!)).toContain(tight(`60${MARKUP[8]} 60`));
  });
});

it('the same workshop gives the same bytes, whoever set what before', async () => {
  const first = await make('attendanceSheet', 'pt');
  await make('namePlates', 'es');
  const second = await make('attendanceSheet', 'pt');
  expect(second.bytes.equals(first.bytes)).toBe(true);
});

it('the report is made as a list and as figures too, nothing else is', async () => {
  const target = path.join(folder, 'report.json');
  await call('document.make', { kind: 'activityReport', activityId: full, language: 'es', format: 'json', path: target });
  expect(JSON.parse(readFileSync(target, 'utf8'))).toMatchObject({ people: 60, halfDays: 6 });
  const list = path.join(folder, 'report.csv');
  const exported = path.join(folder, 'exported.csv');
  await call('document.make', { kind: 'activityReport', activityId: full, language: 'es', format: 'csv', path: list });
  await call('report.export', { activityId: full, language: 'es', path: exported });
  expect(readFileSync(list, 'utf8')).toBe(readFileSync(exported, 'utf8'));
  for (const kind of DOCUMENT_KINDS.filter((one) => one !== 'activityReport'))
    expect(await refused({ kind, activityId: full, language: 'fr', format: 'csv', path: target })).toMatchObject({
      code: 'document.format',
    });
});

it('a sign for the door says how to join the network as it was typed, and nothing of it where nothing was', async () => {
  const options = { network: 'Salle *2*', password: '#x$_y' };
  const { read, pages } = await make('doorSign', 'fr', { second: 'pt', options });
  expect(pages).toBe(1);
  const text = tight(read.pages[0]!);
  for (const said of [TITLE.fr, TITLE.pt, 'Praia', 'Mot de passe · Palavra-passe', options.network, options.password])
    expect(text).toContain(tight(said));
  expect((await make('doorSign', 'fr')).read.pages[0]).not.toContain('Mot de passe');
});

describe('an empty sheet', () => {
  const items = (code: string) =>
    (JSON.parse(readFileSync(path.join(ROOT, 'resources', 'questionnaires', `${code}.json`), 'utf8')) as Questionnaire).items;
  type Texts = Readonly<Record<Language, string>>;
  interface Questionnaire {
    readonly items: readonly { readonly text: Texts; readonly options: Readonly<Record<string, Texts>> }[];
  }

  it.each(LANGUAGES)('of a test asks all it asks in %s, and where the name stands', async (language) => {
    const { read } = await make('blankForm', language, { options: { formId: 'intro-prepost-v1' } });
    const text = tight(read.pages.join(' '));
    for (const { text: asked, options } of items('intro-prepost-v1'))
      for (const one of [asked, ...Object.values(options)]) expect(text).toContain(tight(one[language]));
    const { blankForm } = wordsOf(language);
    for (const word of ['person', 'before', 'after']) expect(text).toContain(tight(blankForm![word]!));
  });

  it('of an anonymous questionnaire has no place for a name, and stands in two languages on a page', async () => {
    const { read } = await make('blankForm', 'pt', { second: 'fr' });
    expect(read.pages.length).toBeLessThan(3);
    const text = tight(read.pages.join(' '));
    for (const { text: asked } of items('satisfaction-v1'))
      for (const language of ['pt', 'fr'] as const) expect(text).toContain(tight(asked[language]));
    expect(read.pages[0]).not.toContain(wordsOf('pt')['blankForm']!['before']);
    expect(read.pages[0]!.split(' ')).not.toContain(wordsOf('pt')['blankForm']!['person']);
  });

  it('of a questionnaire that is not here is refused', async () => {
    const target = path.join(folder, 'none.pdf');
    for (const options of [{ formId: 'nothing' }, undefined])
      expect(await refused({ kind: 'blankForm', activityId: full, language: 'fr', format: 'pdf', path: target, options })).toMatchObject({
        code: 'evaluation.formUnknown',
      });
  });
});

describe('is refused', () => {
  const wanted = (more: object = {}) => ({
    kind: 'participants',
    activityId: full,
    language: 'fr',
    format: 'pdf',
    path: path.join(folder, 'refused.pdf'),
    ...more,
  });

  it('a second language where there is room for one', async () => {
    for (const kind of DOCUMENT_KINDS.filter((one) => !takesTwoLanguages(one)))
      expect(await refused(wanted({ kind, second: 'pt' }))).toMatchObject({ code: 'document.oneLanguage' });
  });

  it('a workshop that is not here, and a folder that is not there', async () => {
    expect(await refused(wanted({ activityId: '00000000-0000-4000-8000-000000000000' }))).toMatchObject({ code: 'activity.unknown' });
    expect(await refused(wanted({ path: path.join(folder, 'none', 'x.pdf') }))).toMatchObject({ code: 'file.notWritable' });
  });

  it('no sign that somebody wrote in a comment: it is marked, and the report says how many are', async () => {
    const planned = { title: 'Avis', start: '2026-11-02', end: '2026-11-02', languages: ['fr'] };
    const { id } = (await call('activity.create', planned)) as { id: string };
    await call('people.add', { activityId: id, familyName: 'KONÉ', givenName: 'Awa' });
    const rows = ['Merci \u{1F44D}\u{1F3FD} beaucoup', '\u6F22 et \u5B57', 'Bien', '', ''].map((comment) => `${'5,'.repeat(10)}${comment}`);
    const headings = [...Array.from({ length: 10 }, (_, at) => `S${at + 1}`), 'O1'].join(',');
    await call('evaluation.import', { activityId: id, formId: 'satisfaction-v1', text: [headings, ...rows].join('\n'), apply: true });
    const asked = { ...wanted({ kind: 'activityReport', activityId: id }), path: path.join(folder, 'opinions.pdf') };
    await call('document.make', asked);
    const text = readPdf(readFileSync(asked.path)).pages.join(' ').replaceAll(/\s+/g, ' ');
    expect(text).toContain('Merci [?] beaucoup');
    expect(text).toContain('[?] et [?]');
    expect(text).toContain('3 signes de ce que des personnes ont écrit');
    await call('people.add', { activityId: id, familyName: '\u6F22', givenName: 'Han' });
    expect(await refused({ ...wanted({ activityId: id }), kind: 'participants' })).toMatchObject({ code: 'document.signMissing' });
  });

  it('a sign that no bundled letters have, by its name', async () => {
    const { id } = (await call('people.add', { activityId: full, familyName: 'محمد', givenName: '漢' })) as { id: string };
    await call('settings.set', { language: 'en' });
    const error = await refused(wanted());
    expect(error).toMatchObject({ code: 'document.signMissing' });
    for (const sign of 'محمد漢') expect((error as { message: string }).message).toContain(sign);
    await call('people.update', { id, familyName: 'MOHAMED', givenName: 'Han' });
    expect(await refused(wanted())).toBe('made');
    await call('people.remove', { id });
  });

  it('what is cancelled while it is set, and nothing of it is left', async () => {
    const before = readdirSync(folder);
    const stop = new AbortController();
    const context: CallContext = { ...quietCall(stop.signal), progress: () => setTimeout(() => stop.abort(), 1) };
    const target = path.join(folder, 'cancelled.pdf');
    expect(await refused(wanted({ kind: 'attendanceSheet', path: target }), context)).toMatchObject({ code: 'job.cancelled' });
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(folder)).toEqual(before);
    // The next one is set as ever.
    expect((await make('attendanceSheet', 'fr')).pages).toBe(12);
  });
});

describe('opened to be printed', () => {
  it('is handed to the shell under the name of what it is, and is not kept', async () => {
    opened = [];
    const saved = await make('agenda', 'pt');
    expect(await call('document.open', { kind: 'agenda', activityId: full, language: 'pt' })).toEqual({ pages: saved.pages });
    expect(opened).toEqual([{ name: 'Programa 2026-11-02.pdf', bytes: saved.bytes }]);
    const sha256 = createHash('sha256').update(saved.bytes).digest('hex');
    expect(await engine.handOut(sha256, path.join(folder, 'later.pdf'))).toBe('notHere');
    expect(existsSync(path.join(folder, 'later.pdf'))).toBe(false);
  });

  it('is refused as when it is saved', async () => {
    expect(await refused({ kind: 'agenda', activityId: bare, language: 'pt' }, quietCall(), 'document.open')).toMatchObject({
      code: 'document.empty',
    });
  });
});
