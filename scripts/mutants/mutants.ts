/** One rule broken on purpose: `find` occurs once in `file`; one of `tests` must fail with `replace` in its place. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly tests: readonly string[];
  /** Its tests run on PostgreSQL too. */
  readonly project?: 'postgres';
}

/** Makes the mutants of an area: a file, and the tests that must find them. */
export function faultsOf(area: string, project?: Mutant['project']) {
  return (file: string, ...tests: readonly string[]) =>
    (name: string, find: string, replace: string): Mutant => ({
      name: `${area}: ${name}`,
      file,
      find,
      replace,
      tests,
      ...(project && { project }),
    });
}

const MERGE = ['tests/sync/merge.test.ts', 'tests/conformance'];
const CHAIN = ['tests/sync/pack/chain.test.ts', 'tests/conformance'];
const CHANGE_SET = ['tests/sync/pack/change-set.test.ts'];
const PACK = ['tests/sync/pack/pack.test.ts'];
const FRAME = ['tests/sync/pack/frame.test.ts'];
const STORE = ['tests/conformance', 'tests/sync/sqlite/sqlite-', 'tests/sync/convergence.test.ts'];

function inFile(file: string, tests: readonly string[]): (name: string, find: string, replace: string) => Mutant {
  return (name, find, replace) => ({ name, file, find, replace, tests });
}

const register = inFile('shared/sync/register.ts', MERGE);
const merge = inFile('shared/sync/merge.ts', MERGE);
const chain = inFile('shared/sync/chain.ts', CHAIN);
const canonical = inFile('shared/sync/canonical.ts', [...CHANGE_SET, ...PACK]);
const changeSet = inFile('shared/sync/change-set.ts', CHANGE_SET);
const pack = inFile('shared/sync/pack/pack-reader.ts', PACK);
const packSeal = inFile('shared/sync/pack/pack-seal.ts', PACK);
const packFrames = inFile('shared/sync/pack/pack-frames.ts', PACK);
const vouching = inFile('shared/sync/vouching.ts', [...FRAME, 'tests/sync/vouching.test.ts']);
const frameWriter = inFile('shared/sync/pack/frame-writer.ts', FRAME);
const frameReader = inFile('shared/sync/pack/frame-reader.ts', FRAME);
const framing = inFile('shared/sync/pack/framing.ts', FRAME);
const signedRuns = inFile('shared/node/store/sqlite/signed-runs.ts', ['tests/sync/pack/signed-runs.test.ts']);
const digest = inFile('shared/sync/digest.ts', ['tests/sync/pack/digest.test.ts']);
const projection = inFile('shared/node/store/projection.ts', STORE);
const writing = inFile('shared/node/store/change-set-builder.ts', STORE);
const ingesting = inFile('shared/node/store/sqlite/ingesting.ts', STORE);
const transactions = inFile('shared/node/store/sqlite/transactions.ts', STORE);
const rulings = inFile('shared/node/store/sqlite/rulings.ts', STORE);
const registers = inFile('shared/node/store/sqlite/register-batch.ts', STORE);
const written = inFile('shared/node/store/written-rows.ts', STORE);
const log = inFile('shared/node/store/sqlite/change-log.ts', STORE);

