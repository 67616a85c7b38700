import { faultsOf, type Mutant } from './mutants.ts';

const inFile = faultsOf('exchange');

const STEP = 'tests/faults/sync-step.test.ts';
const SYNC = 'tests/features/sync/sync.test.ts';
const RESTORED = 'tests/features/sync/sync-restored.test.ts';
const HOLES = 'tests/sync/pushes/exchange-holes.test.ts';
const BUCKET = 'tests/conformance/repository-files.test.ts';
const FILES = 'tests/features/sync/sync-files.test.ts';
const CUTS = 'tests/faults/file-cuts.test.ts';
const MATRIX = 'tests/sync/server/route-matrix.test.ts';
const MALFORMED = 'tests/sync/pack/malformed.test.ts';
const BYTES = 'tests/sync/pushes/unreadable-bytes.test.ts';
const LOST = 'tests/features/sync/access-lost.test.ts';
const ROWS = 'tests/sync/pushes/rows-read.test.ts';
const RECEIVED = 'tests/sync/pushes/received-at.test.ts';

const applying = inFile('electron/engine/sync/repository/pull.ts', STEP);
const holes = inFile('electron/engine/sync/repository/pull.ts', HOLES);
const sending = inFile('electron/engine/sync/repository/push.ts', STEP);
const receiving = inFile('server/push/push.ts', STEP);
const judging = inFile('server/push/push.ts', MATRIX);
const believing = inFile('server/push/push-decoder.ts', MALFORMED);
const recovering = inFile('server/push/push.ts', RESTORED, HOLES);
const answering = inFile('server/pull/pull.ts', BYTES);
const feeding = inFile('server/pull/pull.ts', ROWS);
const paging = inFile('server/folder/folder-feed.ts', ROWS);
const folding = inFile('server/folder/folder-push.ts', STEP);
const greeting = inFile('server/exchange.ts', RESTORED);
const hearing = inFile('server/exchange.ts', SYNC);
const comparing = inFile('server/exchange.ts', BYTES);
const parts = inFile('server/files/files.ts', CUTS);
const resuming = inFile('electron/engine/files/transfer.ts', FILES, CUTS);
const finishing = inFile('server/files/files.ts', FILES);
const bucket = inFile('shared/node/files/s3-files.ts', BUCKET);
const arriving = inFile('shared/node/files/open-blob-store.ts', FILES);
const notes = inFile('shared/sync/pack/pack-format.ts', ROWS);
const framing = inFile('shared/sync/pack/framing.ts', 'tests/sync/pack/pack.test.ts');
const spaces = inFile('shared/node/store/written-rows.ts', 'tests/sync/acceptance/first-space.test.ts');
const leaving = inFile('electron/engine/sync/access/evict.ts', LOST);
const away = inFile('shared/node/store/sqlite/committing.ts', LOST);
const comingBack = inFile('shared/node/store/sqlite/ingesting.ts', LOST);
const wiping = inFile('shared/node/store/sqlite/wipe-space.ts', LOST);
const keeping = inFile('server/push/push.ts', LOST);
const dating = inFile('shared/node/store/sqlite/ingesting.ts', RECEIVED);
const datingPushes = inFile('server/folder/folder-push.ts', RECEIVED);
const askingAway = inFile('server/exchange.ts', 'tests/sync/access-lost.test.ts');
const summing = inFile('shared/node/store/sqlite/own-chains.ts', ROWS);
const abridging = inFile('shared/sync/pack/abridged.ts', 'tests/sync/pack/abridged.test.ts');
const vouching = inFile('server/pull/pull-certificates.ts', 'tests/sync/pushes/many-authors.test.ts');
const gathering = inFile('server/pull/pull-answer.ts', 'tests/sync/pushes/many-authors.test.ts');
const takingTurns = inFile('server/pull/pull-answer.ts', 'tests/sync/pulls/pull-turns.test.ts');
const durable = inFile('shared/node/store/sqlite/opening/open-database.ts', 'tests/sync/sqlite/sqlite-opening.test.ts');

