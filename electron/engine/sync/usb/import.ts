import type { UsbRefusal } from '../../../../shared/features/sync/refusals.ts';
import path from 'node:path';
import { storageRefusal, type CallContext } from '../../../../shared/contract/rpc.ts';
import { mayReadSpace, type WorkshopFacts } from '../../../../shared/features/sync/reading.ts';
import { fromHex } from '../../../../shared/kernel/hex.ts';
import { ok, type Result } from '../../../../shared/kernel/result.ts';
import { isKeptNowhere } from '../../../../shared/features/sync/refused-place.ts';
import { parseSpace } from '../../../../shared/model/spaces.ts';
import { certificateOf, putCertificate } from '../../../../shared/node/store/sqlite/certificates.ts';
import { knownAmong } from '../../../../shared/node/store/sqlite/change-log.ts';
import { alsoAcknowledge } from '../../../../shared/node/store/sqlite/own-chains.ts';
import { BUNDLE_CAPS, readManifest, SEGMENT, type Manifest } from '../../../../shared/sync/bundle.ts';
import type { Certificate } from '../../../../shared/sync/certificate.ts';
import { replicaIdOf } from '../../../../shared/sync/change-set.ts';
import { decodePack } from '../../../../shared/sync/pack/pack-reader.ts';
import { verifyAll } from '../../../../shared/sync/vouching.ts';
import type { ChangeSet, ReplicaId, SpaceId, Tip } from '../../../../shared/sync/types.ts';
import { accountOf, stateOf } from '../repository/account.ts';
import { readRevocations } from '../../../../shared/sync/revocation.ts';
import { blockedSpaces } from '../access/evicted-spaces.ts';
import { judgeAuthors } from '../judge.ts';
import { learnRevocations } from '../revocations.ts';
import type { SyncPorts } from '../context.ts';
import { recordRead, readBundles, type ReadBundle } from './history.ts';
import { peerOf } from './prepare.ts';
import { BundleFault, withBundle, type Body, type SignedBundle } from './read.ts';
import { takeFiles, type TakenFiles } from './take-files.ts';
import { adoptRepository, verifySender, certificateBy, keepUnvouchedKey, repositoryHere, type Sender } from './trust.ts';

/** The counts of what was taken from a bundle. */
export interface Imported extends TakenFiles {
  readonly applied: number;
  /** Change-sets of it that wait for an ancestor. */
  readonly held: number;
  /** Of those, not here before. */
  readonly newlyHeld: number;
  /** Waiting since an earlier bundle, and applied now. */
  readonly released: number;
  /** Not for this laptop to read, of a broken chain, or kept without effect because its author may not write it. */
  readonly refused: number;
  readonly known: number;
  /** Places of chains that it builds on and that are not here. */
  readonly missing: readonly (Tip & { readonly space: SpaceId })[];
  readonly sender: ReplicaId;
  readonly writtenAt: number;
  /** This very file was read before. */
  readonly again: boolean;
}

/**
 * Imports a bundle: all of its records in one transaction or none, then its files, each whole or not at all. Whatever it was, it is written down for the
 * history. Refuses as `withBundle` and `believe` do, and `usb.notForUs`, `usb.authorUnknown`, `usb.malformed`.
 */
