import type { UsbRefusal } from '../../../../shared/features/sync/refusals.ts';
import { fromHex, toHex } from '../../../../shared/kernel/hex.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { mayReadSpace } from '../../../../shared/features/sync/reading.ts';
import { DERIVATIONS } from '../../../../shared/model/derivations.ts';
import { certificateOf } from '../../../../shared/node/store/sqlite/certificates.ts';
import { changeSetsByFeed, feedsBeyond, knownAmong, tips } from '../../../../shared/node/store/sqlite/change-log.ts';
import { acknowledgedTips } from '../../../../shared/node/store/sqlite/peers.ts';
import { sealedLength, wrapKey } from '../../../../shared/node/sealing.ts';
import {
  BUNDLE_CAPS,
  bundleStart,
  encodeManifest,
  fileBytesInBody,
  readManifest,
  segment,
  SEGMENT,
  SEGMENT_HEAD,
  SIGNATURE_BYTES,
  type BundleHead,
  type Manifest,
} from '../../../../shared/sync/bundle.ts';
import { decodeChangeSet } from '../../../../shared/sync/change-set.ts';
import { encodePack } from '../../../../shared/sync/pack/pack-writer.ts';
import type { PackSpace } from '../../../../shared/sync/pack/pack-header.ts';
import type { Hash, ReplicaId, SpaceId, Tip } from '../../../../shared/sync/types.ts';
import { filesOfSpaces, type NamedFile } from '../../files/needs.ts';
import { accountOf } from '../repository/account.ts';
import { revocationsToPassOn } from '../revocations.ts';
import type { SyncPorts } from '../context.ts';
import { lastWrittenTo, writtenBundles } from './history.ts';
import { recipientKey } from './recipients.ts';
import { shareableSpaces, sharedByDefault, shippedBy, vouchedAuthors } from './sharing.ts';
import { certificateHere } from './trust.ts';
import { USER_NAME } from '../../local-state/of-this-laptop.ts';

export interface ExportWish {
  /** Null: all that may be shared. */
  readonly spaces: readonly SpaceId[] | null;
  /** `last`, the id of an earlier bundle, or a device; null: whole. */
  readonly since: string | null;
  /** What it is written for. */
  readonly to: string;
  readonly files: boolean;
  readonly recipients: readonly ReplicaId[];
}

/** The content of a bundle, looked up before it is laid out. */
export interface Prepared {
  readonly spaces: readonly PackSpace[];
  /** Feed numbers of the change-sets, chain by chain. */
  readonly feeds: readonly number[];
  readonly files: readonly NamedFile[];
  /** Files that materials name and that are not on this laptop. */
  readonly filesNotHere: number;
  readonly certificates: readonly Uint8Array[];
  readonly keys: readonly Uint8Array[];
  /** Spaces that were wanted and stay: of sample workshops, or not for every one of the recipients to read. */
  readonly leftOut: readonly SpaceId[];
  readonly repositoryKey: string | null;
  readonly own: Uint8Array | null;
  readonly recipients: readonly { readonly replica: ReplicaId; readonly key: Uint8Array }[];
}

/** The peer under which the store keeps what a device is known to hold. */
export function peerOf(replica: ReplicaId): string {
  return `device/${replica}`;
}

/**
 * Looks up what a bundle would hold, as things stand now. Refuses `usb.notCertified` (this laptop must meet its repository first),
 * `usb.spaceUnknown`, `usb.sinceUnknown`, `usb.recipientUnknown`.
 */
