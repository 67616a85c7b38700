import { z } from 'zod';
import { fromHex, toHex } from '../../../kernel/hex.ts';
import type { Hasher, Signer, Verifier } from '../../../kernel/ports.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { MODEL_VERSION } from '../../../model/entities.ts';
import { judgeValue } from '../../../model/judge.ts';
import * as value from '../../../model/values.ts';
import { AUDIENCES, MATERIAL_KINDS } from '../../../model/vocabularies.ts';
import { asFieldValue, equalBytes } from '../../../sync/canonical.ts';
import { decodeCertificate } from '../../../sync/certificate.ts';
import { DELETED } from '../../../sync/merge.ts';
import { replicaIdOf } from '../../../sync/change-set.ts';
import type { FieldValue } from '../../../sync/types.ts';

/** A course as one file: a folder that people can read, and a signed list of all that is in it. */

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'signature.json';
const VERSION = 1;
const DOMAIN = new TextEncoder().encode('itinera course pack 1\n');

/** The most that a pack may hold. */
export const PACK_LIMITS = { entries: 10_000, parts: 5_000, bytes: 512 * 1024 ** 2, manifest: 32 * 1024 ** 2 } as const;

const registers = z.record(z.string().max(60), z.unknown());
const part = z.strictObject({
  type: z.enum(['course', 'module', 'session']),
  id: value.id,
  /** Register -> its value, as it is shown. */
  values: registers,
  /** Register -> the ids of its values: what a later comparison with the source starts from. */
  heads: z.record(z.string().max(60), value.valueIds),
});
const entry = z.strictObject({ path: z.string().max(300), sha256: value.sha256, size: z.int().min(0).max(PACK_LIMITS.bytes) });
const material = z.strictObject({
  title: z.union([value.line, z.partialRecord(value.language, value.line)]),
  kind: z.enum(MATERIAL_KINDS),
  audience: z.enum(AUDIENCES),
  versions: z
    .array(z.strictObject({ language: value.language, fileName: value.line, type: value.mediaType, path: z.string().max(300) }))
    .max(100),
});
const manifest = z.strictObject({
  format: z.literal('itinera course pack'),
  version: z.literal(VERSION),
  space: z.string().max(200),
  madeAt: value.instant,
  parts: z.array(part).min(1).max(PACK_LIMITS.parts),
  materials: z.array(material).max(2_000),
  /** Every other file of the pack. */
  files: z.array(entry).max(PACK_LIMITS.entries),
});
const signature = z.strictObject({
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
  /** Of the repository that knows the device, where one does: hex digits. */
  certificate: z
    .string()
    .max(8_192)
    .regex(/^(?:[0-9a-f]{2})*$/),
});

export type PackManifest = z.infer<typeof manifest>;
export type PackPart = PackManifest['parts'][number];

export interface PackEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A pack that is as it was signed. */
export interface ReadPack {
  readonly manifest: PackManifest;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly publicKey: string;
  readonly certificate: Uint8Array | null;
}

/** The entries of a pack: those given, the list of them, and its signature. `certificate`: as it is passed on; null where nobody certified the device. */
export function sealPack(
  said: Omit<PackManifest, 'format' | 'version' | 'files'>,
  files: readonly PackEntry[],
  certificate: Uint8Array | null,
  { signer, hasher }: { readonly signer: Signer; readonly hasher: Hasher },
): PackEntry[] {
  const listed = files.map(({ name, bytes }) => ({ path: name, sha256: toHex(hasher.sha256(bytes)), size: bytes.length }));
  const whole: PackManifest = { format: 'itinera course pack', version: VERSION, ...said, files: listed };
  const bytes = textBytes(JSON.stringify(whole, null, 2));
  const signed = {
    publicKey: toHex(signer.publicKey),
    signature: toHex(signer.sign(preimage(bytes))),
    certificate: certificate === null ? '' : toHex(certificate),
  };
  return [{ name: MANIFEST, bytes }, { name: SIGNATURE, bytes: textBytes(JSON.stringify(signed, null, 2)) }, ...files];
}