export async function importBundle(ports: SyncPorts, file: string, call: CallContext): Promise<Result<Imported, UsbRefusal>> {
  const learnt = { id: '', sender: '', writtenAt: 0, sha256: '' };
  const done = await withBundle(ports, file, call, async (bundle) => {
    learnt.sha256 = bundle.sha256;
    const sender = verifySender(ports, bundle.head, bundle.publicKey);
    if (!sender.ok) return sender;
    Object.assign(learnt, { id: bundle.head.id, sender: sender.value.replica, writtenAt: bundle.head.createdAt });
    return takeIn(ports, bundle, sender.value, call);
  });
  const at = new Date(ports.clock.now()).toISOString();
  const entry: ReadBundle = {
    id: learnt.id,
    at,
    name: path.basename(file),
    code: done.ok ? '' : done.refusal.code,
    sender: learnt.sender,
    writtenAt: learnt.sender === '' ? '' : instantOf(learnt.writtenAt),
    applied: done.ok ? done.value.applied : 0,
    held: done.ok ? done.value.newlyHeld : 0,
    refused: done.ok ? done.value.refused : 0,
    files: done.ok ? done.value.files : 0,
    sha256: learnt.sha256,
  };
  if (done.ok || done.refusal.code !== 'job.cancelled') note(ports, entry, done.ok);
  return done;
}

/** Writes a bundle down for the history. What is here already is not refused because the disk has no room for that line. */
function note({ settings }: SyncPorts, entry: ReadBundle, isHere: boolean): void {
  try {
    recordRead(settings, entry);
  } catch (error) {
    if (!isHere || storageRefusal(error)?.code !== 'storage.full') throw error;
  }
}

async function takeIn(ports: SyncPorts, bundle: SignedBundle, sender: Sender, call: CallContext): Promise<Result<Imported, UsbRefusal>> {
  const { store, settings } = ports;
  const { head } = bundle;
  const key = head.sealed ? ports.vault.unseal(head.sealed) : null;
  if (head.sealed && !key) throw new BundleFault('usb.notForUs');
  const again = readBundles(settings).some(({ sha256, code }) => sha256 === bundle.sha256 && code === '');
  const body = bundle.body(key);
  const first = await body.segment(BUNDLE_CAPS.manifestBytes);
  const manifest = first.type === SEGMENT.manifest ? readManifest(first.payload) : null;
  if (!manifest) throw new BundleFault('usb.malformed');
  const authors = authorsIn(ports, manifest, sender);
  const read = await readPacks(ports, body, manifest, authors, call);
  const isClosed = closedTo(ports, read.workshops);
  call.signal.throwIfAborted();

  call.progress({ label: 'sync.usbApplying', done: 0, total: manifest.changeSets, unit: 'items' });
  const count = { applied: 0, held: 0, newlyHeld: 0, released: 0, refused: 0, known: 0 };
  let missing: Imported['missing'] = [];
  const quarantine = judgeAuthors(ports, sender.replica);
  // Verified to the last byte; from here on nothing waits, and all of it is one step.
  store.transaction(() => {
    learn(ports, sender, authors);
    const lacking: ChangeSet[] = [];
    const receive = (changeSets: readonly ChangeSet[]): void => {
      const received = store.receive(changeSets, head.id, { quarantine, isCarried: true });
      lacking.push(...received.lacking);
      count.refused += received.missing.length + received.quarantined;
      count.applied += received.applied;
      count.newlyHeld += received.held;
      count.held += received.held + received.heldBefore;
      count.released += received.released;
      count.known += received.known;
    };
    for (const pack of read.packs) {
      const changeSets = unpack(ports, pack);
      const taken = changeSets.filter((changeSet) => !isClosed(changeSet.header.space) && !isKeptNowhere(changeSet));
      count.refused += changeSets.length - taken.length;
      receive(taken);
    }
    // Who was erased may stand in a later pack than what is about them.
    if (lacking.length > 0) receive(lacking.splice(0));
    count.refused += lacking.length;
    missing = missingOf(ports, manifest, isClosed);
    for (const { space, to } of manifest.spaces)
      if (!isClosed(space)) alsoAcknowledge(store.db, peerOf(sender.replica), space, here(ports, to));
  });
  const files = await takeFiles(ports, body, read.next, manifest, call);
  return ok({ ...count, ...files, missing, sender: sender.replica, writtenAt: head.createdAt, again });
}

