import { encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../../shared/kernel/hex.ts';
import { newSeed, nodeHasher, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { canonicalValue, decodeCanonical, encodeCanonical } from '../../../shared/sync/canonical.ts';
import {
  decodeChangeSet,
  encodeChangeSet,
  isValueId,
  redactChangeSet,
  replicaIdOf,
  sealChangeSet,
  verifyChangeSet,
} from '../../../shared/sync/change-set.ts';
import type { ChangeSet, ChangeSetHeader, FieldValue, Op } from '../../../shared/sync/types.ts';
import { runs } from '../seeds.ts';

const signer = signerOf(newSeed());
const replica = replicaIdOf(signer.publicKey, nodeHasher);
const header: ChangeSetHeader = {
  version: 1,
  space: 'workshop/w/people',
  replica,
  seq: 1,
  prev: null,
  t: 1_626_100_000_000,
  tq: 0,
  schema: 1,
  author: 'user-1',
  kind: 'data',
};

const values = fc.letrec<{ value: FieldValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Number.isInteger(n) || Number.isSafeInteger(n)),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

const name = fc.stringMatching(/^[\x21-\x7e]{1,30}$/);
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const op: fc.Arbitrary<Op> = fc.record({
  entityType: name,
  entityId: name,
  field: name,
  supersedes: fc.array(
    fc.tuple(hash, fc.nat(9999)).map(([of, index]) => `${of}:${index}`),
    { maxLength: 3 },
  ),
  content: fc.oneof(
    values.map((value) => ({ form: 'plain' as const, value })),
    fc.tuple(values, fc.stringMatching(/^[0-9a-f]{32}$/)).map(([value, salt]) => ({ form: 'erasable' as const, value, salt })),
  ),
});
const ops = fc.array(op, { minLength: 1, maxLength: 5 });

function sealed(list: readonly Op[]): ChangeSet {
  return sealChangeSet(header, list, signer, nodeHasher);
}

describe('the encoder', () => {
  it('writes the very bytes that cborg writes', () => {
    const anything = fc.anything({
      values: [
        fc.maxSafeInteger(),
        fc.double(),
        fc.string({ unit: 'binary' }),
        fc.boolean(),
        fc.constant(null),
        fc.uint8Array({ maxLength: 300 }),
      ],
      withNullPrototype: false,
    });
    fc.assert(
      fc.property(anything, (value) => {
        expect(encodeCanonical(value)).toEqual(Uint8Array.from(encode(value)));
      }),
      runs(2000),
    );
    for (const value of [
      0,
      23,
      24,
      255,
      256,
      65_535,
      65_536,
      2 ** 32 - 1,
      2 ** 32,
      2 ** 53 - 1,
      -1,
      -24,
      -25,
      -256,
      -257,
      -(2 ** 32),
      -(2 ** 32) - 1,
      -(2 ** 53) + 1,
      -0,
      0.5,
      1e300,
      'é',
      'a'.repeat(40_000),
      'é'.repeat(40_000),
    ]) {
      expect(encodeCanonical([value])).toEqual(Uint8Array.from(encode([value])));
    }
    expect(encodeCanonical({ bb: 1, a: { é: 1, zz: 2, y: 3 }, aa: [] })).toEqual(
      Uint8Array.from(encode({ bb: 1, a: { é: 1, zz: 2, y: 3 }, aa: [] })),
    );
  });
});

describe('a change-set', () => {
  it('comes back as it was sealed, byte for byte, whatever it holds (invariant 13)', () =>
    fc.assert(
      fc.property(ops, (list) => {
        const changeSet = sealed(list);
        const bytes = encodeChangeSet(changeSet);
        const decoded = decodeChangeSet(bytes, nodeHasher);
        expect(decoded).toEqual({ ok: true, value: changeSet });
        expect(decoded.ok && encodeChangeSet(decoded.value)).toEqual(bytes);
        expect(verifyChangeSet(changeSet, signer.publicKey, nodeVerifier(), nodeHasher)).toBe(true);
      }),
      runs(300),
    ));

  it('has another hash when anything in it is another', () => {
    const base: Op = { entityType: 'a', entityId: 'b', field: 'c', supersedes: [], content: { form: 'plain', value: 1 } };
    const id = `${'0'.repeat(64)}:0`;
    const variants: [ChangeSetHeader, Op][] = [
      [header, base],
      [{ ...header, space: 'library' }, base],
      [{ ...header, t: 5 }, base],
      [{ ...header, tq: 2 }, base],
      [{ ...header, schema: 2 }, base],
      [{ ...header, author: 'user-2' }, base],
      [{ ...header, kind: 'reissue' }, base],
      [{ ...header, seq: 2, prev: '0'.repeat(64) }, base],
      [{ ...header, replica: '0'.repeat(32) }, base],
      [header, { ...base, entityType: 'x' }],
      [header, { ...base, entityId: 'x' }],
      [header, { ...base, field: 'x' }],
      [header, { ...base, supersedes: [id] }],
      [header, { ...base, content: { form: 'plain', value: 2 } }],
      [header, { ...base, content: { form: 'erasable', value: 1, salt: '0'.repeat(32) } }],
      [header, { ...base, content: { form: 'erasable', value: 1, salt: '1'.repeat(32) } }],
      [header, { ...base, content: { form: 'erasable', value: 2, salt: '0'.repeat(32) } }],
    ];
    const hashes = variants.map(([of, one]) => sealChangeSet(of, [one], signer, nodeHasher).hash);
    expect(new Set(hashes).size).toBe(variants.length);
  });

  it('does not verify with another key, hash or signature', () => {
    const changeSet = sealed([{ entityType: 'a', entityId: 'b', field: 'c', supersedes: [], content: { form: 'plain', value: 1 } }]);
    const other = signerOf(newSeed());
    const verify = (one: ChangeSet, key = signer.publicKey): boolean => verifyChangeSet(one, key, nodeVerifier(), nodeHasher);
    expect(verify(changeSet)).toBe(true);
    expect(verify(changeSet, other.publicKey)).toBe(false);
    expect(verify({ ...changeSet, hash: '0'.repeat(64) })).toBe(false);
    expect(verify({ ...changeSet, signature: '0'.repeat(128) })).toBe(false);
    const inOthersName = sealChangeSet(header, changeSet.ops, other, nodeHasher);
    expect(verify(inOthersName, other.publicKey)).toBe(false);
    expect(verify(inOthersName)).toBe(false);
    expect(verify({ ...changeSet, header: { ...header, replica: replicaIdOf(other.publicKey, nodeHasher) } }, other.publicKey)).toBe(false);
  });

  it('still verifies when a personal value was erased from it, and holds it no more', () =>
    fc.assert(
      fc.property(ops, (list) => {
        const secret = 'N’GUESSAN Awa';
        const personal: Op = {
          entityType: 'participant',
          entityId: 'p',
          field: 'familyName',
          supersedes: [],
          content: { form: 'erasable', value: secret, salt: 'ab'.repeat(16) },
        };
        const changeSet = sealed([...list, personal]);
        const redacted = redactChangeSet(changeSet, (one) => one.entityId === 'p' && one.entityType === 'participant', nodeHasher);
        const bytes = encodeChangeSet(redacted);
        const decoded = decodeChangeSet(bytes, nodeHasher);
        expect(decoded.ok && decoded.value.hash).toBe(changeSet.hash);
        expect(decoded.ok && verifyChangeSet(decoded.value, signer.publicKey, nodeVerifier(), nodeHasher)).toBe(true);
        expect(Buffer.from(bytes).includes(secret)).toBe(false);
        expect(Buffer.from(bytes).includes(Buffer.from('ab'.repeat(16), 'hex'))).toBe(false);
        expect(redactChangeSet(redacted, () => true, nodeHasher).hash).toBe(changeSet.hash);
      }),
      runs(100),
    ));

  it('keeps what is not personal when it is redacted', () => {
    const plain: Op = { entityType: 'a', entityId: 'b', field: 'c', supersedes: [], content: { form: 'plain', value: 1 } };
    const changeSet = sealed([plain]);
    expect(redactChangeSet(changeSet, () => true, nodeHasher)).toBe(changeSet);
  });
});

describe('reading a change-set (invariant 16)', () => {
  const changeSet = sealed([
    { entityType: 'a', entityId: 'b', field: 'c', supersedes: [`${'1'.repeat(64)}:3`], content: { form: 'plain', value: { x: [1, 0.5] } } },
  ]);
  const bytes = encodeChangeSet(changeSet);
  const [wireHeader, wireOps, signature] = decodeCanonical(bytes, 10_000) as [unknown[], unknown[][], Uint8Array];

  it('gives the same hash only for the same content', () =>
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const mutated = Uint8Array.from(bytes);
        mutated[at]! ^= change;
        const decoded = decodeChangeSet(mutated, nodeHasher);
        if (decoded.ok && decoded.value.hash === changeSet.hash) expect(decoded.value.signature).not.toBe(changeSet.signature);
        if (decoded.ok) expect(verifyChangeSet(decoded.value, signer.publicKey, nodeVerifier(), nodeHasher)).toBe(false);
        else expect(decoded.refusal).toEqual({ code: 'sync.malformed', details: {} });
      }),
      runs(1000),
    ));

  it('refuses random bytes', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (random) => {
        expect(decodeChangeSet(random, nodeHasher).ok).toBe(false);
      }),
      runs(500),
    ));

  it.each<[string, Uint8Array]>([
    ['a tag', Uint8Array.from([0xc0, ...bytes])],
    ['trailing bytes', Uint8Array.from([...bytes, 0])],
    ['an indefinite list', Uint8Array.from([0x9f, ...bytes.subarray(1), 0xff])],
    ['a longer form than needed', Uint8Array.from([0x98, 3, ...bytes.subarray(1)])],
    ['no ops', encodeCanonical([wireHeader, [], signature])],
    ['a wide float', Uint8Array.from(Buffer.from(Buffer.from(bytes).toString('hex').replace('f93800', 'fb3fe0000000000000'), 'hex'))],
    ['unsorted keys', replaced({ bb: 1, a: 2 }, [0xa2, 0x62, 0x62, 0x62, 1, 0x61, 0x61, 2])],
    ['a key twice', replaced({ bb: 1, a: 2 }, [0xa2, 0x61, 0x61, 1, 0x61, 0x61, 2])],
    [
      'a forbidden key',
      encodeCanonical([wireHeader, [[...wireOps[0]!.slice(0, 5), JSON.parse('{"__proto__": 1}') as unknown]], signature]),
    ],
    ['bytes for a value', encodeCanonical([wireHeader, [[...wireOps[0]!.slice(0, 5), Uint8Array.of(1)]], signature])],
    ['an unknown form', encodeCanonical([wireHeader, [[...wireOps[0]!.slice(0, 4), 9, 1]], signature])],
    ['a short signature', encodeCanonical([wireHeader, wireOps, signature.subarray(1)])],
    ['another version', encodeCanonical([[2, ...wireHeader.slice(1)], wireOps, signature])],
    ['an unknown kind', encodeCanonical([[...wireHeader.slice(0, 9), 9], wireOps, signature])],
    ['a seq without the one before', encodeCanonical([[...wireHeader.slice(0, 3), 2, ...wireHeader.slice(4)], wireOps, signature])],
    ['a seq of 0', encodeCanonical([[...wireHeader.slice(0, 3), 0, ...wireHeader.slice(4)], wireOps, signature])],
    ['a clock trust of 3', encodeCanonical([[...wireHeader.slice(0, 6), 3, ...wireHeader.slice(7)], wireOps, signature])],
    ['a space with a blank', encodeCanonical([[1, 'a b', ...wireHeader.slice(2)], wireOps, signature])],
    ['a field with a blank', encodeCanonical([wireHeader, [['a', 'b', 'c d', ...wireOps[0]!.slice(3)]], signature])],
    ['nesting without end', Uint8Array.from([...new Uint8Array(50_000).fill(0x81), 0x80])],
    ['more than a change-set may weigh', encodeCanonical([wireHeader, [['a', 'b', 'c', [], 0, 'x'.repeat(1_100_000)]], signature])],
    ['undefined', encode([wireHeader, [['a', 'b', 'c', [], 0, undefined]], signature])],
  ])('refuses %s', (_, wrong) => {
    expect(decodeChangeSet(wrong, nodeHasher)).toEqual({ ok: false, refusal: { code: 'sync.malformed', details: {} } });
  });

  it('counts depth and items before it builds anything', () => {
    const nested = (depth: number): Uint8Array => Uint8Array.from([...new Uint8Array(depth).fill(0x81), 0]);
    expect(decodeCanonical(nested(30), 1 << 20)).not.toBeNull();
    expect(decodeCanonical(nested(33), 1 << 20)).toBeNull();
    const list = (items: number): Uint8Array => encode(Array.from({ length: items }, () => 0));
    expect(decodeCanonical(list(299_000), 1 << 20)).toHaveLength(299_000);
    expect(decodeCanonical(list(300_000), 1 << 20)).toBeNull();
    expect(decodeCanonical(list(10), 1 << 20, 10)).toBeNull();
    expect(decodeCanonical(list(9), 1 << 20, 10)).toHaveLength(9);
  });

  function replaced(value: FieldValue, by: readonly number[]): Uint8Array {
    const right = Buffer.from(
      encodeChangeSet(sealed([{ entityType: 'a', entityId: 'b', field: 'c', supersedes: [], content: { form: 'plain', value } }])),
    );
    const found = right.indexOf(encodeCanonical(value));
    return Uint8Array.from([...right.subarray(0, found), ...by, ...right.subarray(found + by.length)]);
  }
});

