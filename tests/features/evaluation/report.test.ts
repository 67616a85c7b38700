import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { peopleHandlers } from '../../../electron/engine/features/people/people.ts';
import { reportHandlers } from '../../../electron/engine/features/report/report.ts';
import { reportWords } from '../../../shared/features/report/report-words.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Language } from '../../../shared/kernel/text.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { PROFESSIONS, SEXES } from '../../../shared/model/vocabularies.ts';
import type { FeatureContext } from '../feature-context.ts';
import { openFeatureContext, refusal, value, workshopA } from '../feature-context.ts';
import { expectedA } from '../activity/workshop-a.ts';
import { BLANK_PERSON } from '../../support/lists/blank-person.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { fillWorkshopA } from './filled-workshop-a.ts';

/** The tables of workshop A's report: of its people alone, and with all that was taken in and a walk-in from Kosovo*. */
const FIGURES = path.resolve(import.meta.dirname, '../../fixtures/report');

let context: FeatureContext;
let activityId: Id;
let calls: ReturnType<typeof reportHandlers>;
beforeEach(async () => {
  context = openFeatureContext();
  activityId = await workshopA(context);
  calls = reportHandlers(context);
});
afterEach(() => context.close());

const fill = () => fillWorkshopA(context, activityId);
const report = (language: Language) => value(calls['report.activity']({ activityId, language }, quietCall()));
const walkIn = (more: { country?: string | null }) =>
  value(
    peopleHandlers(context)['people.add'](
      {
        ...BLANK_PERSON,
        activityId,
        familyName: '=SUM(A1)',
        ...more,
      },
      quietCall(),
    ),
  );

test('the report of workshop A gives every figure expected, the same in four languages', async () => {
  await fill();
  const { A } = expectedA();
  for (const language of LANGUAGES) {
    const figures = await report(language);
    expect(figures).toMatchObject({
      halfDays: A.halfDayUnits,
      people: A.registered,
      attendances: A.presentOrLate,
      rate: A.ratePercent,
      full: A.fullAttendance,
      countries: A.countries,
      notes: [],
    });
    const counts = (list: readonly { key: string; count: number }[]) => Object.fromEntries(list.map(({ key, count }) => [key, count]));
    expect(counts(figures.bySex)).toEqual({ female: A.bySex.F, male: A.bySex.M });
    expect(counts(figures.byProfession)).toEqual(A.byRole);
    expect(counts(figures.byCountry)).toEqual({ BJ: 4, BF: 4, CI: 4, NE: 4, ML: 4, SN: 5 });
    expect(figures.perHalfDay.map(({ attended }) => attended)).toEqual(Object.values(A.presentPerHalfDay));
    expect(figures.perHalfDay.every(({ taken }) => taken === 25)).toBe(true);
    expect(figures.evaluation.map(({ kind, n }) => [kind, n])).toEqual([
      ['prepost', 20],
      ['satisfaction', 21],
    ]);
  }
});

test('what a report says is in its own language, numbers and dates too', async () => {
  await fill();
  const en = await report('en');
  const fr = await report('fr');
  const es = await report('es');
  const pt = await report('pt');
  expect(en.evaluation.map(({ sentence }) => sentence)).toEqual([
    'People gained 3.85 points of 12, 18 of 20 improved.',
    '21 sheets of 25 came back (84.0%). Mean: 4.30 of 5.',
  ]);
  expect(fr.evaluation.map(({ sentence }) => sentence)).toEqual([
    'Les personnes ont gagné 3,85 points sur 12, 18 sur 20 ont progressé.',
    '21 feuilles sur 25 ont été rendues (84,0\u00a0%). Moyenne\u00a0: 4,30 sur 5.',
  ]);
  expect(es.evaluation[0]!.sentence).toBe('Las personas ganaron 3,85 puntos de 12, 18 de 20 mejoraron.');
  expect(pt.evaluation[0]!.sentence).toBe('As pessoas ganharam 3,85 pontos em 12, 18 em 20 melhoraram.');
  expect(fr.perHalfDay[0]!.label).toBe('lun. 12 juillet, matin');
  expect(pt.perHalfDay[1]!.label).toMatch(/12 de julho, tarde$/);
  expect(fr.byCountry.map(({ label }) => label)).toEqual(['Bénin', 'Burkina Faso', 'Côte d’Ivoire', 'Mali', 'Niger', 'Sénégal']);
  expect(fr.byProfessionSex[0]).toEqual({ key: 'judge/female', label: 'Juges\u00a0: Femmes', count: 5 });
  for (const other of [fr, es, pt]) {
    const words = (one: typeof en): string[] => [...one.bySex, ...one.byProfession].map(({ label }) => label);
    for (const word of words(other)) expect(words(en)).not.toContain(word);
  }
});

