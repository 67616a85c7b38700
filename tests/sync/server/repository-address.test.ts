import { afterAll, describe, expect, it } from 'vitest';
import { accountOf, keepAccount } from '../../../electron/engine/sync/repository/account.ts';
import { completeAddress, mayEnrolAt, protectionOf } from '../../../shared/features/sync/repository-address.ts';
import { openTestEngine } from '../../support/laptops/engine.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop } from '../../support/workshop.ts';
import { rmSync } from 'node:fs';

describe('the protection of an address', () => {
  it.each([
    ...['https://repository.example.org', 'https://192.0.2.1:8443/itinera', 'HTTPS://Repository.Example.org/', 'https://[2001:db8::1]'],
  ])('%s is secure', (url) => expect(protectionOf(url)).toBe('secure'));

  it.each([
    ...['http://127.0.0.1:8090', 'http://127.8.8.8', 'http://localhost', 'http://localhost.:80/x', 'http://a.localhost', 'http://[::1]:80'],
  ])('%s stays on this machine', (url) => expect(protectionOf(url)).toBe('loopback'));

  it.each([
    ...[
      'http://10.0.0.1',
      'http://10.255.255.255:80',
      'http://172.16.0.1',
      'http://172.31.255.1/x',
      'http://192.168.1.5:8090',
      'http://169.254.7.7',
    ],
    ...[
      'http://repository.local',
      'http://Laptop.LOCAL:8090',
      'http://[fc00::1]',
      'http://[fd12:3456::1]:80',
      'http://[fe80::1]',
      'http://[febf::1]',
    ],
  ])('%s is of a local network', (url) => expect(protectionOf(url)).toBe('private'));

  it.each([
    ...[
      'http://repository.example.org',
      'http://192.0.2.1',
      'http://8.8.8.8:80',
      'http://172.15.0.1',
      'http://172.32.0.1',
      'http://192.169.0.1',
    ],
    ...[
      'http://11.0.0.1',
      'http://169.253.0.1',
      'http://repository',
      'http://local',
      'http://x.local.example.org',
      'http://100.64.0.1',
      'http://0.0.0.0',
    ],
    // What looks like a private number and is none, or is read otherwise by others.
    ...[
      'http://010.0.0.1',
      'http://10.1',
      'http://0x0a000001',
      'http://167772161',
      'http://192.168.1',
      'http://192.168.1.5.example.org',
      'http://10.0.0.256',
    ],
    ...[
      'http://[::ffff:192.168.1.5]',
      'http://[2001:db8::1]',
      'http://[::]',
      'http://[fec0::1]',
      'http://[fc::1]',
      'http://[fe80]',
      'http://127.0.0.1.example.org',
    ],
    ...['http://localhost.example.org', 'http://notlocalhost', 'http://.local'],
  ])('%s goes over the internet in plain', (url) => expect(protectionOf(url)).toBe('public'));

  it.each([
    ...[
      '',
      'repository.example.org',
      'ftp://10.0.0.1',
      'http://',
      'https:/x.org',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'http://10.0.0.1:999999',
    ],
    // A name and a password, a query, other signs: what is before the @ would look like the host.
    ...[
      'http://10.0.0.1@8.8.8.8',
      'https://user:secret@x.org',
      'https://x.org?token=1',
      'https://x.org#a',
      'http://10.0.0.1\\@8.8.8.8',
      'http://１０.0.0.1',
    ],
    ...['http://10.0.0.1%2f8.8.8.8', 'http://10.0.0.1 x', 'http://[fe80::1%25eth0]'],
  ])('%j is no address', (url) => expect(protectionOf(url)).toBeNull());

  it('is completed as people write addresses', () => {
    expect(completeAddress(' repository.example.org/ ')).toBe('https://repository.example.org');
    expect(completeAddress('192.168.1.5:8090')).toBe('http://192.168.1.5:8090');
    expect(completeAddress('localhost:8090/x')).toBe('http://localhost:8090/x');
    // A number of the internet is not asked in plain.
    expect(completeAddress('8.8.8.8')).toBe('https://8.8.8.8');
    expect(completeAddress('010.0.0.1')).toBe('https://010.0.0.1');
    expect(completeAddress('http://x.org')).toBe('http://x.org');
    expect(completeAddress('')).toBe('');
  });

  it('decides whether a laptop may enrol', () => {
    const codeOf = (url: string, allowed = false): string => {
      const judged = mayEnrolAt(url, allowed);
      return judged.ok ? judged.value : judged.refusal.code;
    };
    expect(codeOf('https://repository.example.org')).toBe('secure');
    expect(codeOf('http://127.0.0.1:8090')).toBe('loopback');
    expect(codeOf('http://192.168.1.5:8090')).toBe('sync.plainAsk');
    expect(codeOf('http://192.168.1.5:8090', true)).toBe('private');
    for (const allowed of [false, true]) expect(codeOf('http://repository.example.org', allowed)).toBe('sync.plainHttp');
    expect(codeOf('ftp://x.org', true)).toBe('sync.addressWrong');
  });
});

describe('a laptop', () => {
  const folder = quickFolder('itinera-plain-');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('sends nothing to an address that is not protected', async () => {
    const engine = await openTestEngine(folder);
    const ask = (url: string, more: object = {}) => engine.try('sync.enrol', { url, code: '7K2M-9QXR-4TBD-WH5P', name: 'Awa', ...more });
    expect(await ask('http://repository.example.org')).toMatchObject({ error: { code: 'sync.plainHttp' } });
    expect(await ask('http://repository.example.org', { allowPlain: true })).toMatchObject({ error: { code: 'sync.plainHttp' } });
    expect(await ask('http://192.168.255.254:9')).toMatchObject({ error: { code: 'sync.plainAsk' } });
    expect(await ask('https://user:secret@repository.example.org')).toMatchObject({ error: { code: 'sync.addressWrong' } });
    // Allowed, it goes on to the code.
    expect(await ask('http://192.168.255.254:9', { allowPlain: true })).toMatchObject({ error: { code: 'sync.codeMistyped' } });
    await engine.close();
  });

  it('that was enrolled so before is warned, and goes on within a local network alone', async () => {
    const server = await startRepository({ library: false });
    const laptop = await enrolledLaptop(server);
    const at = async (url: string) => {
      keepAccount(laptop.settings, { ...accountOf(laptop.settings)!, url });
      const status = await laptop.sync.handlers['sync.status']({}, undefined as never);
      return status.ok ? status.value.protection : status.refusal.code;
    };
    expect(await at(server.url)).toBe('loopback');
    expect(await at('http://192.168.1.5:8090')).toBe('private');
    expect(await at('http://repository.example.org')).toBe('public');
    expect(await laptop.run()).toMatchObject({ ok: false, refusal: { code: 'sync.plainHttp' } });
    await laptop.end();
    await server.stop();
  });
});
