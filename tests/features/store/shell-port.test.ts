import { expect, it } from 'vitest';
import { TERMINAL_SHELL } from '../../../electron/cli/terminal-shell.ts';
import { answerAsked, askHere, NO_SHELL, shellPort, type ShellServices } from '../../../shared/contract/shell-port.ts';
import { SHELL_SERVICES, type ServiceArgs, type ShellService } from '../../../shared/contract/shell-services.ts';
import { openFeatureContext } from '../feature-context.ts';
import { storeHandlers } from '../../../electron/engine/features/store.ts';
import { quietCall } from '../../support/quiet-call.ts';

const ARGS: { readonly [S in ShellService]: ServiceArgs<S> } = {
  confirm: { call: 'people.erase', values: { name: 'Awa DIOP' } },
  open: { sha256: 'ab'.repeat(32), name: 'Deck.pdf' },
  reveal: { path: '/data' },
};
const DONE: ShellServices = {
  confirm: () => ({ ok: true, value: false }),
  open: () => ({ ok: false, code: 'shell.noProgram' }),
  reveal: () => Promise.resolve({ ok: true, value: {} }),
};

/** A port whose other end the test holds; `late` runs what waits for the end of a service's time. */
function port() {
  const sent: unknown[] = [];
  const waits: { readonly run: () => void; readonly ms: number; stopped: boolean }[] = [];
  const { ask, receive } = shellPort(
    (message) => sent.push(structuredClone(message)),
    (run, ms) => {
      const wait = { run, ms, stopped: false };
      waits.push(wait);
      return () => {
        wait.stopped = true;
      };
    },
  );
  return { ask, receive, sent, waits };
}

it('asks each service by an id and takes its answer, or the code of its refusal', async () => {
  const { ask, receive, sent } = port();
  const asked = [ask('reveal', ARGS.reveal), ask('open', ARGS.open), ask('confirm', ARGS.confirm)];
  // In any order.
  for (const message of sent.toReversed()) receive(structuredClone(await answerAsked(DONE, message)));
  expect(await Promise.all(asked)).toEqual([
    { ok: true, value: {} },
    { ok: false, refusal: { code: 'shell.noProgram', details: {} } },
    { ok: true, value: false },
  ]);
});

it('does nothing for arguments that have not the shape of the service', async () => {
  const done: string[] = [];
  const watched = Object.fromEntries(Object.keys(DONE).map((name) => [name, () => done.push(name)])) as unknown as ShellServices;
  const wrong: [ShellService, unknown][] = [
    ['open', { sha256: '../../etc/passwd', name: 'x' }],
    ['open', { sha256: 'ab'.repeat(32), name: 'x', also: 1 }],
    ['confirm', { call: 'settings.set', values: {} }],
    ['confirm', { call: 'people.erase', values: { name: 5 } }],
    ['reveal', { path: '' }],
    ['reveal', { path: 'x'.repeat(4097) }],
  ];
  for (const [service, args] of wrong) {
    expect(await answerAsked(watched, { type: 'ask', id: 1, service, args })).toEqual({
      type: 'answer',
      id: 1,
      ok: false,
      code: 'shell.failed',
    });
  }
  for (const message of [
    null,
    5,
    {},
    { type: 'ask', id: 0, service: 'open', args: ARGS.open },
    { type: 'ask', id: 1, service: 'format', args: {} },
  ])
    expect(await answerAsked(watched, message)).toBeNull();
  expect(done).toEqual([]);
});

it('takes no answer of another shape, none that nobody waits for, and none twice', async () => {
  const { ask, receive } = port();
  const one = ask('confirm', ARGS.confirm);
  receive({ type: 'answer', id: 9, ok: true, value: true });
  receive({ type: 'answer', id: 1, ok: true });
  receive({ type: 'answer', id: 1, ok: false, code: 5 });
  receive({ type: 'answer', id: 1, ok: true, value: 'yes' });
  receive({ type: 'answer', id: 1, ok: true, value: true });
  expect(await one).toMatchObject({ ok: false, refusal: { code: 'shell.failed' } });
  // A code that this service is never refused with.
  const other = ask('confirm', ARGS.confirm);
  receive({ type: 'answer', id: 2, ok: false, code: 'shell.noProgram' });
  expect(await other).toMatchObject({ ok: false, refusal: { code: 'shell.failed' } });
});

it('waits as long as a service may take, for a dialog as long as the user takes', async () => {
  const { ask, receive, waits } = port();
  const [opening, confirming] = [ask('reveal', ARGS.reveal), ask('confirm', ARGS.confirm)];
  expect(waits.map(({ ms }) => ms)).toEqual([SHELL_SERVICES.reveal.seconds * 1_000]);
  waits[0]!.run();
  expect(await opening).toMatchObject({ ok: false, refusal: { code: 'shell.noAnswer' } });
  receive({ type: 'answer', id: 1, ok: true, value: {} });
  receive({ type: 'answer', id: 2, ok: true, value: true });
  expect(await confirming).toEqual({ ok: true, value: true });
  const quick = ask('reveal', ARGS.reveal);
  receive({ type: 'answer', id: 3, ok: true, value: {} });
  await quick;
  expect(waits.map(({ stopped }) => stopped)).toEqual([true, true]);
});

it('a service that throws, or answers in another shape, is refused and ends nothing', async () => {
  const broken: ShellServices = {
    ...DONE,
    open: () => Promise.reject(new Error('x')),
    reveal: () => ({ ok: true, value: 5 as never }),
  };
  for (const service of ['open', 'reveal'] as const)
    expect(await answerAsked(broken, { type: 'ask', id: 1, service, args: ARGS[service] })).toMatchObject({
      ok: false,
      code: 'shell.failed',
    });
});

it('without a shell each service is refused by its code; at a terminal who types says yes', async () => {
  for (const service of Object.keys(SHELL_SERVICES) as ShellService[]) {
    expect(await askHere(NO_SHELL)(service, ARGS[service])).toMatchObject({ ok: false, refusal: { code: 'shell.notHere' } });
    const here = await askHere(TERMINAL_SHELL)(service, ARGS[service]);
    expect(here).toMatchObject(service === 'confirm' ? { ok: true, value: true } : { ok: false, refusal: { code: 'shell.notHere' } });
  }
});

it('the data folder is shown by the shell, and a refusal of it is the call’s', async () => {
  const context = openFeatureContext();
  const shown: unknown[] = [];
  const services: ShellServices = {
    ...DONE,
    reveal: (asked) => (shown.push(asked) === 1 ? { ok: true, value: {} } : { ok: false, code: 'shell.folderNotOpened' }),
  };
  const handlers = storeHandlers({ ...context, shell: askHere(services) }, context.store, context.vault.signer(), () =>
    Promise.reject(new Error()),
  );
  expect(await handlers['store.showFolder']({}, quietCall())).toEqual({ ok: true, value: {} });
  expect(await handlers['store.showFolder']({}, quietCall())).toMatchObject({ ok: false, refusal: { code: 'shell.folderNotOpened' } });
  expect(shown).toEqual([{ path: context.folder }, { path: context.folder }]);
  context.close();
});
