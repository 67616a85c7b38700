import { randomUUID } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { BINARY } from '../../shared/contract/repository.ts';
import { toHex } from '../../shared/kernel/hex.ts';
import { brotli, newSeed, nodeHasher, signerOf } from '../../shared/node/crypto.ts';
import { encodeCertificate, issueCertificate } from '../../shared/sync/certificate.ts';
import { encodeChangeSet, sealChangeSet, unsignedChangeSet } from '../../shared/sync/change-set.ts';
import { encodePack } from '../../shared/sync/pack/pack-writer.ts';
import type { ChangeSet, Op } from '../../shared/sync/types.ts';
import type { BareDevice } from './laptops/bare-device.ts';
import { anatomyOf, assemblePack } from './repository/pack-mutations.ts';

/**
 * What costs little to send and was once dear to receive: one entry an input. `bench/attack.ts` measures what others notice of each, and
 * `tests/sync/pushes/costly-inputs.test.ts` that each is refused by its code. To add one, add an entry.
 */
export interface CostlyInput {
  readonly name: string;
  /** What a certified device is answered; '' where it is taken, for it is no more than anybody may send. */
  readonly code: string;
  /** The request, made once: what is measured is what it costs to be received. */
  make(device: BareDevice): CostlyRequest;
}

export interface CostlyRequest {
  readonly path: string;
  readonly body: Uint8Array;
  readonly headers: Record<string, string>;
}

/** Sends it once; gives the code of the answer, '' where it was taken. */
export async function sendCostly(device: BareDevice, { path, body, headers }: CostlyRequest): Promise<string> {
  const answer = await device.ask('POST', path, body, headers);
  return answer.code || (answer.status < 400 ? '' : String(answer.status));
}

export const COSTLY_INPUTS: readonly CostlyInput[] = [
  {
    name: '16,000 frames of 26 bytes, 8 MiB of nothing each',
    code: 'sync.packMalformed',
    make: (device) => push(framesOf(device, device.signer, squeezed(bombLike(18)), 16_000)),
  },
  {
    name: '100 frames, 8 MiB of long columns each',
    code: 'sync.packMalformed',
    make: (device) => push(framesOf(device, device.signer, squeezed(longColumns()), 100)),
  },
  {
    name: 'frames that are right and unpack to 18 MB',
    code: 'sync.packTooLarge',
    make: (device) => push(packOf(device, Array<ChangeSet>(20).fill(sealed(device, [valueOf('a'.repeat(900_000))])))),
  },
  {
    name: 'a pack that somebody else signed',
    code: 'sync.senderWrong',
    make: (device) => push(framesOf(device, signerOf(newSeed()), squeezed(bombLike(18)), 16_000)),
  },
  {
    name: 'writes that promise a million million references',
    code: 'sync.packMalformed',
    make: (device) => push(framesOf(device, device.signer, hollowReferences(device), 1)),
  },
  {
    name: 'a header of 2,000 certificates',
    code: '',
    make: (device) => push(packOf(device, [sealed(device, [valueOf('x')])], certificatesFor(device))),
  },
  {
    name: 'references to 3,000 places of a chain',
    code: 'sync.packUnresolved',
    make: (device) => push(pointingAt(device, 3_000)),
  },
  {
    name: '2,000 change-sets with a signature each, the last one wrong',
    code: 'sync.signatureWrong',
    make: (device) => push(packOf(device, manySigned(device, 2_000))),
  },
];

const VALUES = { type: 'material', field: 'name' } as const;

function valueOf(value: string, id: string = randomUUID(), supersedes: readonly string[] = []): Op {
  return { entityType: VALUES.type, entityId: id, field: VALUES.field, supersedes, content: { form: 'plain', value } };
}

/** A change-set of the library, the first of a chain or after another. */
function sealed({ signer, replica }: BareDevice, ops: readonly Op[], before: ChangeSet | null = null): ChangeSet {
  const seq = (before?.header.seq ?? 0) + 1;
  const header = { version: 1, space: 'library', replica, seq, prev: before?.hash ?? null, t: 1_700_000_000_000, tq: 0 } as const;
  return sealChangeSet({ ...header, schema: 1, author: 'u', kind: 'data' }, ops, signer, nodeHasher);
}

