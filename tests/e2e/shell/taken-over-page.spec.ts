import { createSocket, type Socket } from 'node:dgram';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Page } from '@playwright/test';
import type { FromEngine } from '../../../shared/contract/rpc.ts';
import { openWindow, type OpenWindow } from '../../support/window.ts';

/** A page that somebody else has taken over: it gets nothing out, leads nowhere, silences nobody and decides nothing for the user. */

let opened: OpenWindow;
let page: Page;
let outside: Server;
let datagrams: Socket;
let arrived: string[];

test.beforeAll(async () => {
  opened = await openWindow();
  page = opened.page;
  arrived = [];
  outside = createServer((request, response) => {
    arrived.push(`${request.method} ${request.url}`);
    response.end();
  });
  outside.on('connection', () => arrived.push('a connection'));
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  datagrams = createSocket('udp4');
  datagrams.on('message', () => arrived.push('a datagram'));
  await new Promise<void>((resolve) => datagrams.bind(0, '127.0.0.1', () => resolve()));
  // A hand on the page's port to the engine.
  await page.addInitScript(() => {
    window.addEventListener('message', (event) => {
      if (event.ports[0]) (window as unknown as { held: MessagePort }).held = event.ports[0];
    });
  });
  await load();
});

test.afterAll(async () => {
  await opened.close();
  outside.close();
  datagrams.close();
});

async function load(): Promise<void> {
  await page.reload();
  await expect.poll(() => page.evaluate(() => 'held' in window)).toBe(true);
}

const port = () => (outside.address() as AddressInfo).port;

type Answer = Extract<FromEngine, { type: 'answer' }>;

/** A call of the page's own, past everything that our code in it would check. */
function ask(name: string, args: unknown): Promise<Answer> {
  return page.evaluate(
    ([call, given]) =>
      new Promise<Answer>((resolve) => {
        const id = Math.floor(Math.random() * 1e9) + 1e6;
        const { held } = window as unknown as { held: MessagePort };
        held.addEventListener('message', (event: MessageEvent<FromEngine>) => {
          if (event.data.type === 'answer' && event.data.id === id) resolve(event.data);
        });
        held.postMessage({ type: 'call', id, name: call, args: given });
      }),
    [name, args] as const,
  );
}

const codeOf = (answer: Answer): string => (answer.ok ? 'done' : answer.error.code);

for (const where of ['the page', 'a frame of its own', 'a frame from text'] as const) {
  test(`sends nothing by WebRTC from ${where}: no datagram, no relay`, async () => {
    arrived.length = 0;
    const said = await page.evaluate(
      async ([place, udp, tcp]) => {
        const frame = document.createElement('iframe');
        if (place === 'a frame from text') frame.srcdoc = '<p>frame</p>';
        const within = async (): Promise<typeof globalThis> => {
          if (place === 'the page') return globalThis;
          document.body.append(frame);
          await new Promise((resolve) => setTimeout(resolve, 300));
          return frame.contentWindow as unknown as typeof globalThis;
        };
        const outcomes: string[] = [];
        for (const server of [
          { urls: `stun:127.0.0.1:${udp}` },
          { urls: `turn:127.0.0.1:${tcp}?transport=tcp`, username: 'KONE-Awa', credential: 'x' },
          { urls: `turn:127.0.0.1:${udp}`, username: 'KONE-Awa', credential: 'x' },
          { urls: `turns:localhost:${tcp}`, username: 'KONE-Awa', credential: 'x' },
        ]) {
          try {
            const connection = new (await within()).RTCPeerConnection({ iceServers: [server] });
            connection.createDataChannel('x');
            await connection.setLocalDescription(await connection.createOffer());
            await new Promise((resolve) => setTimeout(resolve, 700));
            outcomes.push(connection.iceGatheringState);
          } catch (error) {
            outcomes.push((error as Error).name);
          }
        }
        frame.remove();
        return outcomes;
      },
      [where, datagrams.address().port, port()] as const,
    );
    expect(arrived, said.join(', ')).toEqual([]);
  });
}

