import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { confirmCalls } from '../../../electron/engine/asked-calls.ts';
import { openEngine, type Engine } from '../../../electron/engine/engine.ts';
import { ASKED_CALLS, type Question } from '../../../shared/contract/engine-process.ts';
import { MOST_ITEMS } from '../../../shared/contract/answer-parts.ts';
import { client, MOST_ALIKE, MOST_CALLS, serve, type CallContext, type Dispatcher, type FromEngine } from '../../../shared/contract/rpc.ts';
import { isPrivateAddress } from '../../../shared/features/sync/lan-address.ts';
import { desktopContract } from '../../../shared/contract/desktop.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { ROOT } from '../../support/laptops/engine.ts';
import { alwaysOpen } from '../../../electron/engine/vault/vault.ts';

/** What a window may ask of the engine only with the user's word, and how much at a time. */

const QUIET: CallContext = { caller: { door: 'window' }, signal: new AbortController().signal, progress: () => undefined };

describe('with a real engine', () => {
  let folder: string;
  let engine: Engine;
  let asked: Question[];
  let says: (question: Question) => Promise<boolean>;
  let window: Dispatcher;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'itinera-asked-'));
    const opened = await openEngine({
      vault: alwaysOpen(path.join(folder, 'data')),
      resources: path.join(ROOT, 'resources'),
      locales: path.join(ROOT, 'locales'),
    });
    if (!opened.ok) throw new Error(opened.refusal.code);
    engine = opened.value;
    asked = [];
    says = () => Promise.resolve(true);
    const ask = (question: Question) => {
      asked.push(question);
      return says(question);
    };
    window = confirmCalls(engine.dispatcher, ask, engine.speak);
  });
  afterEach(async () => {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const call = async (name: string, args: unknown = {}): Promise<string> => {
    const answer = await window.dispatch(name, args, QUIET);
    return answer.ok ? 'done' : answer.error.code;
  };
  const made = async <T>(name: string, args: unknown): Promise<T> => {
    const answer = await window.dispatch(name, args, QUIET);
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.result as T;
  };
  const someone = async (): Promise<string> => {
    const { id } = await made<{ id: string }>('activity.create', {
      title: 'Atelier',
      languages: ['fr'],
      countries: ['SN'],
      start: '2026-03-02',
      end: '2026-03-03',
    });
    return (await made<{ id: string }>('people.add', { activityId: id, givenName: 'Awa', familyName: 'Koné', country: 'SN' })).id;
  };

  const isErased = async (id: string): Promise<boolean> =>
    (await made<{ participant: { familyName: string } }>('people.open', { id })).participant.familyName !== 'Koné';

  test('an erasure names the person that the engine knows, and a no keeps them', async () => {
    const id = await someone();
    says = () => Promise.resolve(false);
    expect(await call('people.erase', { id, reason: 'asked' })).toBe('shell.cancelled');
    expect(asked).toEqual([{ call: 'people.erase', values: { name: 'Awa Koné' } }]);
    expect(await isErased(id)).toBe(false);
    says = () => Promise.resolve(true);
    expect(await call('people.erase', { id, reason: 'asked' })).toBe('done');
    expect(await isErased(id)).toBe(true);
  });

  test('a yes is for these arguments and for once', async () => {
    const id = await someone();
    const other = await someone();
    expect(await call('people.erase', { id, reason: 'asked' })).toBe('done');
    says = () => Promise.resolve(false);
    expect(await call('people.erase', { id: other, reason: 'asked' })).toBe('shell.cancelled');
    expect(await isErased(other)).toBe(false);
  });

  test('arguments that change while the question is open change nothing', async () => {
    const [id, other] = [await someone(), await someone()];
    const args = { id, reason: 'asked' };
    says = () => {
      args.id = other;
      return Promise.resolve(true);
    };
    expect(await call('people.erase', args)).toBe('done');
    expect([await isErased(id), await isErased(other)]).toEqual([true, false]);
  });

  test('one question at a time; another is refused and not put behind it', async () => {
    const id = await someone();
    let answer: (yes: boolean) => void = () => undefined;
    // Whoever is asked a second time says no.
    says = () => (asked.length > 1 ? Promise.resolve(false) : new Promise((resolve) => (answer = resolve)));
    const first = call('people.erase', { id, reason: 'asked' });
    await expect.poll(() => asked.length).toBe(1);
    const [other, read] = [await call('sync.lanOpen', { host: '127.0.0.1', port: 0, visible: false }), await call('course.list')];
    answer(true);
    expect([other, read, await first, asked.length]).toEqual(['call.busy', 'done', 'done', 1]);
  });

  test('nobody is asked about arguments that the engine refuses', async () => {
    for (const name of ASKED_CALLS) expect(await call(name, { nonsense: true }), name).toBe('call.arguments');
    expect(asked).toEqual([]);
  });

  test('an address of the room needs no question, any other does', async () => {
    says = () => Promise.resolve(false);
    expect(await call('sync.lanPair', { address: '127.0.0.1:1' })).not.toBe('shell.cancelled');
    expect(asked).toEqual([]);
    expect(await call('sync.lanPair', { address: 'secret.example.org' })).toBe('shell.cancelled');
    expect(asked).toEqual([{ call: 'sync.lanPair', values: { address: 'secret.example.org' } }]);
  });

  test('what is said of each call is written in four languages, and each is a call', () => {
    for (const name of ASKED_CALLS) expect(Object.hasOwn(desktopContract, name), name).toBe(true);
    for (const language of LANGUAGES) {
      const { ask } = JSON.parse(readFileSync(path.join(ROOT, 'locales', language, 'shell.json'), 'utf8')) as {
        ask: Record<string, { question?: string }>;
      };
      expect(
        [ask['enrol']!.question, ask['far']!.question].every((words) => words?.includes('{{address}}')),
        language,
      ).toBe(true);
      expect(
        [ask['erase']!.question, ask['restore']!.question, ask['macros']!.question].every((words) => words?.includes('{{name}}')),
        language,
      ).toBe(true);
      expect(ask['pair']!.question, language).toContain('{{code}}');
    }
  });
});