/** Who the work in a bundle is by, as far as it is vouched for. */
interface Authors {
  readonly certificates: ReadonlyMap<ReplicaId, { readonly certificate: Certificate; readonly bytes: Uint8Array }>;
  readonly keys: ReadonlyMap<ReplicaId, Uint8Array>;
  /** Lists of devices turned out, signed by the repository. */
  readonly revocations: readonly Uint8Array[];
  keyOf(replica: ReplicaId): Uint8Array | null;
}

/** Refuses a bundle that names an author whom its repository did not certify. */
function authorsIn(ports: SyncPorts, manifest: Manifest, sender: Sender): Authors {
  const { store, signer, hasher } = ports;
  const { repositoryKey } = sender;
  const certificates = new Map<ReplicaId, { certificate: Certificate; bytes: Uint8Array }>();
  const keys = new Map<ReplicaId, Uint8Array>();
  const revocations: Uint8Array[] = [];
  if (repositoryKey === null) for (const key of [sender.publicKey, ...manifest.keys]) keys.set(replicaIdOf(key, hasher), key);
  else {
    for (const bytes of [...(sender.certificate ? [sender.certificate.bytes] : []), ...manifest.certificates]) {
      const certificate = certificateBy(repositoryKey, bytes, ports);
      if (!certificate) {
        if (!readRevocations(bytes, fromHex(repositoryKey), ports.verifier)) throw new BundleFault('usb.foreign');
        revocations.push(bytes);
        continue;
      }
      certificates.set(certificate.replica, { certificate, bytes });
    }
    keys.set(replicaIdOf(fromHex(repositoryKey), hasher), fromHex(repositoryKey));
  }
  return {
    certificates,
    keys,
    revocations,
    keyOf(replica) {
      if (replica === store.replica) return signer.publicKey;
      const certified = certificates.get(replica);
      return certified ? fromHex(certified.certificate.publicKey) : (keys.get(replica) ?? null);
    },
  };
}

interface ReadPacks {
  /** Verified, to be unpacked once more when they are applied: their bytes are a tenth of what they hold. */
  readonly packs: readonly Uint8Array[];
  readonly workshops: ReadonlyMap<string, WorkshopFacts>;
  /** The part that came after the last pack. */
  readonly next: { readonly type: number; readonly payload: Uint8Array };
}

async function readPacks(ports: SyncPorts, body: Body, manifest: Manifest, authors: Authors, call: CallContext): Promise<ReadPacks> {
  const named = new Set(manifest.spaces.map(({ space }) => space));
  const workshops = new Map<string, WorkshopFacts>();
  const packs: Uint8Array[] = [];
  let changeSets = 0;
  let bytes = 0;
  for (;;) {
    const next = await body.segment(BUNDLE_CAPS.packBytes);
    if (next.type !== SEGMENT.pack) {
      if (changeSets !== manifest.changeSets) throw new BundleFault('usb.malformed');
      return { packs, workshops, next };
    }
    bytes += next.payload.length;
    if (bytes > BUNDLE_CAPS.recordBytes) throw new BundleFault('usb.tooManyRecords');
    const unpacked = unpack(ports, next.payload);
    const genuine = verifyAll(unpacked, (replica) => authors.keyOf(replica), ports);
    if (!genuine.ok) throw new BundleFault(genuine.refusal.code === 'sync.replicaUnknown' ? 'usb.authorUnknown' : 'usb.altered');
    if (unpacked.some(({ header }) => !named.has(header.space))) throw new BundleFault('usb.malformed');
    for (const changeSet of unpacked) noteWorkshop(workshops, changeSet, authors);
    packs.push(next.payload);
    changeSets += unpacked.length;
    call.signal.throwIfAborted();
    call.progress({ label: 'sync.usbReading', done: changeSets, total: manifest.changeSets, unit: 'items' });
  }
}

function unpack(ports: SyncPorts, pack: Uint8Array): readonly ChangeSet[] {
  const decoded = decodePack(pack, ports);
  if (!decoded.ok) throw new BundleFault('usb.malformed');
  return decoded.value.changeSets;
}