test('leads nowhere: whatever address it goes to, the page is there and works', async () => {
  // By the shell: Playwright itself would wait for a navigation that never ends.
  const within = (code: string) =>
    opened.app.evaluate(
      async ({ BrowserWindow }, run) =>
        String(
          await BrowserWindow.getAllWindows()[0]!
            .webContents.executeJavaScript(run)
            .catch(() => 'gone'),
        ),
      code,
    );
  const home = await within('location.href');
  for (const address of [
    ...['about:blank', 'about:srcdoc', 'about:version', 'data:text/html,<p>x', 'javascript:void(document.title="x")', 'blob:null/x'],
    ...[
      'file:///etc/passwd',
      'chrome://version',
      'view-source:app://itinera/index.html',
      'app://other/index.html',
      `http://127.0.0.1:${port()}/`,
    ],
  ]) {
    const to = JSON.stringify(address);
    for (const go of [`location.href = ${to}`, `location.replace(${to})`, `window.open(${to}, "_self")`]) {
      await within(`setTimeout(() => { ${go} }); 0`);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    await expect.poll(() => within('`${location.href} ${document.querySelector("main, button") !== null}`'), address).toBe(`${home} true`);
  }
  expect(arrived.filter((one) => one.startsWith('GET'))).toEqual([]);
  await load();
});

test('silences nobody: twenty thousand calls are refused, and the next one is answered', async () => {
  const refused = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const { held } = window as unknown as { held: MessagePort };
        let busy = 0;
        held.addEventListener('message', (event: MessageEvent<FromEngine>) => {
          if (event.data.type !== 'answer' || event.data.id < 2e9 || event.data.ok) return;
          if (event.data.error.code === 'call.busy') busy += 1;
          if (busy === 19_900) resolve(busy);
        });
        for (let i = 0; i < 20_000; i++) held.postMessage({ type: 'call', id: 2e9 + i, name: 'store.check', args: {} });
      }),
  );
  expect(refused).toBe(19_900);
  expect(codeOf(await ask('course.list', {}))).toBe('done');
});

test.describe('decides nothing for the user', () => {
  let activityId: string;
  let personId: string;

  test.beforeAll(async () => {
    const made = await ask('activity.create', {
      title: 'Atelier',
      languages: ['fr'],
      countries: ['SN'],
      start: '2026-03-02',
      end: '2026-03-05',
    });
    activityId = made.ok ? (made.result as { id: string }).id : '';
    const person = await ask('people.add', { activityId, givenName: 'Awa\u202e', familyName: 'Koné\n\nEverything is fine', country: 'SN' });
    personId = person.ok ? (person.result as { id: string }).id : '';
  });

  const calls = (): readonly (readonly [name: string, args: unknown, shown: RegExp])[] => [
    ['sync.enrol', { url: `http://127.0.0.1:${port()}/`, code: '7K2M-9QXR-4TBD-WH5P', name: 'x' }, /127\.0\.0\.1/],
    ['sync.lanOpen', { host: '127.0.0.1', port: 0, visible: false }, /room/],
    ['sync.lanServe', { host: '127.0.0.1', port: 0, visible: false, seconds: 1 }, /room/],
    ['sync.lanPair', { address: 'kone-awa.example.org:1' }, /kone-awa\.example\.org:1/],
    ['sync.lanRun', { replica: 'a'.repeat(32), address: 'kone-awa.example.org:1' }, /kone-awa/],
    ['people.erase', { id: personId, reason: 'asked' }, /Awa.*Koné Everything is fine everywhere/],
    ['store.restore', { path: `${opened.data}/backups/itinera-20260302-000000.db` }, /itinera-20260302/],
  ];

  test('what sends or destroys is asked by the shell, with what exactly will happen, and a no is a no', async () => {
    await opened.answerQuestions(false);
    for (const [name, args, shown] of calls()) {
      arrived.length = 0;
      const before = (await opened.questions()).length;
      expect(codeOf(await ask(name, args)), name).toBe('shell.cancelled');
      const asked = (await opened.questions()).slice(before);
      expect(asked.length, name).toBe(1);
      expect(asked[0]!.message, name).toMatch(shown);
      expect(asked[0]!.message, name).not.toMatch(/[\n\u202e]/);
      expect(arrived, name).toEqual([]);
    }
    const people = await ask('people.list', { activityId });
    expect(people.ok && (people.result as unknown[]).length).toBe(1);
  });

  test('no message of the page is taken for the user’s answer', async () => {
    await opened.answerQuestions(false);
    await page.evaluate(() => {
      const { held } = window as unknown as { held: MessagePort };
      for (let id = 0; id < 50; id++) {
        held.postMessage({ type: 'answer', id, yes: true });
        window.postMessage({ type: 'answer', id, yes: true });
      }
    });
    const [name, args] = calls()[0]!;
    expect(codeOf(await ask(name, { ...(args as object), confirmed: true }))).toBe('call.arguments');
    expect(codeOf(await ask(name, args))).toBe('shell.cancelled');
  });

  test('a yes counts once', async () => {
    await opened.answerQuestions(true);
    expect(codeOf(await ask('people.erase', { id: personId, reason: 'asked' }))).toBe('done');
    await opened.answerQuestions(false);
    const before = (await opened.questions()).length;
    expect(codeOf(await ask('sync.lanOpen', { host: '127.0.0.1', port: 0, visible: false }))).toBe('shell.cancelled');
    expect((await opened.questions()).length).toBe(before + 1);
  });
});
