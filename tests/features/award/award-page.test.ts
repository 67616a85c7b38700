import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { nobleHasher, nobleVerifier } from '../../../renderer/verification/noble-ports.ts';
import { preferredLanguage } from '../../../renderer/verification/page-words.ts';
import { verificationTemplate } from '../../../scripts/build-verification.ts';
import { awardNumber } from '../../../shared/features/award/award-number.ts';
import { awardPage, judgeOnPage, PAGE_BYTES, readPageData, type AwardPageData } from '../../../shared/features/award/award-page.ts';
import { awardIssuer, readAwardToken, signAwardToken, type AwardClaims } from '../../../shared/features/award/award-token.ts';
import { addDays } from '../../../shared/kernel/dates.ts';
import { fromHex, toHex } from '../../../shared/kernel/hex.ts';
import { AWARD_KINDS } from '../../../shared/model/vocabularies.ts';
import { nodeHasher, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { Dice } from '../../support/dice.ts';
import { SEED } from '../../sync/seeds.ts';

/** The page that verifies certificates: as small as it is to be, asking nothing of anybody, and of one mind with Itinera. */

const ROOT = path.resolve(import.meta.dirname, '../../..');
const template = readFileSync(path.join(ROOT, 'resources/verification.html'), 'utf8');
const dice = new Dice(4_711);
const signer = signerOf(dice.bytes(32));
const numberOf = (from: Dice) => awardNumber(from.id());
const claims: AwardClaims = {
  number: numberOf(dice),
  kind: 'attendance',
  name: 'N’GUESSAN Aya',
  title: 'Atelier </script><b>&',
  issuedOn: '2026-03-05',
};
const token = signAwardToken(claims, signer, nodeHasher);
const base: AwardPageData = {
  repository: 'École </script><!-- $& "nationale"',
  issuers: [{ key: signer.publicKey, name: 'École nationale' }],
  revoked: [],
  asOf: '2026-04-01',
};
const pageOf = (data: AwardPageData): string => {
  const page = awardPage(template, data);
  if (!page.ok) throw new Error(page.refusal.code);
  return page.value;
};
const dataIn = (page: string) => readPageData(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]!)!;
const judged = (data: AwardPageData, text = token) => judgeOnPage(text, dataIn(pageOf(data)), nobleVerifier, nobleHasher);
const revocations = (count: number, days = 200) => {
  const from = new Dice(count);
  return Array.from({ length: count }, () => ({ number: numberOf(from), on: addDays('2025-01-01', from.upTo(days)) }));
};

it('is the template that the sources make', async () => {
  expect(template === (await verificationTemplate(ROOT)), 'run: npm run verification-page').toBe(true);
});

it('is at most 60 kB with thirty issuers and three hundred revocations, and refuses what it has no room for', () => {
  const issuers = Array.from({ length: 30 }, (_, i) => ({
    key: dice.bytes(32),
    name: `Institut national de formation judiciaire de la République, antenne ${i}`,
  }));
  const page = pageOf({ ...base, issuers, revoked: revocations(300) });
  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(PAGE_BYTES);
  const refused = awardPage(template, { ...base, issuers, revoked: revocations(5_000) });
  if (refused.ok) throw new Error('taken');
  expect(refused.refusal).toMatchObject({ code: 'certificate.pageFull', details: { count: 5_000 } });
  // As many as it says do fit, and one more does not.
  const room = refused.refusal.details['room'] as number;
  const latest = revocations(5_000).toSorted((a, b) => (a.on < b.on ? 1 : -1));
  expect(awardPage(template, { ...base, issuers, revoked: latest.slice(0, room) }).ok).toBe(true);
  expect(awardPage(template, { ...base, issuers, revoked: latest.slice(0, room + 1) }).ok).toBe(false);
});

