import { describe, expect, it } from 'vitest';
import { authorQuarantine, type AuthorFacts } from '../../../shared/features/sync/author-quarantine.ts';
import { isNeverLogged } from '../../../shared/features/sync/refused-place.ts';
import { authorise, isNeverAllowed, type Facts } from '../../../shared/features/sync/rights.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { issueCertificate } from '../../../shared/sync/certificate.ts';
import { sealChangeSet } from '../../../shared/sync/change-set.ts';
import { ERASED, REFUSED, RULED_TYPE } from '../../../shared/sync/merge.ts';
import type { ChangeSet, ChangeSetKind, Op } from '../../../shared/sync/types.ts';
import { Enrolled, MemoryRepository } from '../../conformance/memory-repository.ts';
import { openMemoryStore } from '../../conformance/memory-store.ts';
import { nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { actor, changeSet, ELSEWHERE, factsWith, HERE } from './asked-rights.ts';

/**
 * What no device may ever make is told by itself. Were it told by what stands, a laptop and the repository could say different things of it: the repository would
 * keep it out of its log, with all that follows, and what follows would stand on the laptop alone.
 */

const PEOPLE = peopleSpace(HERE);
const ruling: Partial<Op> = { entityType: RULED_TYPE, entityId: 'd'.repeat(64), field: REFUSED };
const erasing: Partial<Op> = { entityType: 'participant', field: ERASED };
const named: Partial<Op> = { entityType: 'participant', field: 'position' };
const mark: Partial<Op> = { entityType: 'mark', field: 'method' };

const NEVER: readonly (readonly [string, string, readonly Partial<Op>[], ChangeSetKind])[] = [
  ['a refusal', PEOPLE, [ruling], 'refuse'],
  ['a refusal of nothing', PEOPLE, [], 'refuse'],
  ['a ruling among marks', PEOPLE, [mark, ruling], 'data'],
  ['a ruling before marks', PEOPLE, [ruling, mark], 'reissue'],
  ['an erasure among marks', PEOPLE, [mark, erasing], 'data'],
  ['an erasure of a mark', PEOPLE, [{ ...erasing, entityType: 'mark' }], 'erase'],
  ['an erasure that writes', PEOPLE, [erasing, named], 'erase'],
  ['an erasure in the plan', planSpace(HERE), [erasing], 'erase'],
  ['an erasure among the answers', answersSpace(HERE), [erasing], 'erase'],
];

/** Every way in which things may stand. */
const STANDS: readonly (readonly [string, Facts])[] = [
  ['of one’s own', factsWith('own', PEOPLE)],
  ['of somebody else', factsWith('other', PEOPLE)],
  ['of another space', factsWith('other', peopleSpace(ELSEWHERE))],
  ['of nobody', factsWith('new', PEOPLE)],
  ['in no workshop', { ...factsWith('own', PEOPLE), workshop: () => null }],
];

describe.each(NEVER)('%s', (_, space, ops, kind) => {
  const never = changeSet(space, ops, kind);

  it('is allowed to nobody, however things stand', () => {
    expect(isNeverAllowed(never)).toBe(true);
    for (const [how, facts] of STANDS)
      for (const who of [actor('administrator', 'all'), actor('expert', 'country:FR'), actor('trainer', `workshop:${HERE}`)])
        expect(authorise(who, never, facts), `${how}, ${who.role}`).toBe('sync.kindNotAllowed');
  });

  it('is never allowed on a laptop either, of an author whose rights may come back', () => {
    for (const change of [{ isRevoked: () => true }, { actorOf: () => null }, { quarantined: () => 'sync.spaceClosed' }])
      expect(quarantined({ ...never, header: { ...never.header, prev: 'e'.repeat(64) } }, change)).toBe('sync.kindNotAllowed');
  });
});

it('what may be allowed to somebody is not never allowed', () => {
  for (const [ops, kind] of [
    [[mark], 'data'],
    [[named], 'reissue'],
    [[erasing], 'erase'],
    [[], 'data'],
  ] as const)
    expect(isNeverAllowed(changeSet(PEOPLE, ops, kind)), JSON.stringify(ops)).toBe(false);
});

it('what follows it is not allowed on a laptop, and only that', () => {
  const after = { ...changeSet(PEOPLE, [named]), header: { ...changeSet(PEOPLE, [named]).header, prev: 'e'.repeat(64) } };
  expect(quarantined(after, { quarantined: () => 'sync.kindNotAllowed' })).toBe('sync.kindNotAllowed');
  expect(quarantined(after, { quarantined: () => 'sync.wrongSpace' })).toBeNull();
});

it('the repository says the same of it, whoever made it and whoever brings it', async () => {
  const enrolled = new Enrolled();
  const ruler = signerOf(new Uint8Array(32).fill(1));
  const storeOf = (signer: typeof ruler) => openMemoryStore({ signer, now: () => 0, clockTrust: () => 1, author: () => '' });
  const repository = new MemoryRepository(storeOf(ruler), ruler.publicKey, enrolled);
  const [bringer, made] = [2, 3].map((n) => signerOf(new Uint8Array(32).fill(n))) as [typeof ruler, typeof ruler];
  const [bringing, maker] = [storeOf(bringer), storeOf(made)];
  for (const [store, signer] of [
    [bringing, bringer],
    [maker, made],
  ] as const) {
    const publicKey = Buffer.from(signer.publicKey).toString('hex');
    const person = { replica: store.replica, publicKey, user: store.replica, name: 'Awa Diop', role: 'trainer', scope: 'country:FR' };
    enrolled.enrol(issueCertificate({ ...person, issuedAt: 0 }, ruler));
  }
  const { header, ops } = changeSet(PEOPLE, [{ ...mark, content: { form: 'plain', value: 'tap' } }, ruling]);
  const never = sealChangeSet({ ...header, replica: maker.replica }, ops, made, nodeHasher);
  const said = async (sender: string, changeSets: readonly ChangeSet[]) =>
    (await repository.push(sender, changeSets))!.refused.map(({ code }) => code);
  // The space is closed to both; its maker is turned out; nothing vouches for it.
  expect(await said(maker.replica, [never])).toEqual(['sync.kindNotAllowed']);
  expect(await said(bringing.replica, [never])).toEqual(['sync.kindNotAllowed']);
  enrolled.revoke(maker.replica);
  expect(await said(bringing.replica, [never])).toEqual(['sync.kindNotAllowed']);
  expect(repository.store.log()).toEqual([]);
  expect(isNeverLogged('sync.kindNotAllowed')).toBe(true);
});

function quarantined(one: ChangeSet, change: Partial<AuthorFacts>): string | null {
  const facts: AuthorFacts = {
    ...factsWith('own', PEOPLE),
    trusted: [],
    quarantined: () => null,
    isRevoked: () => false,
    actorOf: () => actor('administrator', 'all'),
    ...change,
  };
  return authorQuarantine(facts)(one);
}
