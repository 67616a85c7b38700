import { describe, expect, it } from 'vitest';
import { RECORD_RULES } from '../../shared/model/record-rules.ts';
import { newSeed, nodeHasher, signerOf } from '../../shared/node/crypto.ts';
import { accept, canTakeEffect, isRuling, type AcceptanceFacts, type Effect, type LoggedLink } from '../../shared/sync/accept.ts';
import { replicaIdOf, sealChangeSet } from '../../shared/sync/change-set.ts';
import { ERASED, REFUSED, RULED_TYPE } from '../../shared/sync/merge.ts';
import type { ChangeSet, ChangeSetKind, Hash, Op, ReplicaId } from '../../shared/sync/types.ts';

const PEOPLE = 'workshop/w1/people';
const PLAN = 'workshop/w1/plan';
const KINDS: readonly ChangeSetKind[] = ['data', 'genesis', 'reissue', 'refuse', 'erase'];

const [ruler, author] = [signerOf(newSeed()), signerOf(newSeed())];
const idOf = (signer: typeof ruler): ReplicaId => replicaIdOf(signer.publicKey, nodeHasher);

type Written = Partial<Op> & { value?: string };

function sealed(
  signer: typeof ruler,
  before: ChangeSet | null,
  writes: readonly Written[],
  more: { kind?: ChangeSetKind; space?: string } = {},
): ChangeSet {
  const ops = writes.map(({ value = 'x', ...op }): Op => ({
    entityType: 'participant',
    entityId: 'p1',
    field: 'familyName',
    supersedes: [],
    content: { form: 'erasable', value, salt: 'ab'.repeat(16) },
    ...op,
  }));
  const header = {
    version: 1,
    space: more.space ?? PEOPLE,
    replica: idOf(signer),
    seq: (before?.header.seq ?? 0) + 1,
    prev: before?.hash ?? null,
    t: 0,
    tq: 0,
    schema: 1,
    author: 'somebody',
    kind: more.kind ?? 'data',
  } as const;
  return sealChangeSet(header, ops, signer, nodeHasher);
}

const refusalOf = (hash: Hash, signer = ruler, before: ChangeSet | null = null, reason = 'a.reason'): ChangeSet =>
  sealed(signer, before, [{ entityType: RULED_TYPE, entityId: hash, field: REFUSED, content: { form: 'plain', value: reason } }], {
    kind: 'refuse',
  });

/** A list that effects are carried out on, as a store does. */
class Log {
  readonly #links = new Map<Hash, LoggedLink>();
  readonly #reasons = new Map<string, string>();
  readonly #erased = new Set<string>();
  readonly held: ChangeSet[] = [];
  readonly facts: AcceptanceFacts = {
    hasher: nodeHasher,
    rules: RECORD_RULES,
    logged: (hash) => this.#links.get(hash) ?? null,
    mayRule: (replica) => replica === idOf(ruler),
    ruledOut: (hash, space) => this.#reasons.get(`${hash} ${space}`) ?? null,
    isErased: (type, id, space) => this.#erased.has(`${type} ${id} ${space}`),
    isErasedPerson: (id) => this.#erased.has(id),
    takeHeld: (hash) => {
      const waiting = this.held.filter(({ header }) => header.prev === hash);
      for (const one of waiting) this.held.splice(this.held.indexOf(one), 1);
      return waiting;
    },
  };

  take(changeSets: readonly ChangeSet[], quarantine?: (changeSet: ChangeSet) => string | null): Effect[] {
    const effects: Effect[] = [];
    for (const effect of accept(this.facts, changeSets, quarantine)) {
      effects.push(effect);
      if (effect.effect === 'append') this.#links.set(effect.changeSet.hash, effect.changeSet.header);
      else if (effect.effect === 'refuse') this.#reasons.set(`${effect.hash} ${effect.space}`, effect.reason);
      else if (effect.effect === 'erase') {
        this.#erased.add(`${effect.entityType} ${effect.entityId} ${effect.space}`);
        if (effect.isPerson) this.#erased.add(effect.entityId);
      }
    }
    return effects;
  }
}

const kindsOf = (effects: readonly Effect[]): string[] => effects.map(({ effect }) => effect);

describe('what can take effect (invariant 7)', () => {
  const at = (kind: ChangeSetKind, entityType: string, field: string, space = PEOPLE, entityId = 'e'): boolean =>
    canTakeEffect(RECORD_RULES, { kind, space }, { entityType, entityId, field });

  it('of kinds that rule is a ruling and nothing else, and nothing else rules', () => {
    for (const kind of KINDS) {
      const rules = kind === 'refuse' || kind === 'erase';
      for (const field of ['familyName', '_deleted', 'status', 'title@fr'])
        expect(at(kind, 'participant', field), `${kind} ${field}`).toBe(!rules);
      expect(at(kind, RULED_TYPE, REFUSED), kind).toBe(kind === 'refuse');
      expect(at(kind, 'participant', ERASED), kind).toBe(kind === 'erase');
      expect(at(kind, RULED_TYPE, 'other'), kind).toBe(false);
    }
  });

  it('lives where its type may, and a plan holds its own workshop', () => {
    for (const type of ['mark', 'participant', 'roster']) {
      expect(at('data', type, 'x')).toBe(true);
      for (const space of ['library', 'calendar', PLAN, 'workshop/w1/answers', 'institution/i'])
        expect(at('data', type, 'x', space), space).toBe(false);
    }
    for (const type of ['form', 'course', 'session', 'module']) expect(at('data', type, 'x')).toBe(false);
    expect(at('data', 'activity', 'name', PLAN, 'w1')).toBe(true);
    expect(at('data', 'activity', 'name', PLAN, 'w2')).toBe(false);
    expect(at('data', 'activity', 'name', 'library', 'w1')).toBe(false);
    // A newer program's types and spaces are kept as they are.
    expect(at('data', 'somethingNew', 'x', 'library')).toBe(true);
    expect(at('data', 'mark', 'x', 'room/r1')).toBe(true);
  });
});