function packOf(
  { signer }: BareDevice,
  changeSets: readonly ChangeSet[],
  certificates: readonly Uint8Array[] = [],
  locate?: (hash: string) => ReturnType<NonNullable<Parameters<typeof encodePack>[2]['locate']>>,
): Uint8Array {
  const ports = { hasher: nodeHasher, compression: brotli, signer, ...(locate && { locate }) };
  return encodePack({ spaces: [], certificates: [...certificates] }, changeSets.map(encodeChangeSet), ports);
}

function push(body: Uint8Array): CostlyRequest {
  return { path: '/v1/push', body, headers: { 'content-type': BINARY } };
}

function squeezed(plain: Uint8Array): Uint8Array {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return Uint8Array.from(brotliCompressSync(plain, { params }));
}

/** One payload again and again, in a pack with everything in order. */
function framesOf(device: BareDevice, signer: BareDevice['signer'], payload: Uint8Array, count: number): Uint8Array {
  const { header } = anatomyOf(packOf(device, []));
  return assemblePack({ header, frames: Array.from({ length: count }, () => ({ type: 1, codec: 1, payload })) }, { signer });
}

/** A list whose last item is a long list of small things. */
function bombLike(parts: number): Uint8Array {
  return Buffer.concat([Uint8Array.of(0x80 + Math.min(parts, 23), 0x9a, 0, 0x7f, 0xff, 0xf0), Buffer.alloc((8 << 20) - 16)]);
}

/** A list of 18 whose second item is four million numbers of one byte each. */
function longColumns(): Uint8Array {
  return Buffer.concat([Uint8Array.of(0x92, 1), Buffer.from([0x5a, 0, 0x7f, 0xff, 0]), Buffer.alloc(0x7fff00), Buffer.alloc(16, 0x80)]);
}

/** A frame as it should be, but for a shape that says how much its writes supersede. */
function hollowReferences(device: BareDevice): Uint8Array {
  const frame = anatomyOf(packOf(device, [sealed(device, [valueOf('x')])])).frames[0]!;
  const plain = frame.codec === 1 ? brotli.decompress(frame.payload, 1 << 20) : frame.payload;
  // The only shape: register 0, another entity, plain. The number behind it grows to eight bytes.
  const at = Buffer.from(plain).indexOf(Buffer.from([0x81, 0x42, 0, 2]));
  if (at < 0) throw new Error('no shape in the frame');
  const grown = Uint8Array.of(0x81, 0x49, 0, 0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f);
  return squeezed(Buffer.concat([plain.subarray(0, at), grown, plain.subarray(at + 4)]));
}

let certificates: readonly Uint8Array[] | null = null;

function certificatesFor({ replica, signer }: BareDevice): readonly Uint8Array[] {
  const stranger = signerOf(newSeed());
  const claims = { replica, publicKey: toHex(signer.publicKey), user: 'u', name: 'Awa', role: 'trainer', scope: 'all' };
  certificates ??= Array.from({ length: 2_000 }, (_, issuedAt) => encodeCertificate(issueCertificate({ ...claims, issuedAt }, stranger)));
  return certificates;
}

/** A change-set whose writes supersede what lies at so many places of a chain that is not here. */
function pointingAt(device: BareDevice, places: number): Uint8Array {
  const chain: ChangeSet[] = [];
  const id = randomUUID();
  const ops = (i: number): Op[] => [valueOf(`v${i}`, id)];
  for (let i = 0; i < places; i++) chain.push(unsignedChangeSet(sealed(device, ops(i), chain.at(-1) ?? null)));
  const byHash = new Map(chain.map((one) => [one.hash, one]));
  const over = sealed(
    device,
    [
      valueOf(
        'over',
        id,
        chain.map(({ hash }) => `${hash}:0`),
      ),
    ],
    chain.at(-1),
  );
  return packOf(device, [over], [], (hash) => {
    const found = byHash.get(hash);
    return found ? { ...found.header, hash, ops: found.ops } : null;
  });
}

function manySigned(device: BareDevice, count: number): ChangeSet[] {
  const chain: ChangeSet[] = [];
  for (let i = 0; i < count; i++) chain.push(sealed(device, [valueOf(`v${i}`)], chain.at(-1) ?? null));
  const last = chain.pop()!;
  return [...chain, { ...last, signature: toHex(new Uint8Array(64).fill(7)) }];
}
