import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { badgeProofs, type DocumentLoader } from '../../../electron/engine/features/award/badge-proof.ts';
import { BADGE_CONTEXTS, badgeOf, writeBadge, type Badge, type BadgeFacts } from '../../../shared/features/award/open-badge.ts';
import { didOfKey, keyOfDid } from '../../../shared/features/award/did-key.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { presentSeed } from '../../../shared/node/store/sqlite/opening/replica-key.ts';
import { ALTERATIONS, isSameBadge } from '../../support/papers/altered-badges.ts';
import { isSignedBadge } from '../../support/papers/badge-by-hand.ts';
import { detachByPoppler } from '../../support/papers/poppler.ts';
import { Dice } from '../../support/dice.ts';
import { openTestEngine, ROOT, type TestEngine } from '../../support/laptops/engine.ts';

/** Certificates as Open Badges 3.0: files for wallets, in the paper's own PDF, and read back. */

const NAMES = [
  ['N’GUESSAN', 'Aya'],
  ['ĐORĐEVIĆ', 'Ana'],
  ['"Quote" \\ #panic()', 'Marie'],
  ['TRAORE', 'Moussa'],
] as const;
const TITLE = { en: 'Introductory course', fr: 'Cours d’introduction', es: 'Curso de introducción', pt: 'Curso de introdução' };
const ADDRESS = 'https://verify.example.org/v';
const RESOURCES = path.join(ROOT, 'resources');

const root = mkdtempSync(path.join(tmpdir(), 'itinera-badges-'));
const data = path.join(root, 'data');
let engine: TestEngine;
let activityId: string;
let listed: { number: string; name: string; token: string; personId: string }[];
let seen: string[];

interface Written {
  readonly path: string;
  readonly sha256: string;
}
interface Verified {
  readonly result: string;
  readonly why: string;
  readonly name: string;
}

beforeAll(async () => {
  engine = await openTestEngine(data);
  await engine.call('settings.set', { name: 'Binta Sow' });
  const workshop = { title: TITLE, start: '2021-07-12', end: '2021-07-15', languages: ['fr'], place: 'Praia', projects: ['GLACY+'] };
  ({ id: activityId } = await engine.call<{ id: string }>('activity.create', { ...workshop, mode: 'inPerson' }));
  const marks: object[] = [];
  for (const [familyName, givenName] of NAMES) {
    const more = { country: 'CV', email: `${marks.length}@example.org`, institution: 'Ministère public' };
    const { id } = await engine.call<{ id: string }>('people.add', { activityId, familyName, givenName, ...more });
    marks.push({ personId: id, status: 'present' });
  }
  await engine.call('attendance.mark', { activityId, halfDay: '2021-07-12-AM', marks });
  await engine.call('certificate.issue', { activityId, issuedOn: '2021-07-15', apply: true });
  await engine.call('certificate.issue', { activityId, kind: 'trainer', requirePostTest: false, issuedOn: '2021-07-16', apply: true });
  listed = await engine.call('certificate.list', { activityId, kind: 'attendance' });
  const { path: folder } = await badges(path.join(root, 'seen'), { address: ADDRESS });
  seen = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
});
afterAll(async () => {
  await engine.close();
  rmSync(root, { recursive: true });
});

const badges = (folder: string, more: object = {}) => engine.call<Written>('certificate.badges', { activityId, path: folder, ...more });
const badge = async (number: string, more: object = {}) => {
  const written = await engine.call<Written>('certificate.badge', { number, path: path.join(root, `${number}.json`), ...more });
  return readFileSync(written.path, 'utf8');
};
const verify = (told: string) => engine.call<Verified>('certificate.verify', { token: told });
const parsed = (text: string) => JSON.parse(text) as Badge;
/** One that says what it wants, by a key of the test's choice. */
const signed = async (facts: Partial<BadgeFacts>, signer = signerOf(newSeed()), proofs = badgeProofs(RESOURCES)): Promise<Badge> => {
  const { number, name } = listed[0]!;
  const said: BadgeFacts = {
    ...{ number, kind: 'attendance', name, title: 'x', issuedOn: '2021-07-15', activityId, language: 'fr', heading: 'x', earned: 'x' },
    ...{ when: 'x', start: '2021-07-12', end: '2021-07-15', from: '', page: null, ...facts },
  };
  return proofs.sign(badgeOf(said, signer.publicKey, nodeHasher), signer);
};