export type PackRefusal = 'exchange.packForged' | 'exchange.packMalformed' | 'exchange.packNewer';

/** Checks a pack: its signature before anything that it says is read, then each file against the list, then what the list says. */
export function openPack(
  entries: readonly PackEntry[],
  { hasher, verifier }: { readonly hasher: Hasher; readonly verifier: Verifier },
): Result<ReadPack, PackRefusal> {
  const files = new Map(entries.map(({ name, bytes }) => [name, bytes]));
  const [listed, sealed] = [files.get(MANIFEST), files.get(SIGNATURE)];
  if (!listed || !sealed || listed.length > PACK_LIMITS.manifest || sealed.length > 20_000) return refuse('exchange.packMalformed');
  const seal = signature.safeParse(jsonIn(sealed));
  if (!seal.success) return refuse('exchange.packForged');
  const key = fromHex(seal.data.publicKey);
  if (!verifier.verify(key, preimage(listed), fromHex(seal.data.signature))) return refuse('exchange.packForged');
  const certificate = seal.data.certificate === '' ? null : fromHex(seal.data.certificate);
  if (certificate !== null) {
    const claims = decodeCertificate(certificate);
    const isOurs = claims.ok && claims.value.publicKey === seal.data.publicKey && claims.value.replica === replicaIdOf(key, hasher);
    if (!isOurs) return refuse('exchange.packForged');
  }
  const said = jsonIn(listed);
  if (isNewer(said)) return refuse('exchange.packNewer');
  const read = manifest.safeParse(said);
  if (!read.success) return refuse('exchange.packMalformed');
  files.delete(MANIFEST);
  files.delete(SIGNATURE);
  const isWhole =
    files.size === read.data.files.length &&
    read.data.files.every(({ path, sha256, size }) => {
      const bytes = files.get(path);
      return bytes !== undefined && bytes.length === size && equalBytes(hasher.sha256(bytes), fromHex(sha256));
    });
  if (!isWhole) return refuse('exchange.packForged');
  if (!isCourse(read.data, files)) return refuse('exchange.packMalformed');
  return ok({ manifest: read.data, files, publicKey: seal.data.publicKey, certificate });
}

/** The place of a part: the course or module in which it stands, and its key; null of the course. */
export function placeOf({ values }: PackPart): readonly [parent: string, key: string] | null {
  const place = values['placement'];
  return Array.isArray(place) ? (place as [string, string]) : null;
}

/** Whether parts make one course, each where another one is, of values that this program can read. */
function isCourse({ parts, materials }: PackManifest, files: ReadonlyMap<string, Uint8Array>): boolean {
  const types = new Map(parts.map(({ id, type }) => [id, type]));
  if (types.size !== parts.length || parts[0]!.type !== 'course') return false;
  const wanted = { course: null, module: 'course', session: 'module' } as const;
  const stand = parts.every((one, at) => {
    const parent = placeOf(one)?.[0];
    const inside = wanted[one.type];
    if (inside === null ? at > 0 || parent !== undefined : parent === undefined || types.get(parent) !== inside) return false;
    return Object.entries(one.values).every(([register, said]) => {
      const known = asFieldValue(said);
      // Of the course alone: nothing that says of a record that it is gone, and no value in a form that is none of its field's.
      const isOfField = register !== DELETED && known !== undefined && known !== null;
      return isOfField && judgeValue(one.type, register, { form: 'plain', value: known as FieldValue }, MODEL_VERSION) === null;
    });
  });
  return stand && materials.every(({ versions }) => versions.every(({ path }) => files.has(path)));
}

function isNewer(said: unknown): boolean {
  const version = typeof said === 'object' && said !== null && 'version' in said ? said.version : null;
  return typeof version === 'number' && version > VERSION;
}

function preimage(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(DOMAIN.length + bytes.length);
  whole.set(DOMAIN);
  whole.set(bytes, DOMAIN.length);
  return whole;
}

/** Returns the value that JSON says; undefined for what is none, or nested without end. */
function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

export function textBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
