import { faultsOf, type Mutant } from './mutants.ts';

const USB = ['tests/features/rooms/usb', 'tests/sync/acceptance/held.test.ts', 'tests/faults/usb-killed.test.ts'];

const faults = faultsOf('usb');
const inFile = (file: string) => faults(file, ...USB);

const held = inFile('shared/node/store/sqlite/held.ts');
const ingesting = inFile('shared/node/store/sqlite/ingesting.ts');
const read = inFile('electron/engine/sync/usb/read.ts');
const write = inFile('electron/engine/sync/usb/write.ts');
const trust = inFile('electron/engine/sync/usb/trust.ts');
const take = inFile('electron/engine/sync/usb/import.ts');
const needs = inFile('electron/engine/files/needs.ts');
const carrying = inFile('electron/engine/files/transfer.ts');
const sharing = inFile('electron/engine/sync/usb/sharing.ts');
const prepare = inFile('electron/engine/sync/usb/prepare.ts');

/** Rules of docs/usb.md, broken on purpose. */
export const USB_MUTANTS: readonly Mutant[] = [
  held('what waits is never applied', 'takeAfter: (hash) => (any ?', 'takeAfter: (hash) => (!any ?'),
  held('an erasure passes over what waits', 'if (after === before) continue;', 'if (after !== before) continue;'),
  ingesting(
    'what waits is kept with what was erased',
    'held.hold(withoutErased(facts, effect.changeSet), source)',
    'held.hold(effect.changeSet, source)',
  ),
  read(
    'the signature is not looked at',
    'if (!verifier.verify(start.publicKey, signed.digest(), signature))',
    'if (signature.length === 0)',
  ),
  read('a file may be shorter than it says', 'if (size < start.length)', 'if (size < 0)'),
  read('a stick is believed the second time', "if (!equalBytes(hash('sha256', block, 'buffer'), blocks[at]!))", 'if (block.length === 0)'),
  write('what the stick gives back is not looked at', 'if ((await sha256OfFile(beside)) !== sha256)', "if (sha256 === '')"),
  write('what was begun is left behind', 'await rm(beside, { force: true }).catch(() => undefined);', ''),
  write('what a power cut left stays', 'sweep(ports, folder);', ''),
  trust("another repository's file is taken", "if (here !== null && here !== repositoryKey) return refuse('usb.foreign');", ''),
  trust('anybody may sign with another certificate', 'if (claims?.replica !== replica)', 'if (!claims)'),
  trust('a laptop that nobody vouches for is believed', "return accountOf(ports.settings) ? refuse('usb.unvouched') :", 'return'),
  take('what may not be read is kept', '!isClosed(changeSet.header.space) &&', ''),
  take('the signatures of change-sets are not looked at', 'if (!genuine.ok)', 'if (genuine === undefined)'),
  take(
    'a certificate is not looked at',
    "if (!readRevocations(bytes, fromHex(repositoryKey), ports.verifier)) throw new BundleFault('usb.foreign');",
    'if (!readRevocations(bytes, fromHex(repositoryKey), ports.verifier)) continue;',
  ),
  take(
    'the first repository is not kept to',
    'if (repositoryHere(settings) === null) adoptRepository(settings, sender.repositoryKey);',
    '',
  ),
  take('fewer change-sets than it says', 'if (changeSets !== manifest.changeSets)', 'if (changeSets > manifest.changeSets)'),
  needs('a file that no material names is taken', 'isNamed(file) && !files.has(file.sha256)', '!files.has(file.sha256)'),
  carrying('half a file is left', '    if (!coming.resumes) files.giveUp(sha256);\n  }\n}', '  }\n}'),
  sharing(
    'a sample workshop travels',
    'return store.spaces().filter((space) => !stay.has(space));',
    'return store.spaces().filter(() => stay.size >= 0);',
  ),
  prepare(
    'what a recipient may not read is in it',
    'readers.every((reader) => mayReadSpace(reader, space, ports.trust.workshop))',
    'readers.length >= 0',
  ),
  prepare('the last change-set stays behind', 'to.length === 0) continue;', 'to.length === 0) continue;\n    feeds.pop();'),
];
