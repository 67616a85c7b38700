import { fromHex, toHex } from '../kernel/hex.ts';
import type { Hasher, Signer, Verifier } from '../kernel/ports.ts';
import { refuse, type Result } from '../kernel/result.ts';
import { CAPS, asFieldValue, canonicalValue, decodeCanonical, encodeCanonical, isWellFormed } from './canonical.ts';
import { concat, encodeForNow } from './encode.ts';
import type { ChangeSet, ChangeSetHeader, ChangeSetKind, ClockTrust, Hash, Op, OpValue, ReplicaId, ValueId } from './types.ts';

const KINDS: readonly ChangeSetKind[] = ['data', 'genesis', 'refuse', 'erase', 'reissue'];
const PLAIN = 0;
const ERASABLE = 1;
const REDACTED = 2;

/** Names the preimages, so that a signature over one kind of thing never fits another. */
const CHANGE_SET_DOMAIN = 'itinera change-set 1';
const VALUE_DOMAIN = 'itinera value 1';

/** The id of a replica: the first 16 bytes of its public key's SHA-256. */
export function replicaIdOf(publicKey: Uint8Array, hasher: Hasher): ReplicaId {
  return toHex(hasher.sha256(publicKey).subarray(0, 16));
}

/** `<hash>:<index>`. */
export function valueId(hash: Hash, index: number): ValueId {
  return `${hash}:${index}`;
}

