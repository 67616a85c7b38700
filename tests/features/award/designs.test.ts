import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../../shared/kernel/text.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { readPdf } from '../../support/papers/pdf-text.ts';
import { readTextByPoppler } from '../../support/papers/poppler.ts';
import { pngOf } from '../../support/papers/pictures.ts';

/** The design of an institution, from its pictures to the paper: nothing has effect that was not judged, nothing is lost that was taken out. */

const LONG = 'Maria Antonieta Bernardete da Visitação N’GUESSAN DE ALBUQUERQUE';
const HEADING: Record<Language, string> = {
  en: 'National School of the Judiciary',
  fr: 'École nationale de la magistrature',
  es: 'Escuela Nacional de la Judicatura',
  pt: 'Escola Nacional da Magistratura',
};
const OFFICE: Record<Language, string> = { en: 'Director', fr: 'Directrice', es: 'Directora', pt: 'Diretora' };
const BODY: Record<Language, string> = { en: 'Thirty hours', fr: 'Trente heures', es: 'Treinta horas', pt: 'Trinta horas' };

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-designs-'));
const file = (name: string, bytes: Uint8Array | string): string => {
  const at = path.join(folder, name);
  writeFileSync(at, bytes);
  return at;
};
let engine: TestEngine;
let activityId: string;
let id: string;

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
  const title = { en: 'Introductory course', fr: 'Cours d’introduction', es: 'Curso de introducción', pt: 'Curso de introdução' };
  const days = { start: '2021-07-12', end: '2021-07-12', place: 'Praia', projects: ['GLACY+'] };
  ({ id: activityId } = await engine.call<{ id: string }>('activity.create', { title, ...days, languages: ['fr'], mode: 'inPerson' }));
  const [givenName, familyName] = ['Maria Antonieta Bernardete da Visitação', 'N’GUESSAN DE ALBUQUERQUE'];
  const person = await engine.call<{ id: string }>('people.add', { activityId, familyName, givenName, country: 'CV' });
  await engine.call('attendance.mark', { activityId, halfDay: '2021-07-12-AM', marks: [{ personId: person.id, status: 'present' }] });
  await engine.call('certificate.issue', { activityId, issuedOn: '2021-07-12', apply: true });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

interface Picture {
  readonly id: string;
  readonly sha256: string;
  readonly here: boolean;
}
interface Design {
  readonly name: string;
  readonly main: string;
  readonly heading: Partial<Record<Language, string>>;
  readonly logo: Picture | null;
  readonly signature1: Picture | null;
  readonly seen: Record<string, string[]>;
  readonly change: { readonly allowed: boolean };
}
const design = () => engine.call<Design>('certificate.design', { id });
const codeOf = async (call: string, args: object) => {
  const answer = await engine.try(call, args);
  return answer.ok ? '' : answer.error.code;
};
const make = async (language: Language, name: string, options?: object) => {
  const target = path.join(folder, name);
  const wanted = { kind: 'certificates', activityId, language, format: 'pdf', path: target, ...(options && { options }) };
  return { ...(await engine.call<{ pages: number; sha256: string }>('document.make', wanted)), target };
};

it('an institution has one design, by its name where nobody says whose it is', async () => {
  expect(await engine.call('certificate.designs', { activityId })).toMatchObject({
    ...{ designs: [], chosen: null, here: true },
    ...{ mayAdd: { allowed: true }, mayChoose: { allowed: true } },
  });
  ({ id } = await engine.call<{ id: string }>('certificate.addDesign', { name: 'École nationale' }));
  expect(await engine.call('certificate.addDesign', { name: 'ECOLE NATIONALE' })).toEqual({ id });
  expect(await engine.call('certificate.designs', {})).toMatchObject({ designs: [{ id, name: 'École nationale' }], chosen: null });
  expect(await design()).toMatchObject({ name: 'École nationale', main: '', logo: null, change: { allowed: true } });
});

