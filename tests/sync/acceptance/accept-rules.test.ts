import { describe, expect, it } from 'vitest';
import { newSeed, signerOf } from '../../../shared/node/crypto.ts';
import { acceptOwn } from '../../../shared/sync/accept.ts';
import { ERASED } from '../../../shared/sync/merge.ts';
import { author, kindsOf, Log, PEOPLE, refusalOf, ruler, sealed } from './accept-log.ts';

describe('accepting, rule by rule', () => {
  it('takes what a change-set says of another record, or of another type under the same id, for nothing about this one', () => {
    const log = new Log();
    log.take([sealed(ruler, null, [{ field: ERASED, content: { form: 'plain', value: null } }], { kind: 'erase' })]);
    const late = sealed(author, null, [
      { entityType: 'sheet', entityId: 's1', field: 'answers', value: 'A' },
      { entityType: 'sheet', entityId: 's1', field: 'personId', value: 'p1' },
      { entityType: 'mark', entityId: 's2', field: 'personId', value: 'p1' },
      { entityType: 'sheet', entityId: 's2', field: 'answers', value: 'B' },
      { entityType: 'sheet', entityId: 's2', field: 'personId', value: 'p2' },
      // Of several that one is said to be about each counts.
      { entityType: 'sheet', entityId: 's3', field: 'answers', value: 'C' },
      { entityType: 'sheet', entityId: 's3', field: 'personId', value: 'p2' },
      { entityType: 'sheet', entityId: 's3', field: 'personId', value: 'p1' },
      // What only quotes the person is not about them.
      { entityType: 'sheet', entityId: 's4', field: 'answers', value: 'p1' },
      { entityType: 'sheet', entityId: 's4', field: 'personId', value: 'p2' },
    ]);
    const [effect] = log.take([late]);
    const forms = effect?.effect === 'append' ? effect.changeSet.ops.map(({ content }) => content.form) : [];
    const here = ['erasable', 'erasable'];
    const gone = ['redacted', 'redacted'];
    expect(forms).toEqual([...gone, 'erasable', ...here, ...gone, 'redacted', ...here]);
  });

  it('takes along what is about a person with that person, and with nothing else', () => {
    const log = new Log();
    const erased = { field: ERASED, content: { form: 'plain', value: null } } as const;
    const ruling = sealed(ruler, null, [erased, { ...erased, entityType: 'mark', entityId: 'm1' }], { kind: 'erase' });
    expect(log.take([ruling]).slice(1)).toEqual([
      { effect: 'erase', entityType: 'participant', entityId: 'p1', space: PEOPLE, isPerson: true },
      { effect: 'erase', entityType: 'mark', entityId: 'm1', space: PEOPLE, isPerson: false },
    ]);
  });

  it('takes what rulers wrote before what they may rule on, and what opens a space before the rest', () => {
    const log = new Log();
    const opening = sealed(signerOf(newSeed()), null, [{ entityType: 'roster', entityId: 'r1', field: 'key' }], { kind: 'genesis' });
    const written = sealed(author, null, [{}]);
    const refusal = refusalOf(written.hash);
    for (const order of [
      [written, opening, refusal],
      [opening, refusal, written],
    ]) {
      const effects = new Log().take(order);
      expect(effects.flatMap((effect) => (effect.effect === 'append' ? [effect.changeSet.hash] : []))).toEqual([
        refusal.hash,
        opening.hash,
        written.hash,
      ]);
      expect(effects.at(-1)).toMatchObject({ effect: 'append', ruledOut: 'a.reason' });
    }
    const again = sealed(author, written, [{}], { kind: 'genesis' });
    const order = log.take([again, written, opening]);
    expect(order.map((effect) => [effect.effect, effect.effect === 'append' && effect.changeSet.hash])).toEqual([
      ['append', opening.hash],
      ['append', written.hash],
      ['append', again.hash],
    ]);
  });

  it('takes everything that had waited in a row, once, by the same rules, and leaves what waits for one that is not here', () => {
    const log = new Log();
    const one = sealed(author, null, [{}]);
    const second = sealed(author, one, [{ value: 'y' }]);
    const third = sealed(author, second, [{ value: 'z' }]);
    const skips = sealed(author, { ...one, header: { ...one.header, seq: 7 } }, [{ value: 's' }]);
    log.held.push(third, second, second, skips);
    expect(kindsOf(log.take([second]))).toEqual(['missing']);
    expect(log.held).toContain(third);
    const effects = log.take([one], ({ hash }) => (hash === one.hash ? null : 'sync.notEntitled'));
    expect(
      effects.map((effect) => (effect.effect === 'append' ? [effect.changeSet.hash, effect.released, effect.quarantined] : effect.effect)),
    ).toEqual([
      [one.hash, false, null],
      [second.hash, true, 'sync.notEntitled'],
      [third.hash, true, 'sync.notEntitled'],
    ]);
    expect(log.held).toEqual([]);
  });

  it('has a ruling stand that another names before it comes, and asks nothing more of what is ruled out', () => {
    const log = new Log();
    const ruling = refusalOf('e'.repeat(64), ruler, null, 'another.reason');
    const late = sealed(author, null, [{}]);
    log.take([refusalOf(ruling.hash), refusalOf(late.hash)]);
    expect(log.take([ruling])).toEqual([
      expect.objectContaining({ effect: 'append', ruledOut: null }),
      expect.objectContaining({ effect: 'refuse', hash: 'e'.repeat(64) }),
    ]);
    expect(log.take([late], () => 'sync.notEntitled')).toEqual([expect.objectContaining({ ruledOut: 'a.reason', quarantined: null })]);
  });

  it('keeps of what this replica writes itself no value of who was erased, and carries out what it rules', () => {
    const log = new Log();
    log.take([sealed(ruler, null, [{ field: ERASED, content: { form: 'plain', value: null } }], { kind: 'erase' })]);
    const [appended] = [...acceptOwn(log.facts, sealed(author, null, [{}, { entityId: 'p2' }]))];
    expect(appended).toMatchObject({ effect: 'append', ruledOut: null, quarantined: null, released: false });
    const forms = appended?.effect === 'append' ? appended.changeSet.ops.map(({ content }) => content.form) : [];
    expect(forms).toEqual(['redacted', 'erasable']);
    expect(kindsOf([...acceptOwn(log.facts, refusalOf('e'.repeat(64)))])).toEqual(['append', 'refuse']);
  });
});