/** Notes the facts that a bundle itself has of a workshop that is not here yet: its countries, and who opened it. */
function noteWorkshop(workshops: Map<string, WorkshopFacts>, { header, ops }: ChangeSet, authors: Authors): void {
  const parsed = parseSpace(header.space);
  if (parsed?.kind !== 'plan' || parsed.owner === null) return;
  const { countries, creator } = workshops.get(parsed.owner) ?? { countries: [], creator: '' };
  const opens = header.kind === 'genesis' ? authors.certificates.get(header.replica)?.certificate.user : undefined;
  const named = ops.find(
    ({ entityType, entityId, field }) => entityType === 'activity' && entityId === parsed.owner && field === 'countries',
  );
  const value = named && named.content.form !== 'redacted' ? named.content.value : null;
  const found = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  workshops.set(parsed.owner, { countries: [...countries, ...found], creator: creator || (opens ?? '') });
}

/**
 * Which spaces this laptop may not read: its own certificate and the list that the repository gave it decide; nothing of them is kept. A laptop
 * that is enrolled nowhere has nobody to forbid it anything.
 */
function closedTo(ports: SyncPorts, workshops: ReadonlyMap<string, WorkshopFacts>): (space: SpaceId) => boolean {
  const { store, settings } = ports;
  if (!accountOf(settings)) return () => false;
  const granted = new Set(stateOf(settings).spaces);
  const reader = ports.trust.actorOf(store.replica);
  // The certificate may say more than still holds.
  const known = new Map<SpaceId, boolean>([...blockedSpaces(settings)].map((space) => [space, true]));
  return (space) => {
    const answer =
      known.get(space) ??
      !(
        granted.has(space) ||
        (reader !== null && mayReadSpace(reader, space, (id) => ports.trust.workshop(id) ?? workshops.get(id) ?? null))
      );
    known.set(space, answer);
    return answer;
  };
}

/** Keeps what lets later bundles be believed: certificates, or keys where no repository is asked for. */
function learn(ports: SyncPorts, sender: Sender, authors: Authors): void {
  const { store, settings } = ports;
  if (sender.repositoryKey === null) {
    for (const [replica, key] of authors.keys) if (replica !== store.replica) keepUnvouchedKey(settings, replica, key);
    return;
  }
  if (repositoryHere(settings) === null) adoptRepository(settings, sender.repositoryKey);
  for (const bytes of authors.revocations) learnRevocations(settings, ports.verifier, bytes);
  for (const { certificate, bytes } of authors.certificates.values()) {
    const { replica, publicKey, name, issuedAt } = certificate;
    const known = certificateOf(store.db, replica);
    const before = known && certificateBy(sender.repositoryKey, known.bytes, ports);
    // A stick may have lain in a drawer: an older certificate of this repository never replaces a newer one.
    if (before && before.issuedAt >= issuedAt) continue;
    putCertificate(store.db, { replica, publicKey: fromHex(publicKey), name, bytes });
  }
}

function missingOf({ store }: SyncPorts, manifest: Manifest, isClosed: (space: SpaceId) => boolean): (Tip & { readonly space: SpaceId })[] {
  const open = manifest.spaces.filter(({ space }) => !isClosed(space));
  const built = open.flatMap(({ space, from }) => from.map((tip) => ({ ...tip, space })));
  const known = knownAmong(
    store.db,
    built.map(({ hash }) => hash),
  );
  return built.filter(({ hash }) => !known.has(hash));
}

function here({ store }: SyncPorts, tips: readonly Tip[]): Tip[] {
  const known = knownAmong(
    store.db,
    tips.map(({ hash }) => hash),
  );
  return tips.filter(({ hash }) => known.has(hash));
}

function instantOf(t: number): string {
  return Math.abs(t) <= 8.64e15 ? new Date(t).toISOString() : new Date(0).toISOString();
}