export function prepareBundle(ports: SyncPorts, wish: ExportWish): Result<Prepared, UsbRefusal> {
  const { store, settings } = ports;
  const { db } = store;
  // What waits for its signature could not be packed.
  store.signRuns();
  const repositoryKey = accountOf(settings)?.repositoryKey ?? null;
  const own = repositoryKey === null ? null : certificateHere(ports, repositoryKey, store.replica);
  if (repositoryKey !== null && !own) return refuse('usb.notCertified');
  const recipients: { replica: ReplicaId; key: Uint8Array }[] = [];
  for (const replica of wish.recipients) {
    const key = recipientKey(ports, replica);
    if (!key) return refuse('usb.recipientUnknown');
    recipients.push({ replica, key });
  }
  const builtOn = baseOf(ports, wish);
  if (!builtOn) return refuse('usb.sinceUnknown');
  const stored = new Set(store.spaces());
  if (wish.spaces?.some((space) => !stored.has(space))) return refuse('usb.spaceUnknown');
  const wanted = [...new Set(wish.spaces ?? sharedByDefault(ports))].sort();
  const shareable = new Set(shareableSpaces(ports));
  const readers = recipients.flatMap(({ replica }) => ports.trust.actorOf(replica) ?? []);
  const goes = (space: SpaceId): boolean =>
    shareable.has(space) && readers.every((reader) => mayReadSpace(reader, space, ports.trust.workshop));
  const shipped = shippedBy(ports);

  const spaces: PackSpace[] = [];
  const feeds: number[] = [];
  const certificates = new Map<ReplicaId, Uint8Array>();
  const keys = new Map<ReplicaId, Uint8Array>();
  for (const space of wanted.filter(goes)) {
    const authors = new Set<ReplicaId>();
    for (const { replica, certificate, key } of vouchedAuthors(ports, space, repositoryKey, shipped)) {
      authors.add(replica);
      if (certificate) certificates.set(replica, certificate);
      if (key) keys.set(replica, key);
    }
    const to = tips(db, space).filter(({ replica }) => authors.has(replica));
    if (to.length === 0) continue;
    const from = builtOn.tips(space).filter(({ replica }) => authors.has(replica));
    for (const replica of [...authors].sort()) for (const feed of feedsBeyond(db, space, from, replica)) feeds.push(feed);
    spaces.push({ space, from, to });
  }
  const found = wish.files
    ? filesOfSpaces(
        ports,
        spaces.map(({ space }) => space),
        builtOn.files,
      )
    : { here: [], notHere: 0 };
  return ok({
    spaces,
    feeds,
    files: found.here,
    filesNotHere: found.notHere,
    certificates: [...certificates.values(), ...revocationsToPassOn(ports.settings)],
    keys: [...keys.values()],
    leftOut: wish.spaces === null ? [] : wanted.filter((space) => !goes(space)),
    repositoryKey,
    own,
    recipients,
  });
}

interface Base {
  tips(space: SpaceId): readonly Tip[];
  readonly files: ReadonlySet<string>;
}

const NOTHING: Base = { tips: () => [], files: new Set() };

/** Returns the base of a bundle, which its reader is taken to hold already; null: there is no such bundle and no such device. */
function baseOf({ store, settings }: SyncPorts, { since, to }: ExportWish): Base | null {
  if (since === null) return NOTHING;
  const earlier = since === 'last' ? lastWrittenTo(settings, to) : writtenBundles(settings).find(({ id }) => id === since);
  if (!earlier && since === 'last') return NOTHING;
  if (earlier) {
    const bySpace = new Map(earlier.spaces.map(({ space, tips: held }) => [space, held]));
    return { tips: (space) => here(store.db, bySpace.get(space) ?? []), files: new Set(earlier.files) };
  }
  if (!/^[0-9a-f]{32}$/.test(since)) return null;
  const isKnown = certificateOf(store.db, since) !== undefined || knownPeer(store.db, since);
  return isKnown ? { tips: (space) => acknowledgedTips(store.db, peerOf(since), space), files: new Set() } : null;
}

function knownPeer(db: SyncPorts['store']['db'], replica: ReplicaId): boolean {
  return db.prepare('select 1 from acknowledged where peer = ? limit 1').get(peerOf(replica)) !== undefined;
}

function here(db: SyncPorts['store']['db'], held: readonly Tip[]): Tip[] {
  const known = knownAmong(
    db,
    held.map(({ hash }) => hash),
  );
  return held.filter(({ hash }) => known.has(hash));
}

/** Change-sets go into packs of about so many bytes before compression, so that no reader holds more than one unpacked. */
const PACK_TARGET = 1 << 20;

interface Packed {
  readonly pack: Uint8Array;
  /** Change-sets packed so far, and their bytes before. */
  readonly done: number;
  readonly plainBytes: number;
}

/**
 * Puts the change-sets into packs. A pack ends only where every run of a chain in it is vouched for by a signature, so that each can be
 * verified by itself. Yields after each, for other work goes on meanwhile.
 */