describe('what is written', () => {
  it.each(LANGUAGES)('in %s the official schema takes it, and what another verifier makes of it holds', async (language) => {
    const check = await officialSchema();
    for (const [kind, type] of [
      ['attendance', 'CertificateOfCompletion'],
      ['trainer', 'Certification'],
    ]) {
      const { path: folder } = await badges(path.join(root, `${language}-${kind}`), { language, kind, address: ADDRESS });
      const files = readdirSync(folder);
      expect(files.length).toBe(NAMES.length);
      for (const file of files) {
        const text = readFileSync(path.join(folder, file), 'utf8');
        expect(await check(text)).toEqual([]);
        expect(isSignedBadge(JSON.parse(text) as Badge)).toBe(true);
        const { achievement } = parsed(text).credentialSubject;
        expect(achievement).toMatchObject({ inLanguage: language, name: TITLE[language], achievementType: type });
      }
    }
  });

  it('the schema and the other verifier take nothing else', async () => {
    const check = await officialSchema();
    const { proof, name: _, ...rest } = parsed(seen[0]!);
    expect(await check(JSON.stringify({ ...rest, proof: proof[0] }))).not.toEqual([]);
    expect(await check(JSON.stringify({ ...rest, proof, issuer: undefined }))).not.toEqual([]);
    expect(await check(JSON.stringify({ ...rest, proof, credentialSubject: { type: ['AchievementSubject'] } }))).not.toEqual([]);
    expect(isSignedBadge({ ...rest, proof })).toBe(false);
    expect(isSignedBadge({ ...parsed(seen[0]!), validFrom: '2021-07-16T00:00:00Z' })).toBe(false);
    expect(isSignedBadge({ ...parsed(seen[0]!), proof: parsed(seen[1]!).proof })).toBe(false);
  });

  it('is what the paper says, and nothing else of anybody', async () => {
    const said = listed.map(({ number, name, token }) => ({ number, name, address: `${ADDRESS}#` + token }));
    for (const [at, text] of seen.entries()) {
      const { credentialSubject: subject, evidence, validFrom, issuer } = parsed(text);
      const found = said.find(({ number }) => number === subject.licenseNumber)!;
      expect(subject.identifier).toEqual([{ type: 'IdentityObject', identityType: 'name', hashed: false, identityHash: found.name }]);
      // The code on the paper is in the language of the paper: that of the workshop.
      expect(evidence![0].id).toBe(found.address);
      expect([validFrom, issuer.name]).toEqual(['2021-07-15T00:00:00Z', 'GLACY+']);
      for (const secret of ['@example.org', 'Ministère', 'Binta', 'Sow', 'CV"', activityId, ...listed.map(({ personId }) => personId)])
        expect([at, text.includes(secret)]).toEqual([at, false]);
    }
  });

  it('is the same bytes twice, of one or of all; of all of a workshop each has an id of its own', async () => {
    const { number } = listed[1]!;
    const one = await badge(number);
    expect(await badge(number)).toBe(one);
    const { path: folder, sha256 } = await badges(path.join(root, 'again'));
    expect(readFileSync(path.join(folder, `${number}.json`), 'utf8')).toBe(one);
    expect((await badges(path.join(root, 'once-more'))).sha256).toBe(sha256);
    expect(parsed(one).evidence).toBeUndefined();
    const ids = (pick: (one: Badge) => string) => new Set(seen.map((text) => pick(parsed(text)))).size;
    expect([ids(({ id }) => id), ids(({ credentialSubject }) => credentialSubject.achievement.id)]).toEqual([NAMES.length, 1]);
  });

  it('is signed anew on each day, whatever was signed before', async () => {
    const [proofs, signer] = [badgeProofs(RESOURCES), signerOf(newSeed())];
    for (const issuedOn of ['2021-07-15', '2021-07-16', '2021-07-15']) {
      const one = await signed({ issuedOn }, signer, proofs);
      expect([one.proof[0].created, isSignedBadge(one), await proofs.isSigned(one)]).toEqual([`${issuedOn}T00:00:00Z`, true, true]);
    }
  });

  it('names a key by itself, in one way', () => {
    // The key and the name of it that the did:key method's own text gives.
    const known = 'did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp';
    expect(didOfKey(keyOfDid(known)!)).toBe(known);
    const X25519 = 'did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc';
    const { publicKey } = signerOf(newSeed());
    expect(keyOfDid(didOfKey(publicKey))).toEqual(publicKey);
    for (const other of [
      X25519,
      'did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme',
      `${known}1`,
      known.slice(0, -1),
      'did:web:example.org',
      '',
    ])
      expect(keyOfDid(other)).toBeNull();
  });

  it('refuses a number that is none, is not here or stands no more, and a place where nothing is written', async () => {
    const target = path.join(root, 'x.json');
    const refused = async (call: string, args: object, code: string) =>
      expect(await engine.try(call, { path: target, ...args })).toMatchObject({ error: { code } });
    await refused('certificate.badge', { number: '7K3M' }, 'certificate.numberWrong');
    await refused('certificate.badge', { number: '0000-0000-0000' }, 'certificate.unknown');
    await refused('certificate.badge', { number: listed[0]!.number, path: root }, 'file.notWritable');
    await refused('certificate.badges', { activityId, kind: 'achievement' }, 'document.empty');
    await refused('certificate.badges', { activityId, path: path.join(data, 'replica.key') }, 'file.notWritable');
    await refused('certificate.badges', { activityId, address: 'http://example.org' }, 'call.arguments');
  });
});