test('every label and sentence exists in every language', () => {
  for (const language of LANGUAGES) {
    const words = reportWords(context, language);
    const empty = {
      kind: 'prepost',
      nPre: 1,
      nPost: 0,
      nPaired: 0,
      meanPre: null,
      meanPost: null,
      meanPrePaired: null,
      meanPostPaired: null,
    } as const;
    const test = { ...empty, gain: null, improved: 1, same: 0, worse: 0, postAtLeast70: 0, questions: 12, items: {}, points: null };
    const survey = {
      kind: 'satisfaction',
      n: 1,
      registered: 25,
      rate: 4,
      mean: 4.2,
      blanks: 0,
      items: {},
      comments: {},
      suppressed: false,
    } as const;
    const said = [
      ...[null, 1, -1, 0].map((gain) => words.test({ ...test, gain })),
      words.survey(survey),
      words.survey({ ...survey, n: 2, suppressed: true }),
      words.survey({ ...survey, rate: null, mean: null }),
      words.halfDay('2021-07-12-PM'),
      ...words.sex(['female', 'male', 'other', 'notStated', 'notRecorded'].map((key) => ({ key, count: 1 }))).map(({ label }) => label),
      ...words.country([{ key: 'notRecorded', count: 1 }]).map(({ label }) => label),
    ];
    for (const sentence of said) expect(sentence).not.toMatch(/[{}]|document\.|^(test|survey|sex|halfDay)\b/);
  }
});

test('no label says one word twice, whatever is not recorded of somebody', () => {
  const kinds = [...PROFESSIONS, 'notRecorded'].flatMap((profession) => [...SEXES, 'notRecorded'].map((sex) => `${profession}/${sex}`));
  for (const language of LANGUAGES) {
    const labels = reportWords(context, language).professionSex(kinds.map((key) => ({ key, count: 1 })));
    for (const { label } of labels) expect(new Set(label.split(/\s*:\s*/)).size, label).toBe(label.split(/\s*:\s*/).length);
    expect(new Set(labels.map(({ label }) => label)).size).toBe(kinds.length);
  }
});

test('Kosovo* keeps its footnote, and what nobody wrote down is said', async () => {
  await walkIn({ country: 'XK' });
  await walkIn({});
  const fr = await report('fr');
  expect(fr.byCountry.at(-1)).toEqual({ key: 'notRecorded', label: 'Non renseigné', count: 1 });
  expect(fr.byCountry.find(({ key }) => key === 'XK')!.label).toBe('Kosovo*');
  expect(fr.notes.length).toBe(1);
  expect(fr.notes[0]).toContain('1244');
  expect(fr.countries).toBe(7);
  expect(fr.rate).toBeNull();
  expect(fr.perHalfDay.every(({ taken }) => taken === 0)).toBe(true);
});

test('the export is what Excel takes apart in each language, whole and hashed', async () => {
  await fill();
  await walkIn({ country: 'XK' });
  for (const language of LANGUAGES) {
    const target = path.join(context.outside, `figures-${language}.csv`);
    writeFileSync(target, 'an older export');
    const done = await value(calls['report.export']({ activityId, language, path: target }, quietCall()));
    const bytes = readFileSync(target);
    expect(done).toEqual({ path: target, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const delimiter = language === 'en' ? ',' : ';';
    const { data } = Papa.parse<string[]>(bytes.toString('utf8').slice(1).trimEnd(), { delimiter });
    expect(data.every((row) => row.length === 3)).toBe(true);
    const text = (row: string[]): string => row.join('|');
    expect(data.map(text).some((row) => row.endsWith('|94'))).toBe(true);
    // The Kosovo* footnote begins with an asterisk, the invented name with an equals sign is in no figure.
    expect(bytes.toString('utf8')).not.toContain('SUM(');
  }
});

test('the export has every line of the list that others work with already, in its order, byte for byte', async () => {
  const written = async (name: string, language: Language) => {
    const target = path.join(context.outside, name);
    await value(calls['report.export']({ activityId, language, path: target }, quietCall()));
    return readFileSync(target, 'utf8');
  };
  const kept = (name: string) => readFileSync(path.join(FIGURES, name), 'utf8').split('\r\n');
  /** Of a list what an earlier one said as well: lines that were added since may stand between. */
  const said = (list: string, earlier: readonly string[]): string[] => {
    let at = 0;
    return list.split('\r\n').filter((line) => line === earlier[at] && ++at > 0);
  };
  expect(said(await written('bare-fr.csv', 'fr'), kept('bare-fr.csv'))).toEqual(kept('bare-fr.csv'));
  await fill();
  await walkIn({ country: 'XK' });
  for (const language of LANGUAGES) {
    const earlier = kept(`${language}.csv`);
    expect(said(await written(`${language}.csv`, language), earlier)).toEqual(earlier);
  }
});

// A read-only disk: tests/faults/disk.test.ts.
test('where nothing may be written the export is refused, and nothing is left', async () => {
  const exporting = (target: string) => refusal(calls['report.export']({ activityId, language: 'fr', path: target }, quietCall()));
  expect(await exporting(path.join(context.outside, 'none', 'x.csv'))).toBe('file.notWritable');
  mkdirSync(path.join(context.outside, 'taken.csv', 'inside'), { recursive: true });
  expect(await exporting(path.join(context.outside, 'taken.csv'))).toBe('file.notWritable');
  expect(await refusal(calls['report.activity']({ activityId: '00000000-0000-4000-8000-000000000000', language: 'fr' }, quietCall()))).toBe(
    'activity.unknown',
  );
  expect(existsSync(path.join(context.outside, 'none'))).toBe(false);
});
