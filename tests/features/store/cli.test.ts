import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LONGEST_INPUT, readLines, readWhole, TOO_LONG } from '../../../electron/cli/standard-input.ts';
import { parseCommand } from '../../../electron/cli/command.ts';
import { environmentLanguage } from '../../../electron/cli/language.ts';
import { countryCode } from '../../../shared/kernel/countries.ts';
import { ROOT } from '../../support/laptops/engine.ts';
import { programIn, programsOfRun } from '../../support/programs.ts';
import { expectedA, WORKSHOP_A } from '../activity/workshop-a.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let programs: string;
beforeAll(async () => {
  programs = await programsOfRun();
});

type Itinera = (args: readonly string[], options?: { readonly input?: string; readonly language?: string }) => Run;

/** `npx itinera ...` as a terminal runs it: the project's bin, started by whatever Node runs the tests. */
const npxItinera: Itinera = (args, options) => run(path.join(ROOT, 'scripts/bin/itinera.mjs'), process.env, args, options);

/** The same command line, bundled: it starts in half the time. */
const itinera: Itinera = (args, options) => {
  const { file, env } = programIn(programs, 'cli');
  return run(file, env, args, options);
};

function run(file: string, env: NodeJS.ProcessEnv, args: readonly string[], options: Parameters<Itinera>[1] = {}): Run {
  const { input, language = 'C' } = options;
  return spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...env, LC_ALL: '', LC_MESSAGES: '', LANG: language },
    ...(input !== undefined && { input }),
  });
}

function call<T>(data: string, name: string, args?: unknown): T {
  const { status, stdout, stderr } = itinera(['--data', data, name, ...(args === undefined ? [] : [JSON.stringify(args)])]);
  expect(stderr, name).toBe('');
  expect(status, name).toBe(0);
  return JSON.parse(stdout) as T;
}

/** Several calls in one process, in order: `itinera batch`. */
function callAll(data: string, calls: readonly (readonly [name: string, args: object])[]): unknown[] {
  const input = calls.map(([name, args]) => JSON.stringify({ call: name, args })).join('\n');
  const { status, stdout, stderr } = itinera(['--data', data, 'batch'], { input });
  expect([status, stderr]).toEqual([0, '']);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { result: unknown }).result);
}

function refused(said: Run, status = 1): { code: string; message: string; details: Record<string, unknown> } {
  expect(said.status, said.stderr).toBe(status);
  expect(said.stdout).toBe('');
  return (JSON.parse(said.stderr) as { error: { code: string; message: string; details: Record<string, unknown> } }).error;
}