describe('in the paper', () => {
  const paper = async (name: string, options: object = {}) => {
    const target = path.join(root, name);
    const wanted = { kind: 'certificates', activityId, language: 'fr', format: 'pdf', path: target, options };
    return (await engine.call<Written>('document.make', wanted)).path;
  };
  /** The files within a PDF, as another program takes them out. */
  const attached = async (pdf: string): Promise<Record<string, string>> => {
    const folder = mkdtempSync(path.join(root, 'attached-'));
    await detachByPoppler(pdf, folder);
    return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
  };

  it('all of them lie in the PDF of all, each byte for byte as its file', async () => {
    const { path: folder } = await badges(path.join(root, 'beside'));
    const files = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
    const pdf = await paper('all.pdf');
    expect(await attached(pdf)).toEqual(files);
    expect(Object.keys(files).sort()).toEqual(listed.map(({ number }) => `${number}.json`).sort());
    expect(readFileSync(pdf, 'latin1')).toMatch(/\/AFRelationship\s*\/Alternative/);
  });

  it('in a file each there is its own, which leads to the page where the paper does', async () => {
    const folder = await paper('each', { files: true, address: ADDRESS });
    for (const { number, token } of listed) {
      const own = await attached(path.join(folder, `${number}.pdf`));
      expect(own).toEqual({ [`${number}.json`]: await badge(number, { address: ADDRESS }) });
      expect(parsed(Object.values(own)[0]!).evidence![0].id).toBe(`${ADDRESS}#${token}`);
    }
  });

  it('all papers of a workshop have them as well', async () => {
    const target = path.join(root, 'everything');
    await engine.call('document.make', { kind: 'everything', activityId, language: 'fr', format: 'pdf', path: target });
    const papers = readdirSync(target).filter((name) => name.startsWith('Attestation'));
    const counts = papers.map(async (name) => Object.keys(await attached(path.join(target, name))).length);
    expect(await Promise.all(counts)).toEqual([NAMES.length, NAMES.length]);
  });
});