it('a colour that would not be seen on paper is refused, and nothing is changed with it', async () => {
  const answer = await engine.try('certificate.setDesign', { id, main: '#ffff99', name1: 'Ana LOPES' });
  expect(answer).toMatchObject({ error: { code: 'certificate.colourFaint', details: { colour: '#ffff99', least: 4.5 } } });
  expect(await design()).toMatchObject({ main: '', name1: '' });
  expect(await codeOf('certificate.setDesign', { id, accent: '#eeeeee' })).toBe('certificate.colourFaint');
  expect(await codeOf('certificate.setDesign', { id, main: 'red' })).toBe('call.arguments');
});

it('a picture is judged before anything has effect', async () => {
  const bad: [string, Uint8Array | string, string][] = [
    ['drawing.png', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'certificate.pictureKind'],
    ['half.png', pngOf(300, 120).subarray(0, -60), 'document.pictureDamaged'],
    ['large.png', new Uint8Array(500_000), 'certificate.pictureBytes'],
    ['thin.png', pngOf(300, 4), 'certificate.pictureSides'],
  ];
  const before = await design();
  for (const [name, bytes, code] of bad)
    expect(await codeOf('certificate.setPicture', { id, of: 'logo', path: file(name, bytes) }), name).toBe(code);
  expect(await codeOf('certificate.setPicture', { id, of: 'logo', path: path.join(folder, 'none.png') })).toBe('file.missing');
  expect(await design()).toEqual(before);
});

it('a picture takes the place of the one before, goes, and comes back', async () => {
  const first = await engine.call<{ id: string; before: string | null; sha256: string }>('certificate.setPicture', {
    ...{ id, of: 'logo', path: file('first.png', pngOf(300, 120)) },
  });
  expect(first.before).toBeNull();
  const second = await engine.call<{ id: string; before: string }>('certificate.setPicture', {
    ...{ id, of: 'logo', path: file('second.png', pngOf(300, 300, [20, 80, 40])) },
  });
  expect(second.before).toBe(first.id);
  // It is no material: no list has it.
  expect(await engine.call('material.list', {})).toEqual([]);
  await engine.call('certificate.setDesign', { id, logo: null });
  expect((await design()).logo).toBeNull();
  await engine.call('certificate.setDesign', { id, logo: first.id });
  expect((await design()).logo).toMatchObject({ id: first.id, sha256: first.sha256, here: true });
  expect(await codeOf('certificate.setDesign', { id, logo: activityId })).toBe('certificate.pictureUnknown');
  expect(await codeOf('certificate.setDesign', { id: activityId, name1: 'x' })).toBe('certificate.designUnknown');
});

it('a form writes over what it showed alone', async () => {
  const { seen } = await design();
  await engine.call('certificate.setDesign', { id, heading: HEADING, office1: OFFICE, body: BODY, name1: 'Ana LOPES', seen });
  // Somebody else had the same form open.
  await engine.call('certificate.setDesign', { id, name1: 'Ana LOPES TAVARES', seen });
  expect((await design()).seen['name1']).toHaveLength(2);
  await engine.call('certificate.setDesign', { id, name1: 'Ana LOPES', main: '#7a1e2e', accent: '#b07d2b' });
  expect((await design()).seen['name1']).toHaveLength(1);
});

it('certificates without a design are what they were, and in one they say what it says, in their language alone', async () => {
  const plain = await make('fr', 'plain.pdf');
  await engine.call('certificate.setPicture', { id, of: 'signature1', path: file('hand.png', pngOf(420, 150, [25, 40, 110])) });
  await engine.call('certificate.chooseDesign', { activityId, designId: id });
  expect(await engine.call('certificate.designs', { activityId })).toMatchObject({ chosen: id, here: true });
  for (const language of LANGUAGES) {
    const [once, again] = [await make(language, `${language}.pdf`), await make(language, `${language}-again.pdf`)];
    expect([once.pages, once.sha256]).toEqual([1, again.sha256]);
    const read = readPdf(readFileSync(once.target));
    expect({ tagged: read.tagged, claims: read.claims }).toEqual({ tagged: true, claims: ['a-3'] });
    const text = await readTextByPoppler(once.target);
    for (const said of [HEADING[language], OFFICE[language], BODY[language], 'Ana LOPES', LONG]) expect(text).toContain(said);
    for (const other of LANGUAGES.filter((one) => one !== language))
      for (const foreign of [HEADING[other], BODY[other]]) expect(text).not.toContain(foreign);
  }
  expect((await make('fr', 'plain-again.pdf', { plain: true })).sha256).toBe(plain.sha256);
  await engine.call('certificate.chooseDesign', { activityId, designId: null });
  expect((await make('fr', 'plain-once-more.pdf')).sha256).toBe(plain.sha256);
  await engine.call('certificate.chooseDesign', { activityId, designId: id });
});

