import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { openLaptop } from '../../support/laptops/laptop.ts';
import { ROOT } from '../../support/laptops/engine.ts';

describe('the program', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-program-'));
  const data = path.join(folder, 'data');
  const program = path.join(ROOT, 'server/main.ts');
  const administer = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args]);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    'says one line when ready, is administered while it runs and while it does not, ends in under a second',
    { timeout: 60_000 },
    async () => {
      const before = await administer('invite', '--data', data, '--role', 'trainer', '--scope', 'all');
      expect(before.stdout).toMatch(/^\S{19}\n$/);
      const child = spawn(process.execPath, [program, '--data', data, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
      let out = '';
      let err = '';
      child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
      await new Promise<void>((resolve) => {
        child.stdout.on('data', (piece: Buffer) => {
          out += piece.toString();
          if (out.includes('\n')) resolve();
        });
      });
      expect(out).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+\n$/);
      const url = out.trim().replace('listening on ', '');
      const during = await administer('invite', '--data', data, '--role', 'coordinator', '--scope', 'country:SN');
      const [one, two] = [openLaptop(), openLaptop()];
      expect(await one.enrol(url, before.stdout.trim(), 'Awa')).toMatchObject({ ok: true });
      expect(await two.enrol(url, during.stdout.trim(), 'Bento')).toMatchObject({ ok: true });
      expect(await one.run()).toMatchObject({ ok: true });
      const devices = JSON.parse((await administer('devices', '--data', data)).stdout) as { name: string; scope: string }[];
      expect(devices.map(({ name, scope }) => [name, scope])).toEqual([
        ['Awa', 'all'],
        ['Bento', 'country:SN'],
      ]);
      await administer('revoke', '--data', data, '--device', two.store.replica);
      expect(await two.run()).toMatchObject({ ok: false, refusal: { code: 'sync.deviceRevoked' } });
      expect(JSON.parse((await administer('stats', '--data', data)).stdout)).toMatchObject({ devices: 1, revoked: 1 });
      await expect(administer('invite', '--data', data, '--role', 'king', '--scope', 'all')).rejects.toMatchObject({ code: 1 });
      await expect(administer('invite', '--data', data, '--role', 'trainer', '--scope', 'country:Senegal')).rejects.toMatchObject({
        code: 1,
      });
      await expect(administer('nonsense', '--data', data)).rejects.toMatchObject({ code: 2 });
      await expect(administer('--data', data, '--port', '0')).rejects.toMatchObject({ code: 1 });

      // A connection that says nothing and one that is half-way do not hold it up.
      const { hostname, port } = new URL(url);
      const idle = connect(Number(port), hostname);
      const slow = connect(Number(port), hostname);
      slow.write('POST /v1/hello HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
      for (const socket of [idle, slow]) socket.on('error', () => undefined);
      await new Promise((resolve) => setTimeout(resolve, 100));
      const started = performance.now();
      const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      expect(performance.now() - started).toBeLessThan(1_500);
      expect(out.split('\n')).toHaveLength(2);
      expect(err).toBe('');
      await one.end();
      await two.end();
    },
  );

  it('ends with the npm that started it, and its folder is free for the next one', { timeout: 60_000 }, async () => {
    const start = async () => {
      const npm = spawn('npm', ['run', 'repository', '--', '--data', data, '--port', '0'], {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      let out = '';
      const url = await new Promise<string>((resolve) => {
        npm.stdout.on('data', (piece: Buffer) => {
          out += piece.toString();
          const line = /^listening on (.*)$/m.exec(out);
          if (line) resolve(line[1]!);
        });
      });
      return { npm, url };
    };
    const first = await start();
    first.npm.kill('SIGTERM');
    // The next one is started at once, while the first is still ending.
    const second = await start();
    await expect(fetch(first.url)).rejects.toThrow();
    expect((await fetch(second.url)).status).toBe(404);
    second.npm.kill('SIGTERM');
    for (let i = 0; i < 40; i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (
        await fetch(second.url).then(
          () => false,
          () => true,
        )
      )
        return;
    }
    throw new Error('the server outlived its npm');
  });
});