export const MUTANTS: readonly Mutant[] = [
  register('rule-1: a superseded value stays a head', 'if (this.#superseded.has(value.id)) return;', ''),
  register(
    'rule-1: a refused value stays a head',
    'if (!value.effective) return;',
    'if (!value.effective) value = { ...value, supersedes: [] };',
  ),
  register('rule-1: a refused value still supersedes', 'if (!value.effective) return;', ''),
  register('rule-1: what comes after what superseded it stays', 'if (this.#superseded.has(value.id)) return;', ''),
  register('rule-1: of many heads the superseded one stays known', 'this.#many?.remove(head);', ''),
  register('rule-2: the last write wins silently', 'heads: [...this.#heads],', 'heads: this.#heads.slice(0, 1),'),
  register('rule-2: what was given before changes', 'heads: [...this.#heads],', 'heads: this.#heads,'),
  register('rule-2: equal values are a conflict', 'else if (first !== text) return true;', 'else return true;'),
  register('rule-2: different values are no conflict', 'else if (first !== text) return true;', 'else if (first !== text) return false;'),
  register('rule-2: an erased value takes part', 'if (head.erased) continue;', ''),
  register('rule-3: the oldest is shown first', 'return b.t - a.t;', 'return a.t - b.t;'),
  register('rule-3: trust in the clock is ignored', 'if (a.tq !== b.tq) return b.tq - a.tq;', ''),
  register('rule-3: equal times are ordered by arrival', 'if (a.hash !== b.hash) return a.hash < b.hash ? 1 : -1;', ''),
  register('rule-3: what is erased may be shown first', 'if (a.erased !== b.erased) return a.erased ? 1 : -1;', ''),
  register('rule-3: two values of one change-set are ordered by arrival', 'return b.index - a.index;', 'return 0;'),
  merge(
    'rule-1: any field supersedes in any register',
    'let register = this.#registers.get(value.field);',
    'let register = [...this.#registers.values()][0];',
  ),
  merge(
    'rule-5: a deletion hides what its author had not seen',
    'const unseen = others.some(([, { heads }]) => heads.some((head) => !seen.has(head.id)));',
    'const unseen = false;',
  ),
  merge('rule-5: a refused deletion counts as having seen', 'value.effective && value.value === true', 'value.value === true'),
  merge(
    'rule-5: a restoration counts as having seen',
    'value.effective && value.value === true',
    'value.effective && value.value !== null',
  ),
  merge(
    'rule-5: a restoration apart is overruled',
    'if (marks.some((head) => head.value !== true)) return { live: true, flagged: true };',
    '',
  ),
  merge('rule-5: an unseen write is not flagged', 'return { live: unseen, flagged: unseen };', 'return { live: unseen, flagged: false };'),
  merge('rule-5: a deletion is ignored', 'if (!marks.some((head) => head.value === true)) return', 'if (marks.length >= 0) return'),
  merge('rule-5: an erasure keeps alive', 'field !== DELETED && field !== ERASED', 'field !== DELETED'),
  merge('ruling: anybody may rule', '|| !authority(changeSet.header)', ''),
  merge('ruling: any kind of change-set rules', "(kind !== 'refuse' && kind !== 'erase') ||", ''),
  chain('chain: a hole is accepted', "if (before === null) return 'missing';", "if (before === null) return 'extends';"),
  chain('chain: a number may be skipped', '&& before.seq === seq - 1', ''),
  chain("chain: another replica's chain is continued", '&& before.replica === replica', ''),
  chain('chain: a chain goes from space to space', 'before.space === space &&', ''),
  chain('chain: a chain starts anywhere', "return seq === 1 ? 'extends' : 'broken';", "return 'extends';"),
  chain('chain: everything is a tip', '!followed.has(link.hash)', 'link.hash !== null'),
  chain('chain: equal counts are equal sets', 'return b.every((tip) => hashes.has(tip.hash));', 'return hashes.size >= 0;'),
  chain(
    'chain: only the tip itself is covered',
    'link = link.header.prev === null ? undefined : byHash.get(link.header.prev);',
    'link = undefined;',
  ),
  chain('chain: what is not covered is left out', '!covered.has(link.hash)));', 'covered.has(link.hash)));'),
  chain('chain: change-sets go in any order', 'sort((a, b) => a.header.seq - b.header.seq)', 'sort(() => 0)'),
  canonical(
    'codec: several forms of one value are read',
    'return equalBytes(encodeCanonical(value), bytes) ? value : null;',
    'return value;',
  ),
  canonical('codec: nesting has no end', 'if (open.length > CAPS.depth) return false;', ''),
  canonical('codec: items have no end', 'if (--left.items < 0) return false;', ''),
  canonical('codec: a change-set has no largest size', 'bytes.length === 0 || bytes.length > maxBytes ||', 'bytes.length === 0 ||'),
  canonical('codec: keys are in the order of writing', 'Object.keys(map).sort()', 'Object.keys(map)'),
  canonical('codec: __proto__ is a key', "key === '__proto__' || ", ''),
  changeSet('hash: leaves out the header', '[CHANGE_SET_DOMAIN, wireHeader(header), ops.map(', '[CHANGE_SET_DOMAIN, ops.map('),
  changeSet(
    'hash: leaves out the values',
    'return wireList(op, PLAIN, content.value);\n  return wireList(op, ERASABLE, content',
    'return wireList(op, PLAIN, null);\n  return wireList(op, ERASABLE, content',
  ),
  changeSet('hash: leaves out what was superseded', 'supersedes.length === 0 ? NOTHING : supersedes.map(wireValueId)', 'NOTHING'),
  changeSet(
    'hash: the salt is left out of a digest',
    '[VALUE_DOMAIN, fromHex(content.salt), field, content.value]',
    '[VALUE_DOMAIN, field, content.value]',
  ),
  changeSet(
    'hash: covers an erasable value itself',
    "ERASABLE, content.form === 'erasable' ? digestOf(field, content, hasher) :",
    "ERASABLE, content.form === 'erasable' ? encodeCanonical(content.value) :",
  ),
  changeSet('signature: is not looked at', '&& verifier.verify(publicKey, hash, fromHex(changeSet.signature))', ''),
  changeSet(
    "signature: by a key that is not the replica's",
    'if (replicaIdOf(publicKey, hasher) !== changeSet.header.replica) return false;',
    '',
  ),
  changeSet('signature: the hash is believed', 'toHex(hash) === changeSet.hash &&', ''),
  changeSet(
    'erasure: keeps the value',
    "return { ...op, content: { form: 'redacted', digest: toHex(digestOf(op.field, op.content, hasher)) } };",
    'return op;',
  ),
  changeSet(
    'erasure: redacts plain values',
    "if (op.content.form !== 'erasable' || !erased(op, index)) return op;",
    'if (!erased(op, index)) return op;',
  ),
  changeSet(
    'reading: a chain may start in the middle',
    'header.prev === null ? header.seq === 1 : header.seq > 1 &&',
    'header.prev === null ? true : header.seq > 1 &&',
  ),
  packSeal(
    'pack: a digest is not compared',
    "if (!equalBytes(hasher.sha256(payload), bytes.subarray(at + 6, at + FRAME_HEADER))) return { code: 'sync.packDamaged', details: {} };",
    '',
  ),
  packSeal('pack: the signature is not looked at', 'if (!verifier.verify(publicKey, running, signature))', 'if (signature.length === 0)'),
  pack(
    'pack: frames can be left out or swapped',
    'running = ports.hasher.sha256(concat([running, head]));\n    if (packed.type === NOTE)',
    'if (packed.type === NOTE)',
  ),
  pack('pack: bytes may follow the end', "return held.length === 0 ? 'more' : malformed;", "return 'more';"),
  pack(
    'pack: a cut pack is whole',
    "return stage === 'done' ? { ok: true, value: null }",
    "return stage !== 'magic' ? { ok: true, value: null }",
  ),
  packSeal('pack: a frame has no largest size', 'if (length > PACK_CAPS.frameBytes) return tooLarge;', ''),
  packSeal('pack: the header has no largest size', 'if (length > PACK_CAPS.headerBytes) return tooLarge;', ''),
  pack('pack: a pack has no largest size', 'if (taken + held.length + bytes.length > totalBytes)', 'if (totalBytes < 0)'),
  packFrames('pack: all frames together have no largest size', 'this.#left.storedBytes -= all.storedBytes;', ''),
  packSeal(
    'pack: a later version is read',
    "if (bytes[MAGIC.length - 1] !== MAGIC[MAGIC.length - 1]) return { code: 'sync.packNewer', details: {} };",
    '',
  ),
  pack('pack: it goes on after a refusal', 'if (refusal) return { ok: false, refusal };\n      if (taken', 'if (taken'),
  packFrames(
    'pack: a decompression bomb goes off',
    'this.#compression.decompress(payload, most)',
    'this.#compression.decompress(payload, 2 ** 30)',
  ),
  digest('digest: leaves out conflicts', 'values.sort().join', 'values.sort().slice(0, 1).join'),
  digest('digest: depends on the order of arrival', 'values.sort().join', 'values.join'),
  writing(
    'commit: supersedes nothing',
    'write.supersedes ?? heads.map((head) => head.id)',
    'write.supersedes ?? heads.slice(heads.length).map((head) => head.id)',
  ),
  writing(
    'commit: supersedes more than was seen',
    'write.supersedes ?? heads.map((head) => head.id)',
    '[...(write.supersedes ?? []), ...heads.map((head) => head.id)]',
  ),
  writing('commit: what changes nothing is written', 'if (only && !only.erased &&', 'if (only === undefined && heads.length < 0 &&'),
  writing(
    'commit: an answer sheet is written over',
    'heads.length > 0 && field !== DELETED && isAppendOnly(entityType)',
    'heads.length < 0 && isAppendOnly(entityType)',
  ),
  writing('commit: personal values cannot be erased', 'return field !== undefined && isErasableField(field);', 'return field === null;'),
  writing(
    'commit: a second deletion is left out',
    'return write.supersedes.some((id) => id !== only.id && !named.has(id));',
    'return false;',
  ),
  ingesting(
    'store: what goes alongside is not in the transaction',
    'alongside?.();\n  return { ...count, missing, lacking };',
    'alongside && queueMicrotask(() => alongside());\n  return { ...count, missing, lacking };',
  ),
  transactions('store: a failed transaction leaves its beginning', 'if (db.inTransaction) undo.run();', 'if (db.inTransaction) end.run();'),
  rulings('ruling: a refusal is noted and not carried out', 'if (effect.here) touchRefused(effect.hash, batch);', ''),
  rulings('ruling: an erasure spares what is here already', '      eraseIn(effect.entityType, effect.entityId, effect.space, batch);', ''),
  rulings('ruling: what was taken back stays refused', 'for (const hash of refused) touchRefused(hash, batch);', ''),
  ingesting(
    'store: a branch has no tip',
    'if (!log.moveTip(changeSet)) log.addTip(changeSet);',
    'if (!log.moveTip(changeSet) && changeSet.header.prev === null) log.addTip(changeSet);',
  ),
  registers(
    'registers: a projection is left as it was',
    'projections.write(entity.type, entity.id, shown.space, merged, alone ? entity.written : undefined);',
    'if (entity.written === undefined) projections.write(entity.type, entity.id, shown.space, merged, undefined);',
  ),
  written('written: erased is read as a value', 'erased: erased === 1,', 'erased: erased > 1,'),
  registers(
    'registers: a ruling leaves the batch as it was',
    'entity.values = null;\n      entity.shown = null;\n      entity.written = undefined;',
    'entity.written = undefined;',
  ),
  projection('projection: a flag is not brought up to date', 'compare(3, before.flagged ? 1 : 0, after.flagged ? 1 : 0);', ''),
  projection('projection: the other languages stay as they were', '!field.localised &&', ''),
  projection(
    'projection: a workshop is known by one field alone',
    '.some(({ heads }) => heads.length > 0)',
    '.some(({ heads }, i) => i > 0 && heads.length > 0)',
  ),
  projection('projection: what does not fit the model is shown', '!isOdd(field, language, value)', 'value !== undefined'),
  projection(
    'projection: what cannot be read any more is not named',
    'isUnreadable ||= old.isOdd || now.isOdd;',
    'isUnreadable ||= old.isOdd;',
  ),
  projection('projection: what can be read again stays named', 'isUnreadable ||= old.isOdd || now.isOdd;', 'isUnreadable ||= now.isOdd;'),
  writing('commit: a chain goes on from an end that was undone', 'if (!extend(changeSet)) {', 'if (!extend(changeSet) && ends.size < 0) {'),
  log(
    'log: a reader skips a row',
    'where space = ? and feed > ? order by feed limit ?',
    'where space = ? and feed > ? + 1 order by feed limit ?',
  ),
  log(
    'log: a peer is sent less than it lacks',
    'const from = Math.max(0, ...covering.map((tip) => tip.feed));',
    'const from = Math.max(0, ...covering.map((tip) => tip.feed + 1));',
  ),
  vouching(
    'run: what nothing vouches for is believed',
    'return changeSets.find(({ hash }) => open.has(hash))?.hash ?? null;',
    'return null;',
  ),
  vouching(
    'run: a signature vouches for another chain',
    'if (!before || before.header.space !== space || before.header.replica !== replica) return;',
    'if (!before) return;',
  ),
  vouching('run: a signature vouches for the one before it alone', '({ prev } = before.header);', 'prev = null;'),
  frameReader(
    'frame: a place that forked is guessed',
    'if (found.length !== 1) throw new Unresolved();',
    'if (found.length === 0) throw new Unresolved();',
  ),
  frameReader('frame: what is left over is passed over', 'if (!used) throw new Malformed();', ''),
  frameReader('frame: a small payload may become a large memory', 'if (this.#bytes > this.#assembly.mostBytes) throw new TooLarge();', ''),
  frameWriter(
    'frame: an id is taken for derived',
    'return derivedId(hasher, namespace, ...parts) === id;',
    'return derivedId(hasher, namespace, ...parts) !== id;',
  ),
  frameWriter(
    'frame: clocks far apart stay in one run',
    'before && Number.isSafeInteger(header.t - before.t) ? before : undefined',
    'before',
  ),
  frameWriter(
    'frame: an instant far from its clock is a distance',
    'if (distances.every(Number.isSafeInteger))',
    'if (!distances.some(Number.isNaN))',
  ),
  frameWriter('frame: a salt serves another entity', 'salts.get(entity) !== content.salt', 'salts.size === 0'),
  framing('frame: is cut before its signature', 'if (waiting.size === 0) cuts.push', 'if (waiting.size >= 0) cuts.push'),
  signedRuns(
    'run: its end is not signed',
    'for (const { feed, body } of placesIn(run.reverse())) {',
    'for (const { feed, body } of placesIn(run.reverse()).slice(1)) {',
  ),
  signedRuns('run: a long one has one signature', 'changeSets < RUN.changeSets && bytes < RUN.bytes', 'changeSets > 0'),
];