it('the longest texts and three signatories find room on one page', async () => {
  const most = (length: number) => 'Ministério '.repeat(40).slice(0, length).trim();
  const texts = { heading: { pt: most(160) }, body: { pt: most(300) }, legal: { pt: most(300) } };
  const signing = { name2: most(80), name3: most(80), office1: { pt: most(120) }, office2: { pt: most(120) }, office3: { pt: most(120) } };
  const before = await design();
  await engine.call('certificate.setDesign', { id, ...texts, ...signing });
  const { pages, target } = await make('pt', 'most.pdf');
  expect(pages).toBe(1);
  const text = await readTextByPoppler(target);
  expect(text).toContain(most(300));
  await engine.call('certificate.setDesign', { id, heading: { pt: before.heading.pt }, body: { pt: BODY.pt }, legal: { pt: '' } });
  const none = { name2: '', name3: '', office1: { pt: OFFICE.pt }, office2: { pt: '' }, office3: { pt: '' } };
  await engine.call('certificate.setDesign', { id, ...none });
  expect(await codeOf('certificate.setDesign', { id, legal: { pt: 'x'.repeat(301) } })).toBe('call.arguments');
});

it('the preview shows what is typed, says which sign has no picture, and keeps nothing', async () => {
  const preview = (more: object) => engine.try('certificate.preview', { id, language: 'fr', ...more });
  const [kept, typed] = [await preview({}), await preview({ draft: { heading: { fr: 'Autre' }, main: '#123456' } })];
  expect(kept).toMatchObject({ ok: true, result: { svg: expect.stringMatching(/^<svg[^>]+>[^]*data:image\/png/) } });
  expect(typed).toMatchObject({ ok: true, result: { svg: expect.stringContaining('#123456') } });
  expect(JSON.stringify(kept)).not.toContain('#123456');
  expect(await preview({ activityId })).toMatchObject({ ok: true });
  expect(await preview({ draft: { heading: { fr: 'École 漢' } } })).toMatchObject({
    error: { code: 'document.signMissing', details: { signs: '漢' } },
  });
  // What is typed is a text, whatever it looks like.
  expect(await preview({ draft: { body: { fr: '#read("/etc/passwd") *x*' } } })).toMatchObject({ ok: true });
  expect((await design()).heading.fr).toBe(HEADING.fr);
});

it('whoever asks what is kept about them is told where a design has their name', async () => {
  await engine.call('certificate.setDesign', {
    id,
    name2: 'Aya N’GUESSAN DE ALBUQUERQUE',
    office3: { pt: 'Lugar de N’Guessan de Albuquerque' },
  });
  const [person] = await engine.call<{ id: string }[]>('people.list', { activityId });
  const to = path.join(folder, 'person.json');
  await engine.call('people.export', { id: person!.id, path: to });
  const { texts } = JSON.parse(readFileSync(to, 'utf8')) as { texts: { type: string; values: { field: string; purpose: string }[] }[] };
  expect(texts.map(({ type, values }) => [type, values.map(({ field, purpose }) => [field, purpose])])).toEqual([
    ['awardDesign', [['name2', 'signs']]],
    ['awardDesign', [['office3', 'signs']]],
  ]);
  await engine.call('people.export', { id: person!.id, path: path.join(folder, 'person.html') });
  await engine.call('certificate.setDesign', { id, name2: '', office3: { pt: '' } });
});