describe('the journeys from a terminal, every figure of the workshop', () => {
  const data = 'workshop';
  const expected = expectedA();
  const file = (name: string) => path.relative(folder, path.join(WORKSHOP_A, name));
  let activityId: string;
  let refOf: ReadonlyMap<string, string>;

  beforeAll(() => {
    activityId = call<{ id: string }>(data, 'activity.create', {
      title: { fr: 'Formation judiciaire de base pour les pays francophones de la CEDEAO' },
      courseId: 'C1',
      projects: ['GLACY+'],
      partners: ['OCWAR-C'],
      languages: ['fr'],
      countries: ['BJ', 'BF', 'CI', 'NE', 'ML', 'SN'],
      mode: 'inPerson',
      start: '2021-07-12',
      end: '2021-07-15',
    }).id;
  });

  it('1: plans four days, and asks what to drop when they become three', () => {
    const workshop = call<{ halfDays: string[]; agenda: { id: string; title: { fr: string }; halfDay: string }[] }>(data, 'activity.get', {
      id: activityId,
    });
    expect(workshop.halfDays).toHaveLength(8);
    expect(workshop.agenda.every(({ title }) => title.fr !== '')).toBe(true);
    const overflow = refused(
      itinera(['--data', data, 'activity.reschedule', JSON.stringify({ id: activityId, start: '2021-07-12', end: '2021-07-14' })], {
        language: 'fr_FR.UTF-8',
      }),
    );
    expect(overflow.code).toBe('agenda.overflow');
    expect(overflow.message).toMatch(/séances ne tiennent pas en 3 jours/);
    const copy = call<{ id: string }>('copy', 'activity.create', { title: 'x', courseId: 'C1', start: '2021-07-12', end: '2021-07-15' }).id;
    const late = call<{ agenda: { id: string; halfDay: string }[] }>('copy', 'activity.get', { id: copy }).agenda.filter(
      ({ halfDay }) => halfDay > '2021-07-15',
    );
    const shortened = call<{ halfDays: string[] }>('copy', 'activity.reschedule', {
      id: copy,
      start: '2021-07-12',
      end: '2021-07-14',
      drop: late.map(({ id }) => id),
    });
    expect(shortened.halfDays).toHaveLength(6);
  });

  it('2: imports the people, and nobody the second time', () => {
    const list = { activityId, path: file('participants.csv'), apply: true };
    const [imported, again, people] = callAll(data, [
      ['people.import', list],
      ['people.import', list],
      ['people.list', { activityId }],
    ]) as [{ homonyms: string[][] }, unknown, { id: string; ref: string; country: string }[]];
    expect(imported).toMatchObject({ added: 25, unchanged: 0, updated: 0, rejected: [] });
    expect(again).toMatchObject({ added: 0, unchanged: 25 });
    refOf = new Map(people.map(({ id, ref }) => [id, ref]));
    expect(people).toHaveLength(expected.A.registered);
    expect(imported.homonyms.map((group) => group.map((id) => refOf.get(id)))).toEqual([['P06', 'P17']]);
    expect(new Set(people.map(({ country }) => country)).size).toBe(expected.A.countries);
  });

  it('4: reads the attendance sheet', () => {
    expect(call(data, 'attendance.import', { activityId, path: file('attendance.csv'), apply: true })).toMatchObject({
      applied: true,
      marked: 200,
      rejected: [],
    });
    const { A } = expected;
    const [summary, stricter] = callAll(data, [
      ['attendance.summary', { activityId }],
      ['attendance.summary', { activityId, threshold: 80 }],
    ]);
    expect(summary).toMatchObject({
      registered: A.registered,
      cells: A.cells,
      codes: { present: A.codes.P, late: A.codes.L, absent: A.codes.A, excused: A.codes.E },
      presentOrLate: A.presentOrLate,
      rate: A.ratePercent,
      perHalfDay: A.presentPerHalfDay,
      full: A.fullAttendance,
      eligible: A.certificatesAt75,
      below: A.below75,
      exactly: A.exactly75,
    });
    expect(stricter).toMatchObject({ eligible: A.certificatesAt80 });
  });

  it('6 and 7: reads the tests and the satisfaction sheets', () => {
    const [, , results, answered] = callAll(data, [
      ['evaluation.import', { activityId, formId: 'intro-prepost-v1', path: file('prepost.csv'), apply: true }],
      ['evaluation.import', { activityId, formId: 'satisfaction-v1', path: file('satisfaction.csv'), apply: true }],
      ['evaluation.results', { activityId, formId: 'intro-prepost-v1' }],
      ['evaluation.results', { activityId, formId: 'satisfaction-v1' }],
    ]);
    const tests = expected.A_prepost;
    expect(results).toMatchObject({
      nPre: tests.nPre,
      nPost: tests.nPost,
      nPaired: tests.nMatched,
      meanPre: tests.meanPre,
      meanPost: tests.meanPost,
      meanPrePaired: tests.meanPreMatched,
      meanPostPaired: tests.meanPostMatched,
      gain: tests.meanGainMatched,
      improved: tests.improved,
      same: tests.same,
      worse: tests.worse,
      postAtLeast70: tests.postAtLeast70pct,
      items: Object.fromEntries(
        Object.keys(tests.itemCorrectPre).map((item) => [item, { pre: tests.itemCorrectPre[item], post: tests.itemCorrectPost[item] }]),
      ),
    });
    const sheets = expected.A_satisfaction;
    expect(answered).toMatchObject({
      n: sheets.returned,
      registered: expected.A.registered,
      rate: sheets.responseRatePercent,
      mean: sheets.overallMean,
      blanks: sheets.blanks,
      suppressed: false,
      items: Object.fromEntries(
        Object.entries(sheets.items).map(([item, { n, mean, dist, top2pct }]) => [item, { n, withheld: false, mean, dist, top2: top2pct }]),
      ),
    });
  });

  it('reports the people', () => {
    const report = call<Record<string, { key: string; count: number }[]>>(data, 'report.activity', { activityId, language: 'fr' });
    const counts = (figures: { key: string; count: number }[]) => Object.fromEntries(figures.map(({ key, count }) => [key, count]));
    expect(counts(report['bySex']!)).toEqual({ female: expected.A.bySex.F, male: expected.A.bySex.M });
    expect(counts(report['byProfession']!)).toEqual(expected.A.byRole);
    const byCode = Object.entries(expected.A.byCountry).map(([name, count]) => [countryCode(name), count]);
    expect(counts(report['byCountry']!)).toEqual(Object.fromEntries(byCode));
    expect(call(data, 'store.check')).toMatchObject({ ok: true, problems: [] });
  });
});

