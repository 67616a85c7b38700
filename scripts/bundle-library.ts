import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toHex } from '../shared/kernel/hex.ts';
import { MODEL_VERSION } from '../shared/model/entities.ts';
import { LIBRARY } from '../shared/model/spaces.ts';
import { deletion, restoration } from '../shared/node/store/deletion.ts';
import { brotli, newSeed, nodeClock, nodeHasher, nodeRandom, signerOf } from '../shared/node/crypto.ts';
import { LIBRARY_PACK, readLibrary, type Publisher } from '../shared/node/store/library.ts';
import { openStore } from '../shared/node/store/sqlite/opening/open-store.ts';
import type { SqliteStore } from '../shared/node/store/sqlite/sqlite-store.ts';
import { encodeCertificate, issueCertificate } from '../shared/sync/certificate.ts';
import { encodeChangeSet, replicaIdOf } from '../shared/sync/change-set.ts';
import { encodePack } from '../shared/sync/pack/pack-writer.ts';
import type { ChangeSet, FieldWrite } from '../shared/sync/types.ts';
import { libraryWrites, readLibrarySources } from './library-sources.ts';

/**
 * `npm run bundle`: writes `resources/library.pack` anew from the courses, questionnaires and materials beside it. What earlier packs held stays in
 * it, for laptops and repositories hold it already; only what differs is added, by a publisher whose key is made for this run and not
 * kept. Commit the pack with the sources.
 */

const PUBLISHER = 'Itinera';

/** Returns the writes of what the sources say, and the deletion of what they no longer have; the store leaves out what it already holds. */
function differences(store: SqliteStore, resources: string): FieldWrite[] {
  const wanted = libraryWrites(readLibrarySources(resources), nodeHasher);
  const kept = new Set(wanted.map(({ entityType, entityId }) => `${entityType} ${entityId}`));
  const gone = ['course', 'module', 'session', 'form', 'material'].flatMap((type) =>
    store.reader
      .all<{ id: string }>(`select id from "${type}" where live = 1`)
      .filter(({ id }) => !kept.has(`${type} ${id}`))
      .flatMap(({ id }) => deletion(store.reader, type, id)),
  );
  const back = [...kept].flatMap((entity) => {
    const [type, id] = entity.split(' ') as [string, string];
    return restoration(store.reader, type, id);
  });
  return [...wanted, ...back, ...gone];
}

/** Brings `library.pack` in `resources` up to its sources; says how many values it added, and how long the pack is. */
export function bundleLibrary(resources: string): { readonly added: number; readonly bytes: number } {
  const file = path.join(resources, LIBRARY_PACK);
  const signer = signerOf(newSeed());
  const replica = replicaIdOf(signer.publicKey, nodeHasher);
  const opened = openStore({ file: ':memory:', signer, hasher: nodeHasher, clock: nodeClock, random: nodeRandom, author: () => PUBLISHER });
  if (!opened.ok) throw new Error(opened.refusal.code);
  const store = opened.value;

  let earlier: { changeSets: readonly ChangeSet[]; publishers: readonly Publisher[] } = { changeSets: [], publishers: [] };
  const before = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  if (before.length > 0) {
    const read = readLibrary(before);
    if (!read.ok) throw new Error(`${file} is damaged; take it from the last commit`);
    earlier = read.value;
    store.ingest(earlier.changeSets);
  }
  const added = store.commit([{ space: LIBRARY, writes: differences(store, resources) }]);
  if (added.length === 0) return { added: 0, bytes: before.length };

  const claims = { user: PUBLISHER, name: PUBLISHER, role: 'publisher', scope: 'all', issuedAt: nodeClock.now() };
  const certificates = [
    ...earlier.publishers.map(({ certificate }) => certificate),
    { ...claims, replica, publicKey: toHex(signer.publicKey) },
  ].map((known) => encodeCertificate(issueCertificate(known, signer)));
  const changeSets = [...earlier.changeSets, ...added];
  const pack = encodePack(
    { spaces: [{ space: LIBRARY, from: [], to: store.tips(LIBRARY) }], certificates },
    changeSets.map(encodeChangeSet),
    { hasher: nodeHasher, compression: brotli, signer },
  );
  const check = readLibrary(pack);
  if (!check.ok || check.value.changeSets.length !== changeSets.length) throw new Error('the pack does not read back');
  writeFileSync(`${file}.new`, pack);
  renameSync(`${file}.new`, file);
  return { added: added.reduce((sum, { ops }) => sum + ops.length, 0), bytes: pack.length };
}

if (import.meta.filename === process.argv[1]) {
  const { added, bytes } = bundleLibrary(path.resolve(import.meta.dirname, '../resources'));
  console.log(`${LIBRARY_PACK}: ${added} values added (model ${MODEL_VERSION}), ${bytes} bytes in all`);
}