export function* packsOf(ports: SyncPorts, feeds: readonly number[]): Generator<Packed> {
  let open: Uint8Array[] = [];
  let size = 0;
  let done = 0;
  let plainBytes = 0;
  const unproven = new Set<Hash>();
  const close = (): Packed => {
    const pack = encodePack({ spaces: [], certificates: [] }, open, { ...ports, derivations: DERIVATIONS });
    open = [];
    size = 0;
    return { pack, done, plainBytes };
  };
  const lookUp = changeSetsByFeed(ports.store.db);
  for (const feed of feeds) {
    const row = lookUp(feed);
    const changeSet = row && decodeChangeSet(row.bytes, ports.hasher);
    if (!row || !changeSet?.ok) throw Object.assign(new Error('a change-set of the log cannot be read'), { code: 'SQLITE_CORRUPT' });
    open.push(row.bytes);
    size += row.bytes.length;
    plainBytes += row.bytes.length;
    done++;
    const { hash, header, signature } = changeSet.value;
    if (header.prev !== null) unproven.delete(header.prev);
    if (signature === '') unproven.add(hash);
    if (size >= PACK_TARGET && unproven.size === 0) yield close();
  }
  if (open.length > 0) yield close();
}

/** A bundle laid out: everything but its files' bytes and the signature. */
export interface Laid {
  readonly id: string;
  readonly createdAt: number;
  readonly start: Uint8Array;
  /** The body before the files, in clear. */
  readonly records: readonly Uint8Array[];
  /** The key of a sealed body; null: it lies open. */
  readonly key: Uint8Array | null;
  /** Bytes of the whole file. */
  readonly bytes: number;
}

/** Lays a bundle out: its length is known before the first byte is written. */
export function layOutBundle(ports: SyncPorts, prepared: Prepared, packs: readonly Uint8Array[]): Laid {
  const { clock, random, settings, signer, store } = ports;
  const id = toHex(random.bytes(16));
  const createdAt = Math.floor(clock.now());
  const records = [segment(SEGMENT.manifest, encodeManifest(manifestOf(prepared))), ...packs.map((pack) => segment(SEGMENT.pack, pack))];
  const plain =
    records.reduce((sum, { length }) => sum + length, 0) +
    prepared.files.reduce((sum, { size }) => sum + fileBytesInBody(size), 0) +
    SEGMENT_HEAD;
  const key = prepared.recipients.length > 0 ? random.bytes(32) : null;
  // The writer is always among the readers: else nobody could look at what was handed out.
  const recipients = [
    ...prepared.recipients.filter(({ replica }) => replica !== store.replica),
    { replica: store.replica, key: signer.publicKey },
  ];
  const wrapping =
    key &&
    wrapKey(
      key,
      recipients.map((recipient) => recipient.key),
    );
  const head: BundleHead = {
    id,
    createdAt,
    name: prepared.own ? '' : (USER_NAME.read(settings) ?? '').slice(0, 200),
    certificate: prepared.own,
    repositoryKey: prepared.repositoryKey === null ? null : fromHex(prepared.repositoryKey),
    sealed: wrapping && {
      ephemeral: wrapping.ephemeral,
      recipients: recipients.map(({ replica }, i) => ({ replica, wrapped: wrapping.wrapped[i]! })),
    },
  };
  const body = key ? sealedLength(plain) : plain;
  const start = bundleStart(head, body, signer.publicKey);
  return { id, createdAt, start, records, key, bytes: start.length + body + SIGNATURE_BYTES };
}

function manifestOf({ spaces, certificates, feeds, files, keys }: Prepared): Manifest {
  return { spaces, certificates, changeSets: feeds.length, files: files.map(({ sha256, size }) => ({ sha256, size })), keys };
}

/** Whether the records, or what a bundle says of them before, are more than a reader takes at once. */
export function tooManyRecords(prepared: Prepared, packs: readonly Uint8Array[]): boolean {
  if (packs.reduce((sum, { length }) => sum + length, 0) > BUNDLE_CAPS.recordBytes) return true;
  return readManifest(encodeManifest(manifestOf(prepared))) === null;
}