test.each([
  ['192.168.1.5:47474', true],
  ['10.0.0.1', true],
  ['172.16.3.4', true],
  ['172.32.0.1', false],
  ['127.0.0.1:9', true],
  ['169.254.3.3', true],
  ['[fe80::1]:5', true],
  ['[fd12::1]', true],
  ['[2001:db8::1]', false],
  ['8.8.8.8', false],
  ['192.168.1', false],
  ['0192.168.1.5', false],
  ['192.168.1.5.example.org', false],
  ['10.example.org', false],
  ['localhost', false],
  ['', false],
])('%s is a number of the room: %s', (address, is) => expect(isPrivateAddress(address)).toBe(is));

describe('a port', () => {
  /** The engine's end of a port, whose turns the test takes. */
  function portTo(dispatch: Dispatcher['dispatch']) {
    const turns: (() => void)[] = [];
    const sent: FromEngine[] = [];
    const receive = serve(
      { dispatch },
      (message) => void sent.push(message),
      ({ code }) => code,
      { door: 'window' },
      (run) => void turns.push(run),
    );
    return { receive, sent, turn: () => turns.shift()?.(), turns };
  }
  const done = () => Promise.resolve({ ok: true as const, result: null });

  test('starts one call in a turn, in order', () => {
    const started: string[] = [];
    const { receive, turn } = portTo((name) => {
      started.push(name);
      return done();
    });
    for (const name of ['a', 'b', 'c']) receive({ type: 'call', id: started.length * 10 + name.charCodeAt(0), name, args: {} });
    expect(started).toEqual(['a']);
    turn();
    expect(started).toEqual(['a', 'b']);
    turn();
    turn();
    expect(started).toEqual(['a', 'b', 'c']);
    receive({ type: 'call', id: 1, name: 'd', args: {} });
    expect(started).toEqual(['a', 'b', 'c', 'd']);
  });

  test('refuses at once what is more than it holds, and answers again when that is done', async () => {
    const { receive, sent, turn, turns } = portTo(done);
    for (let id = 0; id < 20_000; id++) receive({ type: 'call', id, name: 'slow', args: {} });
    const busy = sent.filter((message) => message.type === 'answer' && !message.ok && message.error.code === 'call.busy');
    expect(busy.length).toBe(20_000 - MOST_ALIKE);
    while (turns.length > 0) turn();
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent.length).toBe(20_000);
    receive({ type: 'call', id: 20_001, name: 'next', args: {} });
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent.at(-1)).toEqual({ type: 'answer', id: 20_001, ok: true, result: null });
  });

  test('lets the calls of another name in between, however many of one name wait', () => {
    const started: string[] = [];
    const { receive, turn } = portTo((name) => {
      started.push(name);
      return new Promise(() => undefined);
    });
    for (let id = 0; id < 1_000; id++) receive({ type: 'call', id, name: 'slow', args: {} });
    for (let id = 2_000; id < 2_003; id++) receive({ type: 'call', id, name: 'quick', args: {} });
    for (let i = 0; i < 6; i++) turn();
    expect(started).toEqual(['slow', 'slow', 'quick', 'slow', 'quick', 'slow', 'quick']);
  });

  test('holds no more than so many in all, whatever their names', () => {
    const { receive, sent } = portTo(() => new Promise(() => undefined));
    for (let id = 0; id < 5_000; id++) receive({ type: 'call', id, name: `name ${id % 100}`, args: {} });
    expect(sent.length).toBe(5_000 - MOST_CALLS);
  });

  test('a job that runs long holds none of the others up', async () => {
    const { receive, sent, turn } = portTo((name) => (name === 'job' ? new Promise(() => undefined) : done()));
    receive({ type: 'call', id: 1, name: 'job', args: {} });
    receive({ type: 'call', id: 2, name: 'quick', args: {} });
    turn();
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toEqual([{ type: 'answer', id: 2, ok: true, result: null }]);
  });

  test('a call that waits can be cancelled', async () => {
    const aborted: boolean[] = [];
    const { receive, turn } = portTo((_name, _args, { signal }) => {
      aborted.push(signal.aborted);
      return done();
    });
    receive({ type: 'call', id: 1, name: 'a', args: {} });
    receive({ type: 'call', id: 2, name: 'b', args: {} });
    receive({ type: 'cancel', id: 2 });
    turn();
    await new Promise((resolve) => setImmediate(resolve));
    expect(aborted).toEqual([false, true]);
  });

  test('sends long lists ahead of their answer, a part in each turn, with others in between', async () => {
    const rows = Array.from({ length: 3 * MOST_ITEMS + 1 }, (_, row) => ({ row }));
    const { receive, sent, turn, turns } = portTo((name) =>
      name === 'long' ? Promise.resolve({ ok: true, result: { rows, few: [1, 2] } }) : done(),
    );
    receive({ type: 'call', id: 1, name: 'long', args: {} });
    turn();
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toEqual([{ type: 'part', id: 1, part: { list: 'rows', items: rows.slice(0, MOST_ITEMS) } }]);
    receive({ type: 'call', id: 2, name: 'quick', args: {} });
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent[1]).toMatchObject({ type: 'answer', id: 2 });
    while (turns.length > 0) turn();
    expect(sent.slice(2).map(({ type }) => type)).toEqual(['part', 'part', 'part', 'answer']);
    expect(sent.at(-1)).toEqual({ type: 'answer', id: 1, ok: true, result: { rows: [], few: [1, 2] } });
  });

  test('gives the caller the answer that was given, however long its lists', async () => {
    const long = (length: number): number[] => Array.from({ length }, (_, at) => at);
    const given = [
      null,
      7,
      'text',
      [],
      long(10),
      long(2_000),
      { a: long(2_000), b: long(MOST_ITEMS), c: long(MOST_ITEMS + 1), d: { e: long(600) } },
    ];
    for (const result of given) {
      let answer: (message: FromEngine) => void = () => undefined;
      const receive = serve(
        { dispatch: () => Promise.resolve({ ok: true, result }) },
        (message) => answer(structuredClone(message)),
        ({ code }) => code,
        { door: 'window' },
        setImmediate,
      );
      const speaker = client<typeof desktopContract>(receive, (listen) => (answer = listen));
      expect(await speaker.call('sync.lanClose', {})).toEqual(result);
    }
  });

  test('client and engine still meet', async () => {
    let answer: (message: FromEngine) => void = () => undefined;
    const receive = serve(
      { dispatch: done },
      (message) => answer(message),
      ({ code }) => code,
      { door: 'window' },
      setImmediate,
    );
    const speaker = client<typeof desktopContract>(receive, (listen) => (answer = listen));
    await expect(speaker.call('sync.lanClose', {})).resolves.toBe(null);
  });
});
