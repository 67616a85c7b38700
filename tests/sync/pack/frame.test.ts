import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import {
  encodeChangeSet,
  redactChangeSet,
  replicaIdOf,
  sealChangeSet,
  signChangeSet,
  unsignedChangeSet,
} from '../../../shared/sync/change-set.ts';
import { decodeCanonical, encodeCanonical } from '../../../shared/sync/canonical.ts';
import { columnsOf } from '../../../shared/sync/pack/frame-columns.ts';
import { assemble, placesReferred } from '../../../shared/sync/pack/frame-reader.ts';
import { writeFrame } from '../../../shared/sync/pack/frame-writer.ts';
import { PackMemory } from '../../../shared/sync/pack/pack-memory.ts';
import { WHOLE_PACK } from '../../../shared/sync/pack/pack-format.ts';
import { PackFrames } from '../../../shared/sync/pack/pack-frames.ts';
import { decodePack } from '../../../shared/sync/pack/pack-reader.ts';
import { checkSeal } from '../../../shared/sync/pack/pack-seal.ts';
import { encodePack, packWriter } from '../../../shared/sync/pack/pack-writer.ts';
import { firstUnproven, verifyAll } from '../../../shared/sync/vouching.ts';
import type { ChangeSet, Op } from '../../../shared/sync/types.ts';
import { readVarints, writeVarints } from '../../../shared/sync/pack/varints.ts';
import { runs } from '../seeds.ts';
import {
  DERIVATIONS,
  signers,
  keyOf,
  reading,
  writing,
  none,
  uuid,
  history,
  sealedHistory,
  placesIn,
  plain,
  heldOf,
  tapped,
} from './sealed-history.ts';