describe('what is read', () => {
  it('is valid as a text and as a file, laid out anew, and beside a file of digits', async () => {
    const [text] = seen;
    const name = parsed(text!).credentialSubject.identifier[0].identityHash;
    const title = TITLE.fr;
    expect(await verify(text!)).toMatchObject({ result: 'valid', name, title, kind: 'attendance', issuedOn: '2021-07-15' });
    const escaped = JSON.stringify(parsed(text!)).replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
    expect(await verify(`\n${escaped}`)).toMatchObject({ result: 'valid', name });
    for (const [file, content] of [
      ['b.json', `\ufeff${text!}`],
      ['digits.txt', `${ADDRESS}#${listed[0]!.token}\r\n`],
    ] as const) {
      writeFileSync(path.join(root, file), content);
      expect(await engine.call('certificate.verify', { path: path.join(root, file) })).toMatchObject({ result: 'valid' });
    }
  });

  it('what is no certificate is none, and a file that is not there is said', async () => {
    for (const told of ['', '{}', '{', '[]', '{"proof":[]}', '{"a":'.repeat(3_000), JSON.stringify({ ...parsed(seen[0]!), proof: [] })])
      expect(await verify(told)).toMatchObject({ result: 'forged', name: '' });
    const long = path.join(root, 'long.json');
    writeFileSync(long, '{');
    // Longer than any memory takes; nothing of it is read.
    truncateSync(long, 3_000_000_000);
    expect(await engine.call('certificate.verify', { path: long })).toMatchObject({ result: 'forged' });
    expect(await engine.try('certificate.verify', { path: path.join(root, 'gone') })).toMatchObject({ error: { code: 'file.missing' } });
    expect(await engine.try('certificate.verify', { path: root })).toMatchObject({ error: { code: 'file.unreadable' } });
    for (const args of [{}, { token: '1', path: long }])
      expect(await engine.try('certificate.verify', args)).toMatchObject({ error: { code: 'call.arguments' } });
  });

  it('of a key that nobody here knows it is unknown, and forged where it says what the record does not', async () => {
    expect(await verify(writeBadge(await signed({})))).toMatchObject({ result: 'unknown', why: 'issuer', name: '' });
    const own = signerOf(presentSeed(data)!);
    expect(await verify(writeBadge(await signed({}, own)))).toMatchObject({ result: 'valid' });
    expect(await verify(writeBadge(await signed({ number: '0000-0000-0000' }, own)))).toMatchObject({
      result: 'unknown',
      why: 'elsewhere',
    });
    const lies: Partial<BadgeFacts>[] = [{ name: 'Moussa KONÉ' }, { kind: 'trainer' }, { activityId: listed[0]!.personId }];
    for (const lie of lies) expect(await verify(writeBadge(await signed(lie, own)))).toMatchObject({ result: 'forged', name: '' });
    // Of another workshop, or of another certificate: the ids follow from what they are of.
    const honest = await signed({}, own);
    const { proof: _, ...rest } = { ...honest, id: parsed(seen[1]!).id };
    expect(await verify(writeBadge(await badgeProofs(RESOURCES).sign(rest, own)))).toMatchObject({ result: 'forged' });
  });

  it('of a thousand alterations none is taken', { timeout: 120_000 }, async () => {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1_000_000_000));
    console.info(`alterations of badges: SEED=${seed}`);
    const dice = new Dice(seed);
    const stranger = signerOf(newSeed());
    const tried = new Map<string, number>();
    for (let done = 0; done < 1_000;) {
      const own = dice.oneOf(seen);
      const other = dice.oneOf(seen.filter((one) => one !== own));
      const [name, alter] = dice.oneOf(Object.entries(ALTERATIONS));
      const altered = await alter(own, other, dice, stranger);
      // A blank more, or `\/` for `/`, is the same badge.
      if (isSameBadge(own, altered)) continue;
      const { result } = await verify(altered);
      const due = name === 'signedByAnother' ? 'unknown' : 'forged';
      expect([name, result, result === due ? '' : altered]).toEqual([name, due, '']);
      tried.set(name, (tried.get(name) ?? 0) + 1);
      done++;
    }
    expect([...tried.keys()].sort()).toEqual(Object.keys(ALTERATIONS).sort());
  });

  it('says that it was revoked, with the reason', async () => {
    const { number } = listed[3]!;
    const text = await badge(number);
    await engine.call('certificate.revoke', { number, reason: 'mauvaise personne' });
    expect(await verify(text)).toMatchObject({ result: 'revoked', revokedReason: 'mauvaise personne' });
    expect(await engine.try('certificate.badge', { number, path: path.join(root, 'x.json') })).toMatchObject({
      error: { code: 'certificate.revokedAlready' },
    });
  });

  it('of who was erased no badge is made any more, and one that was given is still answered for', async () => {
    const { number, personId } = listed[2]!;
    const text = await badge(number);
    await engine.call('people.erase', { id: personId, reason: 'asked' });
    expect(await verify(text)).toMatchObject({ result: 'valid', number });
    expect(await engine.try('certificate.badge', { number, path: path.join(root, 'x.json') })).toMatchObject({
      error: { code: 'certificate.unknown' },
    });
  });
});