describe('the command line', () => {
  it.each([
    ['from its sources', npxItinera],
    ['bundled', itinera],
  ])('%s says nothing but one document, on the right stream, with the right exit code', (_, command) => {
    const { status, stdout, stderr } = command(['--data', 'data', 'course.list']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject(['C1', 'C2', 'C3', 'C4'].map((code) => ({ code })));
    expect(command(['--data=data', 'activity.list', '-'], { input: '{"mode":"online"}' }).stdout).toBe('[]\n');
    expect(command(['--data', 'data', 'activity.list', '-'], { input: '' }).stdout).toBe('[]\n');
    expect(refused(command(['--data', 'data', 'course.list', '--verbose']), 2).code).toBe('cli.option');
    expect(refused(command(['--data', 'data', 'activity.get', '{"id":7,"__proto__":{}}'])).code).toBe('call.arguments');
  });

  it('refuses with a sentence in the terminal’s language, then in the one that was chosen', () => {
    const unknown = { id: '00000000-0000-4000-8000-000000000000' };
    const get = (language: string) => refused(npxItinera(['--data', 'data', 'activity.get', JSON.stringify(unknown)], { language }));
    expect(get('pt_CV.UTF-8')).toMatchObject({ code: 'activity.unknown', message: expect.stringMatching(/ateliê/) });
    expect(get('xx')).toMatchObject({ message: expect.stringMatching(/workshop/) });
    call('data', 'settings.set', { language: 'es' });
    expect(get('fr')).toMatchObject({ message: expect.stringMatching(/taller/) });
    call('data', 'settings.set', { language: 'en' });
    expect(refused(itinera(['--data', 'data', 'toString']))).toMatchObject({ code: 'call.unknown', details: { name: 'toString' } });
  });

  it('refuses an unknown call without making a folder', () => {
    expect(refused(itinera(['--data', 'nowhere', 'no.call'])).code).toBe('call.unknown');
    expect(existsSync(path.join(folder, 'nowhere'))).toBe(false);
    writeFileSync(path.join(folder, 'a-file'), 'x');
    expect(refused(itinera(['--data', 'a-file', 'course.list'])).code).toBe('storage.unreadable');
  });

  it('answers wrong usage with exit code 2', () => {
    const wrong: [string[], string][] = [
      [[], 'cli.noCall'],
      [['course.list'], 'cli.noData'],
      [['--data'], 'cli.noCall'],
      [['--data', 'data', 'course.list', '{}', 'more'], 'cli.tooMany'],
      [['--data', 'data', 'course.list', '--verbose'], 'cli.option'],
      [['--data', 'data', 'course.list', '--continue'], 'cli.option'],
      [['--data', 'data', 'course.list', '{not json'], 'cli.json'],
      [['--data', 'data', 'batch', 'x'], 'cli.tooMany'],
    ];
    for (const [args, code] of wrong)
      expect(refused(itinera(args), 2), args.join(' ')).toMatchObject({ code, message: expect.stringMatching(/Usage/) });
  });

  it('prints the schema of every call', () => {
    const help = JSON.parse(itinera(['help']).stdout) as { calls: { name: string }[] };
    expect(help.calls.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['activity.create', 'people.import', 'attendance.mark', 'store.restore']),
    );
    const one = JSON.parse(itinera(['help', 'people.import']).stdout) as {
      args: { required: string[]; properties: object };
      result: { properties: object };
    };
    // A file by its path or a text that was pasted.
    expect(one.args.required).toEqual(['activityId', 'apply']);
    expect(Object.keys(one.args.properties)).toEqual(expect.arrayContaining(['path', 'text']));
    expect(Object.keys(one.result.properties)).toEqual(expect.arrayContaining(['added', 'rejected', 'homonyms']));
    expect(refused(itinera(['help', 'no.call'])).code).toBe('call.unknown');
  });

  it('runs a batch line by line, to the first refusal or to the end', () => {
    const lines = [
      '{"call":"settings.set","args":{"name":"Awa"}}',
      '',
      'not json',
      '{"call":"no.call"}',
      '{"call":"activity.list","args":{"mode":"flying"}}',
      '{"call":"settings.get"}',
    ].join('\n');
    const all = itinera(['--data', 'batch', 'batch', '--continue'], { input: lines });
    expect([all.status, all.stderr]).toEqual([0, '']);
    const answers = all.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { ok: boolean; error?: { code: string }; result?: { name: string } });
    expect(answers.map(({ ok, error }) => error?.code ?? ok)).toEqual([true, 'call.line', 'call.unknown', 'call.arguments', true]);
    expect(answers[4]!.result!.name).toBe('Awa');
    const some = itinera(['--data', 'batch', 'batch'], { input: lines });
    expect(some.status).toBe(1);
    expect(some.stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  it('lets one engine at a time have a folder, and frees it when that ends', { timeout: 60_000 }, async () => {
    const holder = spawn(process.execPath, [path.join(ROOT, 'electron/cli.ts'), '--data', 'held', 'batch'], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    holder.stdin.write('{"call":"course.list"}\n');
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    expect(refused(itinera(['--data', 'held', 'course.list'])).code).toBe('store.inUse');
    holder.kill('SIGKILL');
    await new Promise((resolve) => holder.once('close', resolve));
    expect(itinera(['--data', 'held', 'course.list']).status).toBe(0);
  });

  it('goes quietly when nobody reads on', { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, [path.join(ROOT, 'electron/cli.ts'), '--data', 'pipe', 'batch'], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (text) => (errors += String(text)));
    child.stdin.on('error', () => undefined);
    child.stdin.write('{"call":"course.list"}\n');
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.stdout.destroy();
    for (let i = 0; i < 50; i++) child.stdin.write('{"call":"course.list"}\n');
    child.stdin.end();
    await new Promise((resolve) => child.once('close', resolve));
    expect(errors).toBe('');
    expect(itinera(['--data', 'pipe', 'store.check']).status).toBe(0);
  });

  it('restores a store that is damaged, and keeps the damaged one', () => {
    writeFileSync(path.join(folder, 'a-file'), 'x');
    const { id } = call<{ id: string }>('whole', 'activity.create', { title: 'Atelier', start: '2021-07-12', end: '2021-07-12' });
    call('whole', 'store.backup', { path: 'good.db' });
    const file = path.join(folder, 'whole', 'itinera.db');
    writeFileSync(file, Buffer.concat([Buffer.from('not a database at all'), readFileSync(file).subarray(100)]));
    expect(refused(itinera(['--data', 'whole', 'activity.list'])).code).toBe('store.damaged');
    expect(refused(itinera(['--data', 'whole', 'store.restore', '{"path":"a-file"}'])).code).toBe('store.notABackup');
    const { kept } = call<{ kept: string }>('whole', 'store.restore', { path: 'good.db' });
    expect(readFileSync(kept).toString('latin1', 0, 5)).toBe('not a');
    expect(call('whole', 'activity.get', { id })).toMatchObject({ title: 'Atelier' });
  });
});

describe('its parts', () => {
  it('read the command', () => {
    expect(parseCommand(['--data', '/d', 'course.get', '-'])).toEqual({ kind: 'call', data: '/d', call: 'course.get', args: '-' });
    expect(parseCommand(['batch', '--continue', '--data=/d'])).toEqual({ kind: 'batch', data: '/d', keepGoing: true });
    expect(parseCommand(['-h', 'course.get'])).toEqual({ kind: 'help', call: 'course.get' });
  });

  it('know the language of the terminal', () => {
    expect(environmentLanguage({ LC_ALL: 'fr_SN.UTF-8', LANG: 'es' })).toBe('fr');
    expect(environmentLanguage({ LC_ALL: '', LC_MESSAGES: 'pt', LANG: 'es' })).toBe('pt');
    expect(environmentLanguage({ LANG: 'C.UTF-8' })).toBe('en');
  });

  it('read lines cut anywhere, and let go what is too long', async () => {
    const bytes = Buffer.from('é1\nü2\r\n\nlast');
    async function* single() {
      for (const byte of bytes) yield Buffer.from([byte]);
    }
    const lines: unknown[] = [];
    for await (const line of readLines(single())) lines.push(line);
    expect(lines).toEqual(['é1', 'ü2\r', '', 'last']);
    async function* huge() {
      for (let i = 0; i <= LONGEST_INPUT; i += 8 * 1024 * 1024) yield Buffer.alloc(8 * 1024 * 1024, 0x61);
      yield Buffer.from('\n{}\n');
    }
    const read: unknown[] = [];
    for await (const line of readLines(huge())) read.push(line);
    expect(read).toEqual([TOO_LONG, '{}']);
    expect(await readWhole(huge())).toBe(TOO_LONG);
  });
});
