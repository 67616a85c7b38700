// Adds a field to a person in a copy of the sources, in the places that a field is written in, and shows that it is whole; then leaves out one place after the
// other and shows that something turns red: a type, the rule of the locales or a guard.
//   npm run test:field
// Ends with 1 where the field is not whole, a place can be forgotten, or there are more places than a colleague keeps in mind.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const MOST_PLACES = 6;

interface Place {
  readonly file: string;
  /** The text before which the line stands. */
  readonly before: string;
  readonly line: string;
}

/** Where somebody sleeps: a field that no list of people has had so far. */
const PLACES: readonly Place[] = [
  {
    file: 'shared/model/people.ts',
    before: "    notes: field('text'",
    line: "    hotelRoom: field('text', value.line, { ...LINE, personal: ORGANISE }),\n",
  },
  ...Object.entries({ en: 'Room at the hotel', fr: 'Chambre d’hôtel', es: 'Habitación de hotel', pt: 'Quarto de hotel' }).map(
    ([language, words]) => ({
      file: `locales/${language}/people.json`,
      before: '    "notes": ',
      line: `    "hotelRoom": ${JSON.stringify(words)},\n`,
    }),
  ),
  {
    file: 'shared/features/people/list/headings.ts',
    before: "  ['notes', 0,",
    line: "  ['hotelRoom', 0, 'room at hotel, chambre hotel, habitacion hotel, quarto hotel'],\n",
  },
];

/** What looks at it; the first that is red is enough. */
const CHECKS: readonly (readonly [name: string, ...command: string[]])[] = [
  ['words', 'scripts/locale-rule.ts'],
  [
    'guards',
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'fast',
    '--bail',
    '1',
    'tests/guards/filled-fields.test.ts',
    'tests/features/sync/ways-out.test.ts',
  ],
  ['types', 'node_modules/typescript/bin/tsc', '--noEmit'],
];

const copy = mkdtempSync(path.join(tmpdir(), 'itinera-field-'));
const faults: string[] = [];
try {
  for (const part of [
    'shared',
    'electron',
    'renderer',
    'server',
    'bench',
    'locales',
    'resources',
    'scripts',
    'tests',
    'package.json',
    'tsconfig.json',
    'vitest.config.ts',
  ])
    cpSync(path.join(ROOT, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  for (const place of PLACES) write(place);
  const red = firstRed();
  report(red === null, `a field in ${PLACES.length} places is ${red === null ? 'whole' : `red: ${red}`}`);
  report(PLACES.length <= MOST_PLACES, `${PLACES.length} places of ${MOST_PLACES} at most`);
  for (const place of PLACES) {
    leaveOut(place);
    const found = firstRed();
    report(found !== null, `without ${place.file}: ${found === null ? 'NOTHING IS RED' : `${found} red`}`);
    write(place);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.exitCode = faults.length === 0 ? 0 : 1;

function write({ file, before, line }: Place): void {
  change(file, (source) => source.replace(before, () => line + before));
}

function leaveOut({ file, line }: Place): void {
  change(file, (source) => source.replace(line, ''));
}

function change(file: string, edit: (source: string) => string): void {
  const source = readFileSync(path.join(copy, file), 'utf8');
  const edited = edit(source);
  if (edited === source) throw new Error(`${file} is not as it was: bring the experiment up to date`);
  writeFileSync(path.join(copy, file), edited);
}

/** The name of the first check that fails; null: none does. */
function firstRed(): string | null {
  for (const [name, ...command] of CHECKS) {
    const { status } = spawnSync(process.execPath, command, { cwd: copy, stdio: 'ignore' });
    if (status !== 0) return name;
  }
  return null;
}

function report(isRight: boolean, text: string): void {
  process.stdout.write(`${isRight ? 'ok ' : 'NOT'} ${text}\n`);
  if (!isRight) faults.push(text);
}