/** Whether a text is a value id. */
export function isValueId(text: string): boolean {
  if (text.length < 66 || text.length > 70 || text[64] !== ':' || !isHex(text.slice(0, 64), 64)) return false;
  for (let i = 65; i < text.length; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return text.length === 66 || text[65] !== '0';
}

/** The change-set and the index that a value id names. */
export function splitValueId(id: ValueId): { readonly hash: Hash; readonly index: number } {
  return { hash: id.slice(0, 64), index: Number(id.slice(65)) };
}

/**
 * Seals a header and ops into a change-set: values in canonical form, hashed, signed; without a signer it is left for a signature further on in its chain to
 * vouch for. Throws a RangeError on what can never be sealed (a malformed name or value, more than a change-set may hold): that is a bug of the caller.
 */
export function sealChangeSet(header: ChangeSetHeader, ops: readonly Op[], signer: Signer | null, hasher: Hasher): ChangeSet {
  if (ops.length === 0 || ops.length > CAPS.ops) throw new RangeError('a change-set holds between 1 and 10,000 writes');
  if (!isHeader(header)) throw new RangeError('malformed header');
  const sealed = ops.map(sealedOp);
  const { hash, signature, bytes } = encoded(header, sealed, hasher, (made) => signer?.sign(made) ?? null);
  const changeSet = { header, ops: sealed, hash: toHex(hash), signature: signature ? toHex(signature) : '' };
  wires.set(changeSet, bytes);
  return changeSet;
}

/** The same change-set with its own signature. */
export function signChangeSet(changeSet: ChangeSet, signer: Signer): ChangeSet {
  return { ...changeSet, signature: toHex(signer.sign(fromHex(changeSet.hash))) };
}

/** The same change-set without its signature, for a place in a chain that a later one vouches for. */
export function unsignedChangeSet(changeSet: ChangeSet): ChangeSet {
  return changeSet.signature === '' ? changeSet : { ...changeSet, signature: '' };
}

/** Whether the bytes of a change-set hold a signature. */
export function isSigned(bytes: Uint8Array): boolean {
  return bytes[0] === LIST_OF_3[0];
}

// The bytes of the change-sets at hand: sealing and reading have them already, and storing and sending ask for them.
const wires = new WeakMap<ChangeSet, Uint8Array>();

/** Remembers the bytes of a change-set that was encoded elsewhere (in another thread), so that it is not encoded again; returns it. */
export function withEncoding(changeSet: ChangeSet, bytes: Uint8Array): ChangeSet {
  wires.set(changeSet, bytes);
  return changeSet;
}

/** The bytes that are stored: `[header, ops, signature]`, or `[header, ops]` without one; the hash is computed from them. */
export function encodeChangeSet(changeSet: ChangeSet): Uint8Array {
  const known = wires.get(changeSet);
  if (known) return known;
  const content: unknown[] = [wireHeader(changeSet.header), changeSet.ops.map(wireOp)];
  const bytes = encodeCanonical(changeSet.signature === '' ? content : [...content, fromHex(changeSet.signature)]);
  wires.set(changeSet, bytes);
  return bytes;
}

/**
 * Reads one change-set; refuses `sync.malformed` for anything that `encodeChangeSet` would not have written. The signature is not
 * looked at: see `verifyChangeSet`.
 */
export function decodeChangeSet(bytes: Uint8Array, hasher: Hasher): Result<ChangeSet, 'sync.malformed'> {
  const outer = decodeCanonical(bytes, CAPS.changeSetBytes);
  if (!isList(outer, 3) && !isList(outer, 2)) return refuse('sync.malformed');
  const header = readHeader(outer[0]);
  const signature: unknown = outer.length === 3 ? outer[2] : NO_SIGNATURE;
  if (!header || !Array.isArray(outer[1]) || outer[1].length === 0 || outer[1].length > CAPS.ops) return refuse('sync.malformed');
  if (!(signature instanceof Uint8Array) || (signature.length !== 64 && signature !== NO_SIGNATURE)) return refuse('sync.malformed');
  const ops: Op[] = [];
  for (const item of outer[1] as unknown[]) {
    const op = readOp(item);
    if (!op) return refuse('sync.malformed');
    ops.push(op);
  }
  const changeSet = { header, ops, hash: toHex(hashOf(header, ops, hasher)), signature: toHex(signature) };
  // A copy: the caller may use its buffer again.
  wires.set(changeSet, Uint8Array.from(bytes));
  return { ok: true, value: changeSet };
}

/**
 * Puts a change-set together from parts that came apart from another; null where they are not what one may hold. The hash is computed, the signature
 * not looked at.
 */
export function assembleChangeSet(header: ChangeSetHeader, parts: readonly Op[], signature: string, hasher: Hasher): ChangeSet | null {
  if (parts.length === 0 || parts.length > CAPS.ops || !isHeader(header)) return null;
  const ops: Op[] = [];
  for (const part of parts) {
    if (!isAddress(part)) return null;
    if (part.content.form === 'redacted') ops.push(part);
    else {
      const value = asFieldValue(part.content.value);
      if (value === undefined) return null;
      ops.push(value === part.content.value ? part : { ...part, content: { ...part.content, value } });
    }
  }
  const { hash, bytes } = encoded(header, ops, hasher, () => (signature === '' ? null : fromHex(signature)));
  const changeSet = { header, ops, hash: toHex(hash), signature };
  if (bytes.length > CAPS.changeSetBytes) return null;
  wires.set(changeSet, bytes);
  return changeSet;
}

/** Whether the key is the replica's, the hash is the content's and the change-set's own signature is the key's. See `verifyAll` for runs of a chain. */
export function verifyChangeSet(changeSet: ChangeSet, publicKey: Uint8Array, verifier: Verifier, hasher: Hasher): boolean {
  if (replicaIdOf(publicKey, hasher) !== changeSet.header.replica) return false;
  const hash = hashOf(changeSet.header, changeSet.ops, hasher);
  return toHex(hash) === changeSet.hash && verifier.verify(publicKey, hash, fromHex(changeSet.signature));
}

/**
 * The same change-set with the erasable values that `erased` names replaced by their digests: hash and signature still hold,
 * the value and its salt are gone. Plain values cannot be redacted and stay.
 */
export function redactChangeSet(changeSet: ChangeSet, erased: (op: Op, index: number) => boolean, hasher: Hasher): ChangeSet {
  let redacted = false;
  const ops = changeSet.ops.map((op, index): Op => {
    if (op.content.form !== 'erasable' || !erased(op, index)) return op;
    redacted = true;
    return { ...op, content: { form: 'redacted', digest: toHex(digestOf(op.field, op.content, hasher)) } };
  });
  return redacted ? { ...changeSet, ops } : changeSet;
}

function sealedOp(op: Op): Op {
  if (!isAddress(op)) throw new RangeError('malformed address');
  const content: OpValue = op.content.form === 'redacted' ? op.content : { ...op.content, value: canonicalValue(op.content.value) };
  return { ...op, content };
}

/** The hash of a change-set, and the bytes that are stored of it; the signature is of the hash. */
function encoded(
  header: ChangeSetHeader,
  ops: readonly Op[],
  hasher: Hasher,
  signatureOf: (hash: Uint8Array) => Uint8Array | null,
): { readonly hash: Uint8Array; readonly signature: Uint8Array | null; readonly bytes: Uint8Array } {
  const head = wireHeader(header);
  const preimage = encodeForNow([CHANGE_SET_DOMAIN, head, ops.map((op) => committedOp(op, hasher))]);
  const hash = hasher.sha256(preimage);
  // Where nothing can be erased, what is hashed and what is stored are the same but for their beginning and end.
  const isShared = ops.every(({ content }) => content.form === 'plain');
  const unsigned = isShared
    ? concat([LIST_OF_2, preimage.subarray(LIST_OF_3.length + DOMAIN_BYTES.length)])
    : encodeCanonical([head, ops.map(wireOp)]);
  const signature = signatureOf(hash);
  if (!signature) return { hash, signature, bytes: unsigned };
  return { hash, signature, bytes: concat([LIST_OF_3, unsigned.subarray(LIST_OF_2.length), encodeCanonical(signature)]) };
}

function committedOp(op: Op, hasher: Hasher): unknown[] {
  const { content, field } = op;
  if (content.form === 'plain') return wireList(op, PLAIN, content.value);
  return wireList(op, ERASABLE, content.form === 'erasable' ? digestOf(field, content, hasher) : fromHex(content.digest));
}

const LIST_OF_2 = Uint8Array.of(0x82);
const LIST_OF_3 = Uint8Array.of(0x83);
const NO_SIGNATURE = new Uint8Array(0);
const DOMAIN_BYTES = encodeCanonical(CHANGE_SET_DOMAIN);

function hashOf(header: ChangeSetHeader, ops: readonly Op[], hasher: Hasher): Uint8Array {
  return hasher.sha256(encodeForNow([CHANGE_SET_DOMAIN, wireHeader(header), ops.map((op) => committedOp(op, hasher))]));
}

// With the field: one salt serves all that a change-set writes to an entity, and equal values must not show once they are gone.
function digestOf(field: string, content: OpValue & { readonly form: 'erasable' }, hasher: Hasher): Uint8Array {
  return hasher.sha256(encodeCanonical([VALUE_DOMAIN, fromHex(content.salt), field, content.value]));
}

function wireHeader(header: ChangeSetHeader): unknown[] {
  return [
    header.version,
    header.space,
    fromHex(header.replica),
    header.seq,
    header.prev === null ? null : fromHex(header.prev),
    header.t,
    header.tq,
    header.schema,
    header.author,
    KINDS.indexOf(header.kind),
  ];
}

function wireList({ entityType, entityId, field, supersedes }: Op, form: number, content: unknown): unknown[] {
  return [entityType, entityId, field, supersedes.length === 0 ? NOTHING : supersedes.map(wireValueId), form, content];
}

const NOTHING: readonly never[] = [];

function wireValueId(id: ValueId): unknown[] {
  const { hash, index } = splitValueId(id);
  return [fromHex(hash), index];
}

function wireOp(op: Op): unknown[] {
  const { content } = op;
  if (content.form === 'plain') return wireList(op, PLAIN, content.value);
  if (content.form === 'erasable') return wireList(op, ERASABLE, [fromHex(content.salt), content.value]);
  return wireList(op, REDACTED, fromHex(content.digest));
}

function readHeader(item: unknown): ChangeSetHeader | null {
  if (!isList(item, 10)) return null;
  const [version, space, replica, seq, prev, t, tq, schema, author, kind] = item;
  const name = typeof kind === 'number' ? KINDS[kind] : undefined;
  if (version !== 1 || typeof space !== 'string' || typeof author !== 'string' || name === undefined) return null;
  if (!isBytes(replica, 16) || !(prev === null || isBytes(prev, 32))) return null;
  if (typeof seq !== 'number' || typeof t !== 'number' || typeof schema !== 'number' || (tq !== 0 && tq !== 1 && tq !== 2)) return null;
  const header: ChangeSetHeader = {
    version: 1,
    space,
    replica: toHex(replica),
    seq,
    prev: prev === null ? null : toHex(prev),
    t,
    tq: tq satisfies ClockTrust,
    schema,
    author,
    kind: name,
  };
  return isHeader(header) ? header : null;
}

function readOp(item: unknown): Op | null {
  if (!isList(item, 6) || !Array.isArray(item[3]) || item[3].length > CAPS.supersedes) return null;
  const supersedes: ValueId[] = [];
  for (const pair of item[3] as unknown[]) {
    if (!isList(pair, 2) || !isBytes(pair[0], 32) || typeof pair[1] !== 'number') return null;
    supersedes.push(valueId(toHex(pair[0]), pair[1]));
  }
  const content = readContent(item[4], item[5]);
  const [entityType, entityId, field] = item;
  if (!content || typeof entityType !== 'string' || typeof entityId !== 'string' || typeof field !== 'string') return null;
  const op: Op = { entityType, entityId, field, supersedes, content };
  return isAddress(op) ? op : null;
}

function readContent(form: unknown, content: unknown): OpValue | null {
  if (form === REDACTED) return isBytes(content, 32) ? { form: 'redacted', digest: toHex(content) } : null;
  if (form === PLAIN) {
    const value = asFieldValue(content);
    return value === undefined ? null : { form: 'plain', value };
  }
  if (form !== ERASABLE || !isList(content, 2) || !isBytes(content[0], 16)) return null;
  const value = asFieldValue(content[1]);
  return value === undefined ? null : { form: 'erasable', value, salt: toHex(content[0]) };
}

function isHeader(header: ChangeSetHeader): boolean {
  return (
    isName(header.space) &&
    isHex(header.replica, 32) &&
    Number.isSafeInteger(header.seq) &&
    header.seq >= 1 &&
    (header.prev === null ? header.seq === 1 : header.seq > 1 && isHex(header.prev, 64)) &&
    Number.isSafeInteger(header.t) &&
    Number.isSafeInteger(header.schema) &&
    header.schema >= 0 &&
    header.author.length <= CAPS.name &&
    isWellFormed(header.author)
  );
}

function isAddress(op: Op): boolean {
  return (
    isName(op.entityType) &&
    isName(op.entityId) &&
    isName(op.field) &&
    op.supersedes.length <= CAPS.supersedes &&
    op.supersedes.every(isValueId) &&
    (op.content.form !== 'erasable' || isHex(op.content.salt, 32)) &&
    (op.content.form !== 'redacted' || isHex(op.content.digest, 64))
  );
}

// Written out instead of patterns: sealing one tap asks these forty times.
function isName(text: string): boolean {
  if (text.length === 0 || text.length > CAPS.name) return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x21 || code > 0x7e) return false;
  }
  return true;
}

/** Whether a text is so many lower-case hexadecimal digits. */
function isHex(text: string, digits: number): boolean {
  if (text.length !== digits) return false;
  for (let i = 0; i < digits; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code) && (code < 0x61 || code > 0x66)) return false;
  }
  return true;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isList(item: unknown, length: number): item is unknown[] {
  return Array.isArray(item) && item.length === length;
}

function isBytes(item: unknown, length: number): item is Uint8Array {
  return item instanceof Uint8Array && item.length === length;
}
