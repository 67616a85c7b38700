import { faultsOf, type Mutant } from './mutants.ts';

const DAMAGED = 'tests/features/store/damaged-store.test.ts';

const inFile = faultsOf('restore');
const reading = inFile('shared/node/store/sqlite/backup/salvage.ts', DAMAGED);
const bringing = inFile('electron/engine/backup/salvage.ts', DAMAGED);
const replacing = inFile('electron/engine/backup/restore.ts', DAMAGED);
const ORDER = 'tests/sync/sqlite/backup-order.test.ts';
const BACKUPS = ['tests/features/store/backups.test.ts', 'tests/features/store/foreign-backups.test.ts'];
const ordering = inFile('shared/node/store/backup-order.ts', ORDER);
const copying = inFile('shared/node/store/sqlite/backup/backup.ts', ...BACKUPS);
const proving = inFile('shared/node/store/sqlite/backup/rows-of-backup.ts', ...BACKUPS);
const knowing = inFile('shared/node/store/sqlite/opening/known-schema.ts', ...BACKUPS);
const deciding = inFile('electron/engine/backup/restored-state.ts', ...BACKUPS);
const LOCAL = 'tests/features/store/local-state.test.ts';
const declaring = inFile('electron/engine/local-state/declaration.ts', LOCAL);
const faring = inFile('electron/engine/local-state/every-declaration.ts', LOCAL);
const keeping = inFile('electron/engine/backup/restored-state.ts', LOCAL);
const wiping = inFile('electron/engine/sync/access/evict.ts', LOCAL);
const flags = inFile('electron/engine/backup/restored-state.ts', 'tests/features/store/file-flags.test.ts');
const LISTS = 'tests/sync/server/revocation-restored.test.ts';
const VERIFY = 'tests/sync/server/verify.test.ts';
const numbering = inFile('shared/sync/revocation.ts', LISTS);
const taking = inFile('server/registry.ts', LISTS);
const bringingBack = inFile('electron/engine/sync/revocations.ts', LISTS);
const checking = inFile('shared/node/store/sqlite/backup/check.ts', VERIFY);
const certifying = inFile('server/verify.ts', VERIFY);
const forgetting = inFile('electron/engine/backup/daily-backup.ts', DAMAGED);

/** The promises to a damaged store (TRUST, *Nothing is lost* 5), broken on purpose. */
export const RESTORE_MUTANTS: readonly Mutant[] = [
  reading('what lies behind a damaged page is given up', 'feed <= last + STEP; feed++', 'feed <= last; feed++'),
  bringing('what was brought over stays unsigned', 'signRunsOf(db, replica, signer, nodeHasher);', 'void signer;'),
  bringing('it is brought over at every opening', "    db.prepare('delete from meta where key = ?').run(WAITING);\n", ''),
  bringing(
    'a damaged database is read in its place',
    'const copy = path.join(folder, `${DATABASE_FILE}.salvaging`);',
    'const copy = file;',
  ),
  replacing(
    'a new store takes up the name of the damaged one',
    `    db.prepare("insert into meta(key, value) values ('replica', '')").run();\n`,
    '',
  ),
  replacing('nothing is kept of the damaged store', 'keep(file + suffix, kept + suffix);', 'removeStore(kept + suffix);'),
  replacing('what was entered since is not waited for', '    awaitSalvage(db);\n', ''),
  forgetting('a damaged store goes before it was read', 'if (!awaitsSalvage(db))', 'if (made.ok)'),
  forgetting('a damaged store outlives an erasure', 'if (!awaitsSalvage(db))', 'if (awaitsSalvage(db))'),
  ordering('backups are ordered by the clock', 'b.number - a.number || b.at - a.at', 'b.at - a.at || b.number - a.number'),
  ordering('a clock that went back makes no day of its own', 'after.at >= backup.at', 'true'),
  ordering('a day that the clock says again is no working day', '|| now < newest.at', ''),
  copying('a copy carries the credential', '      removeSecrets(copy);\n', ''),
  proving(
    'what a wrong key signed is believed',
    '(key ? verifyChangeSet(changeSet, key, verifier, hasher) : lenient)',
    '(key !== null || lenient)',
  ),
  proving('what nothing vouches for is believed', 'new Set([...wrong, ...waiting.map(({ hash }) => hash)])', 'new Set(wrong)'),
  knowing('a table is read whatever expressions it has', 'rows[0]!.sql === expected', 'rows[0]!.sql !== null'),
  deciding('an account is taken over unasked', "if (choice === 'ask') return refuse", "if ((choice as string) === 'never') return refuse"),
  deciding('an account is taken over where it is to be left', "if (choice === 'take') {", "if (choice !== 'ask') {"),
  keeping('local: spaces that were lost stay lost', "['passes', 'anew']", "['anew']"),
  declaring(
    'local: a value is believed whatever its shape',
    'if (read.success) return read.data;',
    'if (read !== null) return value as T;',
  ),
  faring(
    'local: another repository is believed to hold the files',
    "if (repository === 'goes') settings.set(key, null);",
    "if (repository === 'anew') settings.set(key, null);",
  ),
  wiping('what is noted of a wiped file stays', 'for (const sha256 of files) run.files.flags.forget(sha256);', ''),
  flags('what is noted of files goes with a restore', 'files: files ?? (own ? theirFiles : [])', 'files: []'),
  flags("what another laptop's files are comes with its account", "files: flagsThat(theirFiles, 'account')", 'files: theirFiles'),
  faring('local: a sheet that is not sealed yet is lost with its space', "wipe === 'delays' &&", "wipe === 'records' &&"),
  numbering(
    'a list that names fewer is taken for the same',
    'list.revoked.some(({ replica }) => !known.has(replica))',
    'list.number < known.size',
  ),
  taking('who came back by a certificate counts as admitted again', ' || this.#cameByCertificate(replica, at)', ''),
  taking('who was admitted again by a code is turned out by an older list', 'known.enrolledAt <= at ||', 'true ||'),
  bringingBack(
    'a list is not brought back',
    'const answer = await remote.revocations(',
    'const answer = await ({ revocations: async (_: Uint8Array) => ok(_) }).revocations(',
  ),
  checking(
    'a row that nothing vouches for is not named',
    'for (const { hash, header } of walk.waiting())',
    'for (const { hash, header } of [...walk.waiting()].slice(0, 0))',
  ),
  checking('work of whom there is no key is not named', 'else if (options.strict)', 'else if (options.strict && row.seq === 0)'),
  certifying(
    'any certificate is believed',
    '|| !wroteElsewhere(decoded.value.replica)',
    '|| wroteElsewhere(decoded.value.replica) || true',
  ),
];