describe('a frame', () => {
  it('gives back what was written into it, whatever it was (invariants 1 and 13)', () =>
    fc.assert(
      fc.property(history, fc.boolean(), fc.nat(23), (steps, unsigned, erased) => {
        const changeSets = sealedHistory(steps).map((changeSet, i) => {
          const one = i === erased ? redactChangeSet(changeSet, () => true, nodeHasher) : changeSet;
          return unsigned && i % 2 === 0 ? unsignedChangeSet(one) : one;
        });
        const payload = writeFrame(changeSets, { ...none, derivations: DERIVATIONS }, new PackMemory().frame());
        const columns = columnsOf(decodeCanonical(payload, 1 << 22), 4096);
        const earlier = new PackMemory().frame();
        const read = columns && assemble(columns, { held: () => [], earlier, hasher: nodeHasher, mostBytes: 1 << 22 });
        if (!read || typeof read === 'string') throw new Error(`${read}`);
        expect(plain(read.changeSets)).toEqual(plain(changeSets));
        // Stored again they are the very same bytes, and as many as was said.
        expect(read.changeSets.map((one) => encodeChangeSet(unsignedChangeSet(one)))).toEqual(
          changeSets.map((one) => encodeChangeSet(unsignedChangeSet(one))),
        );
        expect(read.storedBytes).toBe(changeSets.reduce((sum, one) => sum + encodeChangeSet(one).length, 0));
        expect(columns && placesReferred(columns, new Set(), 0)).toEqual([]);
        if (!unsigned) expect(firstUnproven(read.changeSets, keyOf, reading)).toBe(null);
      }),
      runs(400),
    ));

  it('carries clocks at any distance, one after another and beside instants (invariant 6)', () => {
    const ends = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, -1, 0, 8.64e15 + 1, -8.64e15];
    const [signer] = signers;
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...ends), fc.maxSafeInteger()), { minLength: 1, maxLength: 8 }), (clocks) => {
        const chain: ChangeSet[] = [];
        for (const t of clocks) {
          const rest = { version: 1, tq: 0, schema: 1, author: '', kind: 'data' } as const;
          const place = { space: 'library', replica: replicaIdOf(signer.publicKey, nodeHasher) };
          const header = { ...rest, ...place, t, seq: chain.length + 1, prev: chain.at(-1)?.hash ?? null };
          const content = { form: 'plain', value: '2021-07-12T08:30:00.000Z' } as const;
          const ops = [{ entityType: 'x', entityId: 'x', field: 'at', supersedes: [], content }];
          chain.push(sealChangeSet(header, ops, signer, nodeHasher));
        }
        const pack = encodePack({ spaces: [], certificates: [] }, chain.map(encodeChangeSet), writing);
        const read = decodePack(pack, reading);
        expect(read).toMatchObject({ ok: true });
        if (read.ok) expect(read.value.changeSets.map(({ hash }) => hash)).toEqual(chain.map(({ hash }) => hash));
      }),
      runs(200),
    );
  });

  it('refers to what the receiver holds, and says when that is not there', () =>
    fc.assert(
      fc.property(history, fc.nat(23), (steps, at) => {
        const changeSets = sealedHistory(steps);
        const [before, after] = [changeSets.slice(0, at), changeSets.slice(at)];
        if (after.length === 0) return;
        const { held, locate } = heldOf(before);
        const pack = encodePack({ spaces: [], certificates: [] }, after.map(encodeChangeSet), { ...writing, locate });
        const read = decodePack(pack, { ...reading, held });
        expect(read.ok && plain(read.value.changeSets)).toEqual(plain(after));
        const places = placesIn(pack);
        for (const place of places) expect(held(place)).toHaveLength(1);
        const without = decodePack(pack, reading);
        if (places.length > 0) expect(without).toMatchObject({ refusal: { code: 'sync.packUnresolved' } });
        else expect(without.ok && plain(without.value.changeSets)).toEqual(plain(after));
        // Where a chain has forked here and not there, a place names two: nothing is guessed.
        const forked = decodePack(pack, { ...reading, held: (place) => [...held(place), { ...place, hash: 'cd'.repeat(32), ops: [] }] });
        if (places.length > 0) expect(forked).toMatchObject({ refusal: { code: 'sync.packUnresolved' } });
        // Complete in itself, it needs nobody.
        const whole = decodePack(encodePack({ spaces: [], certificates: [] }, after.map(encodeChangeSet), writing), reading);
        expect(whole.ok && plain(whole.value.changeSets)).toEqual(plain(after));
      }),
      runs(300),
    ));

  it('costs a few bytes a tap', () => {
    const people = Array.from({ length: 40 }, (_, i) => uuid(100 + i));
    const taps = tapped(people, 20).map((tap, i) => (i % 64 === 63 || i === 799 ? tap : unsignedChangeSet(tap)));
    const pack = encodePack({ spaces: [], certificates: [] }, taps.map(encodeChangeSet), writing);
    expect(taps).toHaveLength(800);
    expect(pack.length / taps.length).toBeLessThan(6);
    const read = decodePack(pack, reading);
    expect(read.ok && plain(read.value.changeSets)).toEqual(plain(taps));
    expect(read.ok && firstUnproven(read.value.changeSets, keyOf, reading)).toBe(null);
  });

  it('is never cut before the signature that vouches for what is in it', () => {
    const taps = tapped(
      Array.from({ length: 40 }, (_, i) => uuid(100 + i)),
      20,
    ).map((tap, i) => (i % 64 === 63 || i === 799 ? tap : unsignedChangeSet(tap)));
    const writer = packWriter({ spaces: [], certificates: [] }, writing, 0);
    let rest = taps.map(encodeChangeSet);
    let frames = 0;
    while (rest.length > 0) {
      const { count } = writer.frame(rest);
      expect(count % 64 === 0 || count === rest.length).toBe(true);
      expect(count).toBeGreaterThan(0);
      rest = rest.slice(count);
      frames++;
    }
    expect(frames).toBeGreaterThan(1);
    expect(writer.frame(taps.slice(0, 10).map(encodeChangeSet)).count).toBe(0);
    expect(() => encodePack({ spaces: [], certificates: [] }, taps.slice(0, 10).map(encodeChangeSet), writing)).toThrow(RangeError);
  });

  it('refuses a change-set that nothing vouches for, in the middle of a chain or at its end', () => {
    const taps = tapped([uuid(100), uuid(101)], 3);
    const run = taps.map((tap, i) => (i === taps.length - 1 ? tap : unsignedChangeSet(tap)));
    expect(firstUnproven(run, keyOf, reading)).toBe(null);
    expect(firstUnproven(run.slice(0, -1), keyOf, reading)).toBe(run[0]!.hash);
    expect(firstUnproven([...run.slice(0, 2), ...run.slice(3)], keyOf, reading)).toBe(run[0]!.hash);
    const stranger = signerOf(newSeed());
    const forged = [...run.slice(0, -1), signChangeSet(unsignedChangeSet(run.at(-1)!), stranger)];
    expect(firstUnproven(forged, keyOf, reading)).toBe(run.at(-1)!.hash);
  });

  it('with anything of its layout changed is read as something else or refused, never half', () => {
    const payload = writeFrame(tapped([uuid(100)], 4), { ...none, derivations: DERIVATIONS }, new PackMemory().frame());
    const layout = decodeCanonical(payload, 1 << 20) as unknown[];
    const assembled = assemble(columnsOf(layout, 4096)!, {
      held: () => [],
      earlier: new PackMemory().frame(),
      hasher: nodeHasher,
      mostBytes: 1 << 20,
    });
    if (!assembled || typeof assembled === 'string') throw new Error(`${assembled}`);
    const genuine = assembled.changeSets.map(encodeChangeSet);
    const odd: unknown[] = [
      null,
      0,
      -1,
      2 ** 40,
      'x',
      [],
      [[]],
      [1, 2],
      Uint8Array.of(),
      Uint8Array.of(1),
      Uint8Array.of(0x80),
      new Uint8Array(64),
    ];
    for (let at = 0; at < layout.length; at++) {
      for (const instead of odd) {
        const columns = columnsOf(
          layout.map((part, i) => (i === at ? instead : part)),
          4096,
        );
        const read =
          columns && assemble(columns, { held: () => [], earlier: new PackMemory().frame(), hasher: nodeHasher, mostBytes: 1 << 20 });
        // Some parts are empty as it is.
        if (!read || typeof read === 'string') continue;
        if (verifyAll(read.changeSets, keyOf, reading).ok) expect(read.changeSets.map(encodeChangeSet)).toEqual(genuine);
      }
    }
    expect(columnsOf(layout, 3)).toBe(null);
    // What no change-set calls for is not passed over: there is one form of everything.
    const more = columnsOf(
      layout.map((part, i) => (i === 15 ? new Uint8Array(32) : part)),
      4096,
    )!;
    expect(assemble(more, { held: () => [], earlier: new PackMemory().frame(), hasher: nodeHasher, mostBytes: 1 << 20 })).toBe(null);
  });

  it('does not grow a small payload into a large memory', () => {
    const long = 'a'.repeat(1000);
    const [one] = tapped([uuid(100)], 1);
    const many = sealChangeSet(
      one!.header,
      Array.from({ length: 900 }, (_, i): Op => ({
        entityType: 'x',
        entityId: `e${i}`,
        field: 'f',
        supersedes: [],
        content: { form: 'plain', value: long },
      })),
      signers[0],
      nodeHasher,
    );
    const payload = writeFrame([many], none, new PackMemory().frame());
    expect(payload.length).toBeLessThan(20_000);
    const columns = columnsOf(decodeCanonical(payload, 1 << 20), 4096)!;
    const into = (mostBytes: number): unknown =>
      assemble(columns, { held: () => [], earlier: new PackMemory().frame(), hasher: nodeHasher, mostBytes });
    expect(into(1 << 20)).toMatchObject({ changeSets: [{}] });
    expect(into(500_000)).toBe('tooLarge');
  });

  it('ends where its numbers promise more than it holds, and where it points at more places than are looked up', () => {
    const payload = writeFrame(tapped([uuid(100)], 4), { ...none, derivations: DERIVATIONS }, new PackMemory().frame());
    const layout = decodeCanonical(payload, 1 << 20) as unknown[];
    const withShapes = (...shape: number[]): unknown[] =>
      layout.map((part, i) => (i === 12 ? (part as unknown[]).map(() => writeVarints(shape)) : part));
    // A write that supersedes a million million values, none of which is there: six bytes.
    expect(columnsOf(withShapes(0, 1 + 12 * 10 ** 12), 4096)).toBe(null);
    const hollow = columnsOf(withShapes(0, 1 + 12 * 5_000), 4096)!;
    expect(placesReferred(hollow, new Set(), 100)).toBe(null);
    expect(columnsOf(withShapes(...Array.from({ length: 10_001 }, (_, i) => [0, i === 0 ? 1 : 0]).flat()), 4096)).toBe(null);
    const derived = layout.map((part, i) => (i === 8 ? [[0, 'n', Array.from({ length: 17 }, () => 'f')]] : part));
    expect(columnsOf(derived, 4096)).toBe(null);

    const people = Array.from({ length: 40 }, (_, i) => uuid(100 + i));
    const before = tapped(people, 1);
    const after: ChangeSet[] = [];
    for (const { header, hash, ops } of before) {
      const end = after.at(-1) ?? before.at(-1)!;
      const op: Op = { ...ops[3]!, supersedes: [`${hash}:3`], content: { form: 'plain', value: 'absent' } };
      after.push(sealChangeSet({ ...header, seq: end.header.seq + 1, prev: end.hash }, [op], signers[0], nodeHasher));
    }
    const pack = encodePack({ spaces: [], certificates: [] }, after.map(encodeChangeSet), { ...writing, locate: heldOf(before).locate });
    const sealed = checkSeal(pack, reading, pack.length);
    const columns = sealed.ok && new PackFrames(reading, WHOLE_PACK).unpack(sealed.value.frames[0]!);
    if (!columns || 'code' in columns) throw new Error('not a frame');
    expect(placesReferred(columns, new Set(), 40)).toHaveLength(40);
    expect(placesReferred(columns, new Set(), 39)).toBe('many');
  });
});

describe('a column of numbers', () => {
  it('is read as it was written, in one form only', () =>
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -200, max: 200 }))),
        fc.uint8Array({ maxLength: 12 }),
        (numbers, random) => {
          expect(readVarints(writeVarints(numbers))).toEqual(numbers.map((n) => (n === 0 ? 0 : n)));
          const read = readVarints(random);
          if (read) expect(writeVarints(read)).toEqual(random);
        },
      ),
      runs(1000),
    ));
  it('takes one byte for a small number', () => {
    expect(writeVarints([0, -1, 1, 63, -64])).toHaveLength(5);
    expect(encodeCanonical(writeVarints([]))).toHaveLength(1);
  });
});
