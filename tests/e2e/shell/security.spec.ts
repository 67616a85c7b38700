import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { FromEngine } from '../../../shared/contract/rpc.ts';
import { SHELL_QUESTIONS } from '../../../shared/contract/shell.ts';
import { openWindow, type OpenWindow } from '../../support/window.ts';

/** TRUST: the window is not trusted. Each rule is tried from inside a real window. */

let opened: OpenWindow;
let page: Page;
let outside: Server;
let visits: string[];

test.beforeAll(async () => {
  opened = await openWindow();
  page = opened.page;
  visits = [];
  outside = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.end('outside');
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
});

test.afterAll(async () => {
  await opened.close();
  outside.close();
});

const elsewhere = () => `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;

/** Asks the engine over the page's own port, past everything that the page itself would check. */
async function askEngine(name: string, args: unknown): Promise<FromEngine> {
  return page.evaluate(
    ([call, given]) =>
      new Promise<FromEngine>((resolve) => {
        const id = Math.floor(Math.random() * 1e9) + 1e6;
        const port = (window as unknown as { heldPort: MessagePort }).heldPort;
        port.addEventListener('message', (event: MessageEvent<FromEngine>) => {
          if (event.data.type === 'answer' && event.data.id === id) resolve(event.data);
        });
        port.postMessage({ type: 'nonsense', id });
        port.postMessage(null);
        port.postMessage({ type: 'call', id, name: call, args: given });
      }),
    [name, args] as const,
  );
}

/** Loads the page again with a hand on its port. */
async function holdPort(): Promise<void> {
  await page.addInitScript(() => {
    window.addEventListener('message', (event) => {
      if (event.ports[0]) (window as unknown as { heldPort: MessagePort }).heldPort = event.ports[0];
    });
  });
  await page.reload();
  await expect.poll(() => page.evaluate(() => 'heldPort' in window)).toBe(true);
}

test('serves each document a strict policy with a nonce of its own', async () => {
  const load = () => page.evaluate(async () => (await fetch('app://itinera/index.html')).headers.get('content-security-policy') ?? '');
  const [first, second] = [await load(), await load()];
  expect(first).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}'/);
  expect(first).not.toMatch(/unsafe-inline|unsafe-eval|https?:/);
  expect(first).not.toBe(second);
});

test('runs neither inline script nor eval', async () => {
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);
    // In a task of the page's own: what Playwright evaluates is allowed to.
    const evaluated = await new Promise((resolve) =>
      setTimeout(() => {
        try {
          // oxlint-disable-next-line no-implied-eval -- it is what is tried
          resolve(new Function('return true')());
        } catch {
          resolve(false);
        }
      }),
    );
    return { inline: 'inlineRan' in window, evaluated };
  });
  expect(ran).toEqual({ inline: false, evaluated: false });
});

test('gives the page no Node and only the bridge', async () => {
  const found = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
    shell: Object.keys(window.shell).sort(),
  }));
  expect(found).toEqual({ node: [], shell: [...SHELL_QUESTIONS, 'lastLook', 'platform', 'systemLanguage'].sort() });
});

test('is sandboxed and isolated', async () => {
  const preferences = await opened.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return (window!.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false });
});

test('fetches from nowhere else and goes nowhere else', async () => {
  const here = page.url();
  const fetched = await page.evaluate(async (address) => {
    const reached = await fetch(address).then(
      () => true,
      () => false,
    );
    const image = new Image();
    await new Promise((resolve) => {
      image.onerror = image.onload = resolve;
      image.src = `${address}/image.png`;
    });
    const frame = document.createElement('iframe');
    frame.src = `${address}/frame`;
    document.body.append(frame);
    const popup = window.open(`${address}/popup`);
    window.location.href = `${address}/navigation`;
    return { reached, popup: popup !== null };
  }, elsewhere());
  expect(fetched).toEqual({ reached: false, popup: false });
  await page.waitForTimeout(500);
  expect(page.url()).toBe(here);
  expect(await opened.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  // Past the page's own policy: the session itself lets nothing out.
  const beyond = await opened.app.evaluate(
    ({ session }, address) =>
      session.defaultSession.fetch(address).then(
        () => 'reached',
        () => 'stopped',
      ),
    elsewhere(),
  );
  expect(beyond).toBe('stopped');
  expect(visits).toEqual([]);
});

test('serves no file outside the built window', async () => {
  const statuses = await page.evaluate(async () => {
    const addresses = [
      'app://itinera/../main/main.js',
      'app://itinera/%2e%2e%2fmain%2fmain.js',
      'app://itinera/%2e%2e%2f%2e%2e%2fpackage.json',
    ];
    return Promise.all(addresses.map(async (address) => (await fetch(address)).status));
  });
  expect(statuses).toEqual([404, 404, 404]);
});

test('denies every permission', async () => {
  const answers = await page.evaluate(async () => {
    const refused = (promise: Promise<unknown>) =>
      promise.then(
        () => 'granted',
        () => 'denied',
      );
    return {
      notifications: await Notification.requestPermission(),
      position: await refused(new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))),
      camera: await refused(navigator.mediaDevices.getUserMedia({ video: true })),
      clipboard: await refused(navigator.clipboard.readText()),
      midi: await refused(navigator.requestMIDIAccess()),
    };
  });
  expect(answers).toEqual({ notifications: 'denied', position: 'denied', camera: 'denied', clipboard: 'denied', midi: 'denied' });
});

test('answers unknown calls, bad arguments and paths of the page’s own making with a refusal', async () => {
  await holdPort();
  const code = async (name: string, args: unknown) => {
    const answer = await askEngine(name, args);
    return answer.type === 'answer' && !answer.ok ? answer.error.code : 'ok';
  };
  expect(await code('no.suchCall', {})).toBe('call.unknown');
  expect(await code('constructor', {})).toBe('call.unknown');
  expect(await code('__proto__', {})).toBe('call.unknown');
  expect(await code('course.list', { surprise: 1 })).toBe('call.arguments');
  expect(await code('store.backup', { path: '/tmp/anywhere.db' })).toBe('path.notGranted');
  expect(await code('material.add', { path: '/etc/passwd', title: 'x', language: 'en', kind: 'other' })).toBe('path.notGranted');
  expect(await code('course.list', {})).toBe('ok');
});

test('takes a path that the user chose', async () => {
  await holdPort();
  const chosen = path.join(await mkdtemp(path.join(tmpdir(), 'itinera-')), 'chosen.itinera');
  await opened.answerDialogs(chosen, null);
  expect(await page.evaluate(() => window.shell.chooseSave('backup', 'chosen.itinera'))).toEqual({
    path: chosen,
    name: 'chosen.itinera',
  });
  expect(await page.evaluate(() => window.shell.chooseFile('people'))).toBeNull();
  expect(await askEngine('store.backup', { path: chosen })).toMatchObject({ ok: true });
  await rm(path.dirname(chosen), { recursive: true });
});

test('refuses the shell’s questions with wrong arguments', async () => {
  const refused = await page.evaluate(() =>
    Promise.allSettled([
      window.shell.chooseFile('everything' as 'people'),
      window.shell.openMaterial({} as string, 'a.pdf'),
      window.shell.setLook({ language: 'xx' as 'en', theme: 'dark', rail: 'byWidth' }),
    ]),
  );
  expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
});

test('hands out only files of its own store, and only documents', async () => {
  await opened.answerDialogs(`${opened.data}/stolen.txt`);
  const refused = await page.evaluate(
    (data) =>
      Promise.allSettled([
        window.shell.openMaterial('/etc/passwd', 'passwd.txt'),
        window.shell.openMaterial(`${data}/itinera.db`, 'itinera.pdf'),
        window.shell.openMaterial(`${data}/files/../itinera.db`, 'itinera.pdf'),
        window.shell.saveMaterial('/etc/passwd', 'passwd.txt'),
      ]),
    opened.data,
  );
  expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  const answers = await page.evaluate(async () => [
    await window.shell.openMaterial('a'.repeat(64), 'deck.pdf'),
    await window.shell.openMaterial('a'.repeat(64), 'setup.exe'),
    await window.shell.saveMaterial('a'.repeat(64), 'deck.pdf'),
  ]);
  expect(answers.map((answer) => !answer.ok && answer.code)).toEqual(['shell.notOurs', 'shell.kindNotOpened', 'shell.notOurs']);
});

test('opens a link only over https and only after asking', async () => {
  const asked = await opened.app.evaluate(({ dialog, shell }) => {
    const log: string[] = [];
    (globalThis as unknown as { links: string[] }).links = log;
    dialog.showMessageBox = ((_window: unknown, { detail }: { detail: string }) => {
      log.push(`asked ${detail}`);
      return Promise.resolve({ response: log.length === 1 ? 1 : 0, checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
    shell.openExternal = (address) => Promise.resolve(void log.push(`opened ${address}`));
    return log;
  });
  expect(asked).toEqual([]);
  const answers = await page.evaluate(async () => [
    await window.shell.openLink('file:///etc/passwd'),
    await window.shell.openLink('http://example.org/'),
    await window.shell.openLink('https://user:secret@example.org/'),
    await window.shell.openLink('https://example.org/first'),
    await window.shell.openLink('https://example.org/second'),
  ]);
  expect(answers.map(({ ok }) => ok)).toEqual([false, false, false, false, true]);
  expect(await opened.app.evaluate(() => (globalThis as unknown as { links: string[] }).links)).toEqual([
    'asked https://example.org/first',
    'asked https://example.org/second',
    'opened https://example.org/second',
  ]);
});

test('answers no page but its own, even one with the bridge', async () => {
  const stranger = await opened.app.evaluate(async ({ app, BrowserWindow }) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { preload: `${app.getAppPath()}/out/preload/preload.cjs`, sandbox: true, contextIsolation: true },
    });
    await window.loadURL('data:text/html,<p>stranger</p>');
    const answer: unknown = await window.webContents.executeJavaScript(
      `new Promise((resolve) => {
        let port = false;
        window.addEventListener('message', (event) => { port ||= event.ports.length > 0; });
        window.shell.chooseFile('people').then(() => 'answered', () => 'refused').then((question) => setTimeout(() => resolve({ question, port }), 500));
      })`,
    );
    window.destroy();
    return answer;
  });
  expect(stranger).toEqual({ question: 'refused', port: false });
});
