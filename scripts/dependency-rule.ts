// The dependency rule of the house, as one table; `npm run lint` and tests/guards/dependencies.test.ts both read it.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly imported: string;
  readonly reason: string;
}

interface Layer {
  /** Files it speaks of. The first layer that matches a file counts. */
  readonly files: RegExp;
  /** What of the project they may import. */
  readonly own: RegExp;
  /** Which packages and Node modules they may import. */
  readonly packages: RegExp;
  readonly reason: string;
}

const ANY = /./;
const PURE = /^(zod|cborg)(\/|$)/;
/** Fractional keys are arithmetic on text. */
const KERNEL_PACKAGES = /^(zod|cborg|jittered-fractional-indexing)(\/|$)/;
const PLATFORM_FREE = /^shared\/(kernel|sync|model|features|contract)\//;
const CONTRACT_PARTS = 'contract\\/(call|shapes|record-shapes)\\.ts$';
/** The window has no Node, no Electron and no database, and the programs have no window. */
const WINDOW_PACKAGES = /^(?!node:|electron(\/|$)|better-sqlite3|fastify|vite|vitest|@playwright\/|fast-check)/;
const PROGRAM_PACKAGES = /^(?!react|@mantine\/|@tanstack\/|zustand|recharts|vite|vitest|@playwright\/|fast-check)/;
const WITHOUT_ELECTRON = /^(?!electron(\/|$)|react|@mantine\/|@tanstack\/|zustand|recharts|vite|vitest|@playwright\/|fast-check)/;