describe('accepting', () => {
  it('rules by who, not by kind: what a stranger calls a ruling can be ruled out, what the repository rules cannot', () => {
    const log = new Log();
    for (const kind of KINDS) {
      expect(isRuling(log.facts, { kind, replica: idOf(ruler) })).toBe(kind === 'refuse' || kind === 'erase');
      expect(isRuling(log.facts, { kind, replica: idOf(author) })).toBe(false);
    }
    const pretended = refusalOf('f'.repeat(64), author);
    expect(log.take([pretended]).map((effect) => (effect.effect === 'append' ? effect.ruledOut : effect.effect))).toEqual([null]);
    expect(log.take([refusalOf(pretended.hash)])).toContainEqual(expect.objectContaining({ effect: 'refuse', here: true }));
    const ruling = refusalOf('e'.repeat(64), ruler, refusalOf(pretended.hash));
    const [first] = log.take([ruling]);
    expect(first).toMatchObject({ effect: 'append' });
    expect(log.take([refusalOf(ruling.hash, ruler, ruling)])).toContainEqual(expect.objectContaining({ effect: 'refuse', here: false }));
  });

  it('counts in its own space alone', () => {
    const log = new Log();
    const target = sealed(author, null, [{}]);
    log.take([target]);
    const elsewhere = sealed(
      ruler,
      null,
      [{ entityType: RULED_TYPE, entityId: target.hash, field: REFUSED, content: { form: 'plain', value: 'a.reason' } }],
      { kind: 'refuse', space: PLAN },
    );
    expect(log.take([elsewhere])).toContainEqual(expect.objectContaining({ effect: 'refuse', space: PLAN, here: false }));
    expect(log.take([refusalOf(target.hash)])).toContainEqual(expect.objectContaining({ effect: 'refuse', here: true }));
  });

  it('takes the effect of what was ruled out before it came', () => {
    const log = new Log();
    const late = sealed(author, null, [{}]);
    log.take([refusalOf(late.hash)]);
    expect(log.take([late])).toEqual([expect.objectContaining({ effect: 'append', ruledOut: 'a.reason' })]);
  });

  it('redacts what comes late of who was erased, and of what says it is about them', () => {
    const log = new Log();
    log.take([sealed(ruler, null, [{ field: ERASED, content: { form: 'plain', value: null } }], { kind: 'erase' })]);
    const late = sealed(author, null, [
      {},
      { entityId: 'p2' },
      { entityType: 'sheet', entityId: 's1', field: 'personId', value: 'p1' },
      { entityType: 'sheet', entityId: 's1', field: 'answers', value: 'A' },
    ]);
    const [effect] = log.take([late]);
    const forms = effect?.effect === 'append' ? effect.changeSet.ops.map(({ content }) => content.form) : [];
    expect(forms).toEqual(['redacted', 'erasable', 'redacted', 'redacted']);
  });

  it('takes a plan before its people, each after the one it names, and what had waited for it', () => {
    const log = new Log();
    const plan = sealed(author, null, [{ entityType: 'activity', entityId: 'w1' }], { space: PLAN });
    const [one, two] = [sealed(author, null, [{}]), null as ChangeSet | null];
    const second = two ?? sealed(author, one, [{ value: 'y' }]);
    const third = sealed(author, second, [{ value: 'z' }]);
    log.held.push(third);
    const effects = log.take([second, one, plan]);
    expect(effects.map((effect) => (effect.effect === 'append' ? [effect.changeSet.hash, effect.released] : effect.effect))).toEqual([
      [plan.hash, false],
      [one.hash, false],
      [second.hash, false],
      [third.hash, true],
    ]);
    expect(
      kindsOf(log.take([one, sealed(author, third, [{ value: 'a' }]), sealed(author, sealed(author, third, [{ value: 'b' }]), [{}])])),
    ).toEqual(['known', 'append', 'missing']);
  });

  it('keeps without effect what speaks against a change-set here, and carries out nothing that it rules', () => {
    const log = new Log();
    const effects = log.take([refusalOf('d'.repeat(64))], () => 'sync.notEntitled');
    expect(effects).toEqual([expect.objectContaining({ effect: 'append', ruledOut: null, quarantined: 'sync.notEntitled' })]);
  });
});
