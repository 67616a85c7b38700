import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECORD_RULES } from '../../../shared/model/record-rules.ts';
import { newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { redactChangeSet } from '../../../shared/sync/change-set.ts';
import { canTakeEffect, isRuling, MOST_SIDE_BY_SIDE, type Effect } from '../../../shared/sync/accept.ts';
import { ERASED, REFUSED, RULED_TYPE } from '../../../shared/sync/merge.ts';
import type { ChangeSet, ChangeSetKind } from '../../../shared/sync/types.ts';
import { author, idOf, KINDS, kindsOf, Log, PEOPLE, PLAN, refusalOf, ruler, sealed, type Written } from './accept-log.ts';
import { runs } from '../seeds.ts';

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
      expect(at(kind, 'participant', REFUSED), kind).toBe(!rules);
      expect(at(kind, RULED_TYPE, ERASED), kind).toBe(false);
      // A ruling is of its own space, too: nobody is erased where nobody of that kind is.
      expect(at(kind, 'participant', ERASED, PLAN), kind).toBe(false);
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

describe('a change-set out of which somebody took a person’s values', () => {
  const stands = (): null => null;
  const bare = (whole: ChangeSet): ChangeSet => redactChangeSet(whole, () => true, nodeHasher);
  const erasure = (before: ChangeSet | null = null): ChangeSet =>
    sealed(ruler, before, [{ field: ERASED, content: { form: 'plain', value: null } }], { kind: 'erase' });

  it('is not taken from another laptop or a stick, and the whole one is, whenever it comes', () => {
    const log = new Log();
    const whole = sealed(author, null, [{}]);
    const next = sealed(author, whole, [{ field: 'givenName', value: 'y' }]);
    expect(kindsOf(log.take([bare(whole), next], stands))).toEqual(['missing', 'lacking']);
    expect(kindsOf(log.take([whole, next], stands))).toEqual(['append', 'append']);
  });

  it('is taken from the repository, and where its subject was erased or it was ruled out, also by what comes with it', () => {
    const whole = sealed(author, null, [{}]);
    expect(kindsOf(new Log().take([bare(whole)]))).toEqual(['append']);
    // The repository itself keeps what it refuses, without these values or with them.
    expect(kindsOf(new Log().take([bare(whole)], () => 'sync.wrongSpace', {}))).toEqual(['append']);
    expect(kindsOf(new Log().take([bare(whole), erasure()], stands))).toEqual(['append', 'erase', 'append']);
    expect(kindsOf(new Log().take([bare(whole), refusalOf(whole.hash)], stands))).toEqual(['append', 'refuse', 'append']);
  });

  it('is taken with the asking for an erasure of somebody who may ask, before the repository rules', () => {
    const whole = sealed(author, null, [{}]);
    const asking = sealed(author, whole, [{ field: ERASED, content: { form: 'plain', value: null } }], { kind: 'erase' });
    const other = signerOf(newSeed());
    const asked = sealed(other, null, [{ field: ERASED, content: { form: 'plain', value: null } }], { kind: 'erase' });
    expect(kindsOf(new Log().take([bare(whole), asked], stands))).toEqual(['append', 'append']);
    const judged = new Log();
    expect(kindsOf(judged.take([bare(whole), asked], ({ header }) => (header.kind === 'erase' ? 'sync.notEntitled' : null)))).toEqual([
      'append',
      'lacking',
    ]);
    // In one chain, too: what asks waits for what it follows, which is bare because of it.
    expect(kindsOf(new Log().take([bare(whole), asking], stands))).toEqual(['missing', 'lacking']);
  });

  it('about somebody is one, where it says itself about whom; and where that is not said it may be of who was erased', () => {
    const answers = { entityType: 'sheet', entityId: 's1', field: 'answers', value: 'A' };
    const named = sealed(author, null, [
      { entityType: 'sheet', entityId: 's1', field: 'personId', content: { form: 'plain', value: 'p1' } },
      answers,
    ]);
    expect(kindsOf(new Log().take([bare(named)], stands))).toEqual(['lacking']);
    expect(kindsOf(new Log().take([bare(named), erasure()], stands))).toEqual(['append', 'erase', 'append']);
    expect(kindsOf(new Log().take([bare(sealed(author, null, [answers]))], stands))).toEqual(['append']);
  });

  it('that had waited is not taken when what it waits for comes, from wherever', () => {
    const whole = sealed(author, null, [{}]);
    const next = sealed(author, whole, [{ value: 'y' }]);
    const log = new Log();
    log.held.push(bare(next));
    expect(kindsOf(log.take([whole]))).toEqual(['append', 'lacking']);
    expect(kindsOf(log.take([next]))).toEqual(['append']);
  });
});

it('what had waited is judged also where the repository brings what it waits for', () => {
  const first = sealed(author, null, [{}]);
  const next = sealed(author, first, [{ value: 'y' }]);
  const log = new Log();
  log.held.push(next);
  const effects = log.take([first], undefined, { judgeHeld: () => 'sync.notEntitled' });
  expect(effects.map((effect) => (effect.effect === 'append' ? effect.quarantined : effect.effect))).toEqual([null, 'sync.notEntitled']);
});

describe('values of one author side by side in a register', () => {
  const stands = (): null => null;
  const asides = (effects: readonly Effect[]): (string | null)[] =>
    effects.flatMap((effect) => (effect.effect === 'append' ? [effect.quarantined] : []));
  const several = (count: number, supersedes: readonly string[] = []): Written[] => Array.from({ length: count }, () => ({ supersedes }));
  const idsOf = ({ hash, ops }: ChangeSet): string[] => ops.map((_, index) => `${hash}:${index}`);

  it('are as many as may be, and what goes beyond has no effect, in one change-set or in many', () => {
    const whole = sealed(author, null, several(MOST_SIDE_BY_SIDE + 1));
    expect(asides(new Log().take([whole], stands))).toEqual(['sync.tooManyValues']);
    const most = sealed(author, null, several(MOST_SIDE_BY_SIDE));
    const beyond = sealed(author, most, several(1));
    // What superseded nothing here is one more, whatever it names.
    const pretends = sealed(author, beyond, several(1, [`${'a'.repeat(64)}:0`, ...idsOf(beyond)]));
    const elsewhere = sealed(author, pretends, [{ field: 'givenName' }, { entityId: 'p2' }]);
    for (const cut of [1, 2, 4]) {
      const log = new Log();
      const chain = [most, beyond, pretends, elsewhere];
      const found = [];
      for (let at = 0; at < chain.length; at += cut) found.push(...asides(log.take(chain.slice(at, at + cut), stands)));
      expect(found).toEqual([null, 'sync.tooManyValues', 'sync.tooManyValues', null]);
      // Others write there as before.
      expect(asides(log.take([sealed(ruler, null, several(1))], stands))).toEqual([null]);
    }
  });

  it('are never many where somebody edits, alone ten thousand times or in turns with another', () => {
    const edits: ChangeSet[] = [];
    for (let n = 0; n < 10_000; n++) edits.push(sealed(author, edits.at(-1) ?? null, several(1, n > 0 ? [`${edits[n - 1]!.hash}:0`] : [])));
    const log = new Log();
    for (let at = 0; at < edits.length; at += 2_500) {
      const found = asides(log.take(edits.slice(at, at + 2_500), stands));
      expect(found.filter((code) => code !== null)).toEqual([]);
    }
    const turns: ChangeSet[] = [];
    for (let n = 0; n < MOST_SIDE_BY_SIDE; n++)
      turns.push(sealed([author, ruler][n % 2]!, turns.at(-2) ?? null, several(1, n > 0 ? [`${turns[n - 1]!.hash}:0`] : [])));
    expect(asides(new Log().take(turns, stands)).filter((code) => code !== null)).toEqual([]);
  });

  it('make room when their author writes over them, in effect and not in name', () => {
    const log = new Log();
    const most = sealed(author, null, several(MOST_SIDE_BY_SIDE));
    const over = sealed(author, most, several(1, idsOf(most)));
    const more = sealed(author, over, several(2));
    const kept = new Set([over.hash]);
    expect(asides(log.take([most, over, more], ({ hash }) => (kept.has(hash) ? 'sync.valueInvalid' : null)))).toEqual([
      null,
      'sync.valueInvalid',
      'sync.tooManyValues',
    ]);
    const really = sealed(author, more, several(1, idsOf(most)));
    const room = sealed(author, really, several(MOST_SIDE_BY_SIDE - 1));
    expect(asides(log.take([really, room, sealed(author, room, several(1))], stands))).toEqual([null, null, 'sync.tooManyValues']);
  });

  it('are counted anew when a ruling takes the effect of some', () => {
    const log = new Log();
    const most = sealed(author, null, several(MOST_SIDE_BY_SIDE));
    expect(asides(log.take([most], stands))).toEqual([null]);
    const again = sealed(author, most, several(MOST_SIDE_BY_SIDE));
    expect(asides(log.take([again, refusalOf(most.hash)], stands))).toEqual([null, null]);
    expect(asides(log.take([sealed(author, again, several(1))], stands))).toEqual(['sync.tooManyValues']);
  });

  it('that were more before there was a limit can be made fewer', () => {
    const log = new Log();
    const heap = sealed(author, null, several(MOST_SIDE_BY_SIDE + 500));
    log.take([heap]);
    const fewer = sealed(author, heap, several(1, idsOf(heap).slice(0, 100)));
    expect(asides(log.take([fewer, sealed(author, fewer, several(1))], stands))).toEqual([null, 'sync.tooManyValues']);
  });

  it('are the same ones in whatever order the chains of others come, and however they are cut', () => {
    const link = fc.record({ count: fc.integer({ min: 1, max: 300 }), over: fc.integer({ min: 1, max: 20 }) });
    const cuts = fc.infiniteStream(fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(
        fc.array(fc.array(link, { minLength: 5, maxLength: 8 }), { minLength: 2, maxLength: 3 }),
        cuts,
        cuts,
        (plans, ...orders) => {
          const chains = plans.map((plan) => {
            const signer = signerOf(newSeed());
            const chain: ChangeSet[] = [];
            for (const { count, over } of plan) {
              const before = chain.flatMap(idsOf).filter((_, at) => at % 20 === over);
              chain.push(sealed(signer, chain.at(-1) ?? null, several(count, before)));
            }
            return chain;
          });
          const found = orders.map((order) => {
            const log = new Log();
            const open = chains.map((chain) => [...chain]);
            const beyond: string[] = [];
            while (open.some((chain) => chain.length > 0)) {
              const batch = open.flatMap((chain) => chain.splice(0, order.next().value));
              for (const effect of log.take(batch, stands))
                if (effect.effect === 'append' && effect.quarantined !== null) beyond.push(effect.changeSet.hash);
            }
            return beyond.sort();
          });
          expect(found[1]).toEqual(found[0]);
        },
      ),
      runs(10),
    );
  });
});