const LAYERS: readonly Layer[] = [
  { files: /^shared\/kernel\//, own: /^shared\/kernel\//, packages: KERNEL_PACKAGES, reason: 'the kernel stands on nothing' },
  { files: /^shared\/sync\//, own: /^shared\/(sync|kernel)\//, packages: PURE, reason: 'sync -> kernel' },
  { files: /^shared\/model\//, own: /^shared\/(model|sync|kernel)\//, packages: PURE, reason: 'model -> sync -> kernel' },
  {
    files: /^shared\/features\/document\//,
    own: /^shared\/(features\/document|model|kernel)\//,
    packages: PURE,
    reason: 'features build documents of blocks; a block knows no feature',
  },
  {
    files: /^shared\/features\/evaluation\/exchange\//,
    own: /^shared\/(features|model|sync|kernel)\//,
    packages: /^(gift-pegjs|fast-xml-parser)$/,
    reason: 'questions of other tools are read by their parsers, which need nothing of a platform; no contract imports them',
  },
  {
    files: /^shared\/features\//,
    own: new RegExp(`^shared/((features|model|sync|kernel)/|${CONTRACT_PARTS})`),
    packages: /^(zod|cborg)(\/|$)/,
    reason: 'features -> model -> sync -> kernel, and the parts of a contract',
  },
  { files: /^shared\/contract\//, own: PLATFORM_FREE, packages: PURE, reason: 'contract -> features -> model -> sync -> kernel' },
  {
    files: /^shared\/node\//,
    own: /^shared\/(node|model|sync|kernel)\//,
    packages: WITHOUT_ELECTRON,
    reason: 'shared/node -> model, sync, kernel; no Electron and no window',
  },
  { files: /^electron\/preload\.ts$/, own: /^shared\/(contract|kernel)\//, packages: /^electron$/, reason: 'the bridge is narrow' },
  {
    files: /^electron\/main\//,
    own: /^(electron\/main\/|shared\/(kernel|contract)\/|locales\/)/,
    packages: PROGRAM_PACKAGES,
    reason: 'the shell holds no data: it imports neither the engine nor a store',
  },
  {
    files: /^electron\//,
    own: /^(electron\/(engine|cli)[./]|shared\/|locales\/)/,
    packages: WITHOUT_ELECTRON,
    reason: 'the engine runs in plain Node too: no Electron, no window, no shell',
  },
  { files: /^server\//, own: /^(server|shared|locales)\//, packages: WITHOUT_ELECTRON, reason: 'server -> shared' },
  {
    files: /^renderer\/(desktop|participant)\//,
    own: /^(renderer\/(desktop|participant|ui)\/|shared\/(kernel|sync|model|features|contract)\/|locales\/|resources\/)/,
    packages: WINDOW_PACKAGES,
    reason: 'renderer -> the platform-free part of shared',
  },
  {
    files: /^renderer\/verification\//,
    own: /^(renderer\/verification\/|shared\/(kernel|model|features)\/|locales\/)/,
    packages: /^@noble\//,
    reason: 'the page that verifies certificates is one small file of its own: no window and no library of it',
  },
  {
    files: /^renderer\//,
    own: /^(renderer\/ui\/|shared\/(kernel|sync|model|features|contract)\/|locales\/|resources\/)/,
    packages: WINDOW_PACKAGES,
    reason: 'renderer/ui -> the platform-free part of shared',
  },
  { files: /^(tests|bench|scripts)\//, own: ANY, packages: ANY, reason: '' },
  { files: /^[^/]+\.config\.ts$/, own: ANY, packages: ANY, reason: '' },
];

interface Room {
  /** Where it may be said. */
  readonly room: RegExp;
  /** The files that it speaks of. */
  readonly files: RegExp;
  readonly says: RegExp;
  readonly reason: string;
}

/** The names that are said in one room of the house and nowhere else. */
const ROOMS: readonly Room[] = [
  {
    room: /^shared\/node\/files\//,
    files: /^(electron|server|shared)\//,
    says: /\b(?:join|resolve|at)\((?:[^()]|\([^()]*\))*['"`]files['"`/]|\$\{[^}]*\}\/files[/`'"]/g,
    reason: 'only the room of files (shared/node/files) knows where they lie: ask it for a stream',
  },
  {
    room: /^(electron\/engine\/(files\/needs\.ts$|features\/library\/)|server\/files\/named-files\.ts$)/,
    files: /^(electron|server)\//,
    says: /\b(?:from|join)\s+(?:materialVersion\b|\$\{tableOf\('materialVersion'\)\})/g,
    reason: 'which files records name is asked in electron/engine/files/needs.ts and server/files/named-files.ts',
  },
];
/** The modules that only one part of the tree may import, whatever else its layer may. */
interface Reserved {
  /** Files that the rule speaks of. */
  readonly files: RegExp;
  /** Those of them that may. */
  readonly owner: RegExp;
  /** A package, or a file of the project. */
  readonly imported: RegExp;
  /** Which names of it; a type is nobody's. Left out: all, types too. */
  readonly names?: RegExp;
  readonly reason: string;
}

const OPENING = /^shared\/node\/store\/sqlite\/opening\//;
const RESERVED: readonly Reserved[] = [
  {
    files: /^(shared|electron|server|renderer)\//,
    owner: OPENING,
    imported: /^better-sqlite3(\/|$)/,
    reason: 'databases are opened by shared/node/store/sqlite/opening alone',
  },
  {
    files: /^electron\//,
    owner: /^electron\/engine\/vault\//,
    imported: OPENING,
    names: /\b(openDatabase|openStore|lockFolder|compiledAddon|readOrMintKey|presentSeed|earlierSeeds|KEY_FILE)\b|\*/,
    reason: 'the vault opens databases, files and signers: ask `vault` of the context',
  },
  {
    files: /^electron\//,
    owner: /^electron\/engine\/vault\//,
    imported: /^shared\/node\/files\/file-room\.ts$/,
    names: /\bopenFileRoom\b|\*/,
    reason: 'the vault opens databases, files and signers: ask `vault` of the context',
  },
  {
    files: /^(shared\/node\/store|electron)\//,
    owner: /^(electron\/engine\/vault|shared\/node\/store\/sqlite\/(opening|backup))\//,
    imported: /^shared\/node\/crypto\.ts$/,
    names: /\bsignerOf\b|\*/,
    reason: 'the vault makes signers: ask `vault` of the context',
  },
];
/** Where the environment names the compiled addon of the database. */
const ADDON = /\bAPP_SQLITE_BINDING\b|\bnativeBinding\b/;

const MOST_IN_A_FOLDER = 25;
const MOST_LINES = 400;
/** Tables of data are looked up in, not read from top to bottom. */
const LONG: ReadonlySet<string> = new Set(['shared/features/people/list/headings.ts', 'shared/kernel/country-aliases.ts']);
const STYLE = /\.css$/;
const SOURCE = /\.(ts|tsx|mts|cts)$/;
const SKIPPED = new Set(['node_modules', 'out', 'dist', 'test-results', 'scratch', 'docs', '.git', 'resources', 'locales']);
const IMPORTS =
  /(?:^|[\n;])[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"\n]+)['"]|(?:^|[\n;])[ \t]*import\s*['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/g;
/** Names that say nothing of what a file does. */
const VAGUE = /(^|[-/])(utils?|helpers?|common|managers?|misc)(\.[a-z]+)*\.tsx?$/i;

/** Every file of source or style under `root`, relative, with forward slashes. */
function sources(root: string, folder = ''): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sources(root, name);
    return (SOURCE.test(entry.name) || STYLE.test(entry.name)) && !entry.name.endsWith('.d.ts') ? [name] : [];
  });
}

/** The opening of a docstring that leaves it to be found out whether a value, a rule or an effect is meant. */
const VAGUE_OPENING = /^\/\*\*\s+(?:\* )?What\b/gm;

/**
 * Returns the faults of one file (relative to the root): imports against the rule, a name or the opening of a docstring that says nothing, a barrel, more than can be read
 * at once.
 */
export function violationsIn(file: string, text: string): Violation[] {
  const found: Violation[] = [];
  const layer = LAYERS.find((candidate) => candidate.files.test(file));
  if (!layer) return [{ file, line: 1, imported: '', reason: 'it lies in no part of the tree; see scripts/dependency-rule.ts' }];
  if (VAGUE.test(file)) found.push({ file, line: 1, imported: '', reason: 'its name does not say what it does' });
  if (/(^|\/)index\.tsx?$/.test(file)) found.push({ file, line: 1, imported: '', reason: 'no barrel files' });
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (lines > MOST_LINES && !LONG.has(file))
    found.push({ file, line: MOST_LINES + 1, imported: '', reason: `${lines} lines; ${MOST_LINES} at most` });
  if (!file.startsWith('tests/'))
    for (const { index } of text.matchAll(VAGUE_OPENING))
      found.push({
        ...{ file, line: text.slice(0, index).split('\n').length, imported: '' },
        reason: 'a docstring says first what is returned, changed or held, and does not begin with What',
      });
  for (const { says, reason } of ROOMS.filter(({ room, files }) => files.test(file) && !room.test(file)))
    for (const match of text.matchAll(says))
      found.push({ file, line: text.slice(0, match.index).split('\n').length, imported: '', reason });
  for (const match of text.matchAll(IMPORTS)) {
    const imported = (match[1] ?? match[2] ?? match[3])!;
    const line = text.slice(0, match.index + match[0].length).split('\n').length;
    const relative = imported.startsWith('.');
    const target = relative ? path.posix.normalize(path.posix.join(path.posix.dirname(file), imported.replace(/\?.*$/, ''))) : imported;
    if (relative && layer.own !== ANY && !/\.[a-z0-9]+$/.test(target)) {
      found.push({ file, line, imported, reason: 'relative imports name their extension' });
    }
    if (!(relative ? layer.own : layer.packages).test(target)) found.push({ file, line, imported, reason: layer.reason });
    for (const { reason } of RESERVED.filter((one) => isReserved(one, file, target, match[0])))
      found.push({ file, line, imported, reason });
  }
  const addon = /^(shared|electron|server|renderer)\//.test(file) && !OPENING.test(file) ? ADDON.exec(text) : null;
  if (addon) {
    const line = text.slice(0, addon.index).split('\n').length;
    found.push({ file, line, imported: '', reason: 'the addon of the database is named in shared/node/store/sqlite/opening alone' });
  }
  return found;
}

function isReserved({ files, owner, imported, names }: Reserved, file: string, target: string, statement: string): boolean {
  if (!files.test(file) || owner.test(file) || !imported.test(target)) return false;
  // What is loaded later has no names here, and is all of it.
  if (names === undefined || /\bimport\(/.test(statement)) return true;
  if (/\b(import|export)\s+type\b/.test(statement)) return false;
  return names.test(statement.replaceAll(/\btype\s+\w+/g, ''));
}

/** The folders that hold more than a reader takes in at a glance, each once; what lies in folders of its own does not count. */
export function crowdedFolders(files: readonly string[]): Violation[] {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(path.posix.dirname(file), (counts.get(path.posix.dirname(file)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > MOST_IN_A_FOLDER)
    .map(([file, count]) => ({ file, line: 1, imported: '', reason: `${count} files in one folder; ${MOST_IN_A_FOLDER} at most` }));
}

/** Every violation of the rule under `root`. */
export function violations(root: string): Violation[] {
  const files = sources(root);
  const read = files.filter((file) => SOURCE.test(file));
  return [...read.flatMap((file) => violationsIn(file, readFileSync(path.join(root, file), 'utf8'))), ...crowdedFolders(files)];
}

if (import.meta.filename === process.argv[1]) {
  const found = violations(path.resolve(import.meta.dirname, '..'));
  for (const { file, line, imported, reason } of found)
    console.error(`${file}:${line}: ${imported ? `imports ${imported}: ` : ''}${reason}`);
  if (found.length > 0) process.exitCode = 1;
}