describe('the documents it names', () => {
  it('are the two that are bundled, nothing else is loaded and no connection is made', async () => {
    const connect = vi.spyOn(Socket.prototype, 'connect');
    const fetched = vi.spyOn(globalThis, 'fetch');
    try {
      const asked = new Map<string, boolean>();
      const watch =
        (load: DocumentLoader): DocumentLoader =>
        async (url) => {
          asked.set(url, false);
          const loaded = await load(url);
          asked.set(url, true);
          return loaded;
        };
      const proofs = badgeProofs(RESOURCES, watch);
      const own = parsed(seen[0]!);
      const did = own.issuer.id;
      expect(await proofs.isSigned(own)).toBe(true);
      for (const url of [...asked.keys()]) expect([...BADGE_CONTEXTS, `${did}#${did.slice(8)}`]).toContain(url);
      asked.clear();
      // Past the reading of badges, which takes no others: even then.
      for (const url of [
        'https://example.org/context.json',
        'http://127.0.0.1:9/x',
        'https://www.w3.org/2018/credentials/v1',
        'file:///etc/hosts',
      ]) {
        const contexts = [...BADGE_CONTEXTS, url] as unknown as Badge['@context'];
        expect(await proofs.isSigned({ ...own, '@context': contexts })).toBe(false);
        expect([url, asked.get(url)]).toEqual([url, false]);
      }
      const key = 'did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp';
      const foreign = { ...own.proof[0], verificationMethod: `${key}#${key.slice(8)}` };
      expect(await proofs.isSigned({ ...own, proof: [foreign] })).toBe(false);
      expect(asked.get(foreign.verificationMethod)).toBe(false);
      expect([connect.mock.calls.length, fetched.mock.calls.length]).toEqual([0, 0]);
    } finally {
      connect.mockRestore();
      fetched.mockRestore();
    }
  });

  it('are those that are published', () => {
    // As the recommendation states it: https://www.w3.org/TR/vc-data-model-2.0/#base-context
    const file = path.join(RESOURCES, 'open-badges/credentials-v2.json');
    expect(Buffer.from(nodeHasher.sha256(readFileSync(file))).toString('hex')).toBe(
      '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734',
    );
  });
});

/** What the official schema finds wrong with a text. */
async function officialSchema(): Promise<(text: string) => Promise<unknown[]>> {
  const schema = JSON.parse(
    readFileSync(path.join(ROOT, 'tests/fixtures/open-badges/ob_v3p0_achievementcredential_schema.json'), 'utf8'),
  ) as Record<string, unknown>;
  // It uses nothing of its draft that the one before has not, and the validator at hand speaks that one.
  delete schema['$schema'];
  const server = Fastify({
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true, strict: false } },
  });
  let faults: unknown[] = [];
  server.post('/', { schema: { body: schema }, attachValidation: true }, ({ validationError }) => {
    faults = validationError?.validation ?? [];
    return {};
  });
  return async (text) => {
    const answer = await server.inject({ method: 'POST', url: '/', headers: { 'content-type': 'application/json' }, payload: text });
    expect(answer.statusCode).toBe(200);
    return faults;
  };
}
