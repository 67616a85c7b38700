import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { nobleHasher, nobleVerifier } from '../../../renderer/verification/noble-ports.ts';
import { judgeOnPage, readPageData } from '../../../shared/features/award/award-page.ts';
import type { TestEngine } from '../../support/laptops/engine.ts';
import { laptopsOfRepository } from '../../support/laptops/laptops-of-repository.ts';

/** The page that verifies certificates, as a laptop writes it. */

interface Listed {
  readonly personId: string;
  readonly number: string;
  readonly token: string;
}

const { folder: root, opened, server, alone: laptop, enrolled: enrolledAs } = laptopsOfRepository('itinera-award-page-');
const enrolled = (name: string) => enrolledAs(name, 'trainer');

/** Two people with a certificate each, by hand; their tokens as this laptop signs them. */
async function issued(engine: TestEngine): Promise<readonly Listed[]> {
  const { id } = await engine.call<{ id: string }>('activity.create', {
    ...{ title: 'Atelier', languages: ['fr'], countries: ['SN'], mode: 'inPerson', start: '2021-07-12', end: '2021-07-13' },
  });
  const exceptions = [];
  for (const familyName of ['SARR', 'KONÉ']) {
    const person = await engine.call<{ id: string }>('people.add', { activityId: id, familyName, givenName: 'Awa', country: 'SN' });
    exceptions.push({ personId: person.id, reason: 'a suivi à distance' });
  }
  await engine.call('certificate.issue', { activityId: id, exceptions, apply: true });
  return engine.call<Listed[]>('certificate.list', { activityId: id });
}

async function pageOf(engine: TestEngine, more: object = {}) {
  const written = await engine.call<{ path: string; bytes: number }>('certificate.page', { path: path.join(root, 'v.html'), ...more });
  const text = readFileSync(written.path, 'utf8');
  expect(Buffer.byteLength(text)).toBe(written.bytes);
  const data = readPageData(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(text)![1]!)!;
  return { text, data, judged: (token: string) => judgeOnPage(token, data, nobleVerifier, nobleHasher) };
}

it('knows every laptop of the repository and what was revoked on another one, and names nobody', async () => {
  const [awa, binta] = [await enrolled('Awa Diop'), await enrolled('Binta Sow')];
  const [kept, revoked] = await issued(awa);
  await awa.call('certificate.revoke', { number: revoked!.number, reason: 'erreur' });
  await awa.call('sync.run', {});
  await binta.call('sync.run', {});
  const page = await pageOf(binta, { institution: 'École <de la> magistrature' });
  expect(page.judged(kept!.token)).toMatchObject({ is: 'valid', by: 'École <de la> magistrature', claims: { number: kept!.number } });
  expect(page.judged(revoked!.token)).toMatchObject({ is: 'revoked', claims: { number: revoked!.number } });
  for (const name of ['Awa', 'Binta', 'SARR', 'KONÉ', 'erreur', 'Atelier']) expect(page.text).not.toContain(name);
  // Where nobody says who issues, it is the repository.
  expect((await pageOf(binta)).data.repository).toBe(new URL(server().url).host);
});

it('knows nothing of another repository, and speaks of no day after the last sync', async () => {
  const [stranger, late] = [await laptop('Chidi'), await enrolled('Diarra')];
  const [one] = await issued(stranger);
  expect((await pageOf(stranger)).judged(one!.token)).toMatchObject({ is: 'valid', by: 'Chidi' });
  const page = await pageOf(late);
  expect(page.judged(one!.token)).toEqual({ is: 'issuerUnknown' });
  const [run] = await late.call<{ at: string }[]>('sync.runs');
  expect(page.data.asOf).toBe(run!.at.slice(0, 10));
});

it('believes no signature of a laptop that was turned out', async () => {
  const [lost, admin] = [await enrolled('Emeka'), await enrolled('Fatou')];
  const [one] = await issued(lost);
  await lost.call('sync.run', {});
  await admin.call('sync.run', {});
  expect((await pageOf(admin)).judged(one!.token)).toMatchObject({ is: 'valid' });
  const { replica } = await lost.call<{ replica: string }>('sync.status');
  await server().registry.revoke(replica, Date.now());
  await admin.call('sync.run', {});
  expect((await pageOf(admin)).judged(one!.token)).toEqual({ is: 'issuerUnknown' });
  // Its record is here all the same.
  expect(await admin.call('certificate.verify', { token: one!.token })).toMatchObject({ result: 'valid' });
});

it('is not written where a folder stands', async () => {
  expect(await opened[0]!.try('certificate.page', { path: root })).toMatchObject({ error: { code: 'file.notWritable' } });
});