it('names no address and no way to a network, and nothing that is fetched', () => {
  const page = pageOf(base);
  expect(
    page.match(
      /\bfetch\b|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\bimport\(|https?:|wss?:|\bsrc=|\bhref=|url\(|@import|RTCPeer|Worker|localStorage|cookie/gi,
    ),
  ).toBeNull();
  expect(page).toContain("default-src 'none'; script-src 'sha256-");
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page.match(/<\/script/g)).toHaveLength(2);
});

it('says valid, revoked, later, unknown or forged', () => {
  expect(dataIn(pageOf(base)).repository).toBe(base.repository);
  expect(judged(base)).toEqual({ is: 'valid', claims, by: 'École nationale' });
  expect(judged(base, `https://example.org/v#${token}`).is).toBe('valid');
  const revoked = [...revocations(100), { number: claims.number, on: '2026-03-20' }];
  expect(judged({ ...base, revoked })).toEqual({ is: 'revoked', claims, by: 'École nationale', on: '2026-03-20' });
  expect(judged({ ...base, revoked: revocations(100) }).is).toBe('valid');
  expect(judged({ ...base, asOf: '2026-03-04' }).is).toBe('later');
  expect(judged({ ...base, asOf: claims.issuedOn }).is).toBe('valid');
  expect(judged({ ...base, issuers: [{ key: signerOf(dice.bytes(32)).publicKey, name: 'Autre' }] })).toEqual({ is: 'issuerUnknown' });
  expect(judged(base, `${token.slice(0, -1)}${(Number(token.at(-1)) + 1) % 10}`)).toEqual({ is: 'forged' });
  expect(judged(base, 'nonsense')).toEqual({ is: 'forged' });
});

it('takes no data that it did not write', () => {
  for (const text of [
    '',
    'null',
    '[]',
    '{',
    '"award page data"',
    '{"repository":"A","asOf":"2026-02-30"}',
    '{"repository":"A","asOf":"2026-02-01","issuers":{"zz":"B"}}',
  ])
    expect(readPageData(text), text).toBeNull();
});

it('refuses every change of one byte of three tokens', () => {
  const data = dataIn(pageOf(base));
  let [tried, taken] = [0, 0];
  for (let i = 0; i < 3; i++) {
    const bytes = bytesOf(signAwardToken({ ...claims, number: numberOf(dice), kind: AWARD_KINDS[i]! }, signer, nodeHasher));
    for (let at = 0; at < bytes.length; at++) {
      const altered = bytes.with(at, bytes[at]! ^ (1 + dice.upTo(255)));
      tried++;
      const { is } = judgeOnPage(tokenOf(altered), data, nobleVerifier, nobleHasher);
      if (is !== 'forged' && is !== 'issuerUnknown') taken++;
    }
  }
  expect(tried).toBeGreaterThan(300);
  expect(taken).toBe(0);
}, 300_000);

it('is of one mind with Itinera on 1,000 altered tokens', () => {
  const from = new Dice(SEED);
  const keyOf = (issuer: string) => (issuer === awardIssuer(signer.publicKey, nodeHasher) ? signer.publicKey : null);
  const verifier = nodeVerifier();
  const whole = bytesOf(token);
  let signed = 0;
  for (let i = 0; i < 1_000; i++) {
    const altered = i % 10 === 0 ? whole : alteredBytes(whole, from);
    const text = tokenOf(altered);
    const [here, there] = [readAwardToken(text, keyOf, nobleVerifier), readAwardToken(text, keyOf, verifier)];
    expect(here, `SEED=${SEED}, ${i}: ${text}`).toEqual(there);
    if (here.is === 'signed') signed++;
    // The verifiers themselves, also with keys and signatures that are none.
    const message = from.bytes(20);
    const seal = signer.sign(message);
    const [key, signature] = from.chance(0.5) ? [changed(signer.publicKey, from), seal] : [signer.publicKey, changed(seal, from)];
    expect(nobleVerifier.verify(key, message, signature), `SEED=${SEED}, ${i}`).toBe(verifier.verify(key, message, signature));
    if (i % 50 === 0) expect(nobleVerifier.verify(signer.publicKey, message, seal)).toBe(true);
  }
  expect(signed).toBe(100);
}, 300_000);

it('speaks the first language of the browser that it has', () => {
  expect(preferredLanguage(['de-DE', 'pt-BR', 'fr'])).toBe('pt');
  expect(preferredLanguage(['fr-CI', 'en'])).toBe('fr');
  expect(preferredLanguage(['de'])).toBe('en');
});

function alteredBytes(whole: Uint8Array, from: Dice): Uint8Array {
  const altered = Uint8Array.from(whole);
  // Not the first byte: without it nothing is a token. Half of the changes lie in the signature.
  for (let changes = 1 + from.upTo(3); changes > 0; changes--) {
    const at = from.chance(0.5) ? altered.length - 1 - from.upTo(64) : 9 + from.upTo(altered.length - 9);
    altered[at]! ^= 1 + from.upTo(255);
  }
  return altered;
}

function changed(bytes: Uint8Array, from: Dice): Uint8Array {
  const at = from.upTo(bytes.length);
  return Uint8Array.from(bytes).with(at, bytes[at]! ^ (1 + from.upTo(255)));
}

function bytesOf(digits: string): Uint8Array {
  const hex = BigInt(digits).toString(16);
  return fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
}

function tokenOf(bytes: Uint8Array): string {
  return BigInt(`0x${toHex(bytes)}`).toString();
}