describe('sealing', () => {
  it.each<[string, FieldValue]>([
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['an unsafe integer', 2 ** 53],
    ['a lone surrogate', '\ud800'],
    ['a forbidden key', JSON.parse('{"__proto__": 1}') as FieldValue],
    ['a date', new Date(0) as unknown as FieldValue],
    ['endless nesting', JSON.parse('['.repeat(200) + ']'.repeat(200)) as FieldValue],
  ])('throws on %s: no program of ours may write it', (_, value) => {
    expect(() => sealed([{ entityType: 'a', entityId: 'b', field: 'c', supersedes: [], content: { form: 'plain', value } }])).toThrow(
      RangeError,
    );
  });

  it('gives one form to what is equal', () => {
    expect(canonicalValue(-0)).toBe(0);
    expect(JSON.stringify(canonicalValue({ b: 1, a: { d: 2, c: 3 } }))).toBe('{"a":{"c":3,"d":2},"b":1}');
  });

  it('takes only names and ids that are such', () => {
    const hash = 'a'.repeat(64);
    const good = [`${hash}:0`, `${hash}:7`, `${hash}:10`, `${hash}:99999`];
    const bad = [
      '',
      hash,
      `${hash}:`,
      `${hash}:00`,
      `${hash}:01`,
      `${hash}:100000`,
      `${hash}:-1`,
      `${hash}: 1`,
      `${hash};1`,
      `${'A'.repeat(64)}:1`,
      `${'g'.repeat(64)}:1`,
      `${hash}a:1`,
      `${hash.slice(1)}:1`,
    ];
    expect(good.map(isValueId)).toEqual(good.map(() => true));
    expect(bad.map(isValueId)).toEqual(bad.map(() => false));
    const seal = (field: string): unknown =>
      sealed([{ entityType: 'a', entityId: 'b', field, supersedes: [], content: { form: 'plain', value: 1 } }]);
    for (const field of ['a', 'title@fr', '~!', 'x'.repeat(200)]) expect(() => seal(field)).not.toThrow();
    for (const field of ['', 'a b', 'é', 'a\n', '\u007f', 'x'.repeat(201)]) expect(() => seal(field)).toThrow(RangeError);
    for (const text of ['', 'é', '\ud83d\ude00', 'a\ud83d\ude00b']) expect(() => canonicalValue(text)).not.toThrow();
    for (const text of ['\ud83d', '\ude00', '\ude00\ud83d', 'a\ud83db', '\ud83d\ud83d\ude00'])
      expect(() => canonicalValue(text)).toThrow(RangeError);
  });

  it('names a replica by its key', () => {
    expect(replica).toMatch(/^[0-9a-f]{32}$/);
    expect(fromHex(replica)).toEqual(Uint8Array.from(nodeHasher.sha256(signer.publicKey).subarray(0, 16)));
  });
});
