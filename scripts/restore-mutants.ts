import { faultsOf, type Mutant } from './mutants.ts';

const DAMAGED = 'tests/features/damaged-store.test.ts';

const inFile = faultsOf('restore');
const reading = inFile('shared/node/store/sqlite/salvage.ts', DAMAGED);
const bringing = inFile('electron/engine/salvage.ts', DAMAGED);
const replacing = inFile('electron/engine/restore.ts', DAMAGED);
const forgetting = inFile('electron/engine/daily-backup.ts', DAMAGED);

/** What a damaged store is promised (TRUST, *Nothing is lost* 5), broken on purpose. */
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
];