/** Faults planted in what laptops and repository exchange: each is one that another engine has, or that somebody could write. */
export const EXCHANGE_MUTANTS: readonly Mutant[] = [
  applying(
    'the cursor moves before what it stands for is applied',
    '  const pulled = store.transaction(() => {\n',
    '  keepState(settings, afterFrame(stateOf(settings), position));\n  const pulled = store.transaction(() => {\n',
  ),
  applying(
    'the cursor moves and nothing is applied',
    'store.ingest(\n      changeSets,\n      undefined,',
    'store.ingest(\n      changeSets.slice(0, 0),\n      undefined,',
  ),
  applying(
    'what is missing its parent is dropped',
    'const { applied, known, missing } = store.ingest(\n      changeSets,',
    'const missing: { space: string; prev: string }[] = [];\n    const { applied, known } = store.ingest(\n      changeSets.slice(1),',
  ),
  holes('a hole in the feed is left', 'state = withHoles(state, [...new Set(holes)]);', ''),
  sending(
    'it is written down as sent before the answer',
    '      const reply = await run.remote.push(pack);\n',
    '      for (const { space, replica, seq, hash } of frame) alsoAcknowledge(run.store.db, PEER, space, [{ space, replica, seq, hash }]);\n      const reply = { ok: true as const, value: { applied: frame.length, known: 0, missing: [], refused: [] } };\n      void run.remote.push(pack);\n',
  ),
  folding(
    'acknowledged before it is committed',
    '      store.transaction(() => {\n        for (const changeSet of changeSets) push.judge(changeSet, context);',
    '      queueMicrotask(() => store.transaction(() => changeSets.forEach((one) => push.judge(one, context))));\n      store.transaction(() => {',
  ),
  receiving(
    'a fault of the store is answered as if all were well',
    'if (!(error instanceof Unprovable)) throw error;',
    'if (!(error instanceof Unprovable)) return push;',
  ),
  recovering(
    'a change-set whose parent is missing is said to be taken',
    "    if (became !== 'missing') {\n",
    "    if (became !== 'missing' || changeSet.header.seq > 0) {\n",
  ),
  recovering(
    "others' work is not taken back",
    '    if (replica !== device.replica) {\n',
    '    if (replica !== device.replica) {\n      if (replica.length > 0) return SPACE_CLOSED;\n',
  ),
  judging(
    'whoever may send may write',
    'const verdict = this.#verdictOn(changeSet, context);',
    'const verdict = this.#verdictOn(changeSet, context) === SPACE_CLOSED ? SPACE_CLOSED : null;',
  ),
  judging(
    'a closed space is open to who writes',
    'const verdict = this.#verdictOn(changeSet, context);',
    'const judged = this.#verdictOn(changeSet, context); const verdict = judged === SPACE_CLOSED ? null : judged;',
  ),
  believing('a wrong signature is believed', 'return unproven === null ? ok(changeSets)', 'return unproven !== undefined ? ok(changeSets)'),
  believing('whoever signed a pack may bring it', "if (sealed.value.sender !== sender) return refuse('sync.senderWrong');", ''),
  answering('whatever is asked for is sent', 'if (readable.has(space)) fills.set(', 'fills.set('),
  comparing('positions of every space are told', 'request.spaces.filter((space) => readable.has(space))', 'request.spaces'),
  paging(
    'the feed is sorted anew for every page',
    'where space = ? and feed > ? and feed <= ? and replica <> ? order by feed limit ?',
    'where space in (?) and feed > ? and feed <= ? and replica <> ? order by +feed limit ?',
  ),
  feeding('a page ends the feed', '    if (rows.length < PAGE) return;', '    if (rows.length <= PAGE) return;'),
  feeding(
    'spaces come one after the other',
    '(one.rows[one.at]!.feed < best.rows[best.at]!.feed ? one : best)',
    '(one.rows[one.at]!.feed > best.rows[best.at]!.feed ? one : best)',
  ),
  greeting('a restored repository does not say so', 'reset: cursor !== null && feed === null,', 'reset: false,'),
  hearing('nobody is told of what is new', '        behind,\n', '        behind: false,\n'),
  parts(
    'what came before a cut is thrown away',
    '  await flush();\n  return written;',
    '  if (written + waiting === room) await flush();\n  return written;',
  ),
  finishing(
    'a file that was left unfinished counts as delivered',
    'return Math.max(0, Math.min(size - 1, held));',
    'return Math.max(0, Math.min(size, held));',
  ),
  bucket('a long file in a bucket is taken for what its name says', "if (hash.digest('hex') !== sha256) return false;", ''),
  resuming(
    'a file starts again from its beginning',
    'for (let held = files.partial(sha256); held < size;',
    'for (let held = 0; held < size;',
  ),
  resuming(
    'what came before a cut is thrown away here, too',
    'if (bytes.length > 0 && held + bytes.length <= size)',
    'if (bytes.length > 0 && held + bytes.length === size)',
  ),
  arriving(
    'a file is taken for what its name says',
    'if ((await sha256OfFile(part)) !== sha256) {',
    'if ((await sha256OfFile(part)) === "") {',
  ),
  notes('a position in many spaces is too long to be read', 'noteBytes: 512 * 1024', 'noteBytes: 4096'),
  framing('long lists fill a frame beyond what is read', ' || parts >= MOST.parts', ''),
  spaces('what was refused takes a record into another space', 'standing.length > 0 ? standing : values', 'values'),
  leaving('a space is wiped before what was written there is brought', 'if (lacks.value.length === 0 && wipe(', 'if (wipe('),
  leaving('a space that a repository has lost is wiped', 'return ok(said ? lacks : null);', 'return ok(said ? lacks : []);'),
  leaving('personal values stay with what is set aside', 'redactChangeSet(whole.value, () => true, hasher)', 'whole.value'),
  leaving('what was set aside is not offered again', 'rows.filter(({ hash }) => !known.has(hash)),', 'rows.slice(0, 0),'),
  away('a chain begins anew in a space that was wiped', 'if (anyAway && away.has(part.space))', 'if (part.space === "")'),
  comingBack("what comes back with a space is taken for a twin's", ' && !away.covers(space, replica, seq)', ''),
  wiping('a space that was wiped can still be searched', '    forget.run(found.rowid, found.text);\n', ''),
  keeping(
    'what was set aside stands without its personal values',
    'if (!kept?.ok) return changeSet;',
    'if (kept !== null) return changeSet;',
  ),
  durable('a commit is confirmed before it is on the disk', "db.pragma('synchronous = FULL');", "db.pragma('synchronous = NORMAL');"),
  dating('what comes from elsewhere has no time of receipt', 'batch, receivedAt(changeSet));', 'batch, null);'),
  datingPushes('a push is dated by nobody', 'receivedAt: () => receivedAt }', 'receivedAt: () => null }'),
  askingAway('a hash of any space opens the question of what is lacking', 'if (known.size === 0) return null;', ''),
  summing(
    'what waits is counted anew at each look',
    'end.bytes !== null && covered.bytes !== null',
    'end.bytes === -1 && covered.bytes !== null',
  ),
  summing('what was confirmed is counted as waiting', 'bytes: end.bytes - covered.bytes', 'bytes: end.bytes'),
  abridging('an abridged pack grows without end', 'if (part.length > room) return TOO_LARGE;', ''),
  abridging('a small part grows to whatever it likes', 'known, Math.min(room, SMALL)', 'known, room'),
  takingTurns('an answer keeps the process to itself', '    unsent = [];\n    await othersTurn();\n', '    unsent = [];\n'),
  takingTurns('an answer of before keeps the process to itself', 'yield cut.write();\n      await othersTurn();\n', 'yield cut.write();\n'),
  vouching('certificates travel again and again', 'if (this.#met.has(replica)) continue;', ''),
  vouching('who wrote elsewhere is certified anew', 'if (!known.has(replica)) needed.add(replica);', 'needed.add(replica);'),
  gathering('a header of before takes certificates without end', 'room -= one.length;', ''),
];
