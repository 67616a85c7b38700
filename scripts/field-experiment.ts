// Adds a field to a person, and one to a workshop, each in a copy of the sources and in the places that a field is written in, and shows that it is whole; then leaves
// out one place after the other and shows that something turns red: a type, the rule of the locales or a guard.
//   npm run test:field              both
//   npm run test:field -- workshop  the one
// Ends with 1 where a field is not whole, a place can be forgotten, or there are more places than a colleague keeps in mind.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LANGUAGES, type Language } from '../shared/kernel/text.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const MOST_PLACES = 6;

interface Place {
  readonly file: string;
  /** The text before which the line stands. */
  readonly before: string;
  readonly line: string;
}

interface Experiment {
  readonly places: readonly Place[];
  /** The tests that look at it, after the words and the types. */
  readonly tests: readonly string[];
}

const EXPERIMENTS: Readonly<Record<string, Experiment>> = {
  /** Where somebody sleeps: a field that no list of people has had so far. */
  person: {
    places: [
      {
        file: 'shared/model/people.ts',
        before: "    notes: field('text'",
        line: "    hotelRoom: field('text', value.line, { ...LINE, personal: ORGANISE }),\n",
      },
      ...inFourLanguages('people', '    "notes": ', 'hotelRoom', {
        en: 'Room at the hotel',
        fr: 'Chambre d’hôtel',
        es: 'Habitación de hotel',
        pt: 'Quarto de hotel',
      }),
      {
        file: 'shared/features/people/list/headings.ts',
        before: "  ['notes', 0,",
        line: "  ['hotelRoom', 0, 'room at hotel, chambre hotel, habitacion hotel, quarto hotel'],\n",
      },
    ],
    tests: ['tests/guards/every-field.test.ts', 'tests/guards/filled-fields.test.ts', 'tests/features/sync/ways-out.test.ts'],
  },
  /** Where a taxi brings whoever comes. */
  workshop: {
    places: [
      {
        file: 'shared/model/activity.ts',
        before: '    precision: word(PRECISIONS),',
        line: "    venueAddress: field('text', value.line, { input: 'line', blank: '', not: { personal: 'names a street' } }),\n",
      },
      ...inFourLanguages('activity', '    "precision": ', 'venueAddress', {
        en: 'Address of the venue',
        fr: 'Adresse du lieu',
        es: 'Dirección del lugar',
        pt: 'Morada do local',
      }),
    ],
    tests: ['tests/guards/every-field.test.ts', 'tests/features/activity/filled-facts.test.ts'],
  },
};

function inFourLanguages(file: string, before: string, field: string, words: Readonly<Record<Language, string>>): Place[] {
  return LANGUAGES.map((language) => ({
    file: `locales/${language}/${file}.json`,
    before,
    line: `    "${field}": ${JSON.stringify(words[language])},\n`,
  }));
}

const chosen = process.argv.slice(2);
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
  for (const [of, experiment] of Object.entries(EXPERIMENTS)) if (chosen.length === 0 || chosen.includes(of)) tryOut(of, experiment);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.exitCode = faults.length === 0 ? 0 : 1;

function tryOut(of: string, { places, tests }: Experiment): void {
  for (const place of places) write(place);
  const red = firstRed(tests);
  report(red === null, `a field of a ${of} in ${places.length} places is ${red === null ? 'whole' : `red: ${red}`}`);
  report(places.length <= MOST_PLACES, `${places.length} places of ${MOST_PLACES} at most`);
  for (const place of places) {
    leaveOut(place);
    const found = firstRed(tests);
    report(found !== null, `without ${place.file}: ${found === null ? 'NOTHING IS RED' : `${found} red`}`);
    write(place);
  }
  for (const place of places) leaveOut(place);
}

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
function firstRed(tests: readonly string[]): string | null {
  const checks: readonly (readonly [name: string, ...command: string[]])[] = [
    ['words', 'scripts/locale-rule.ts'],
    ['guards', 'node_modules/vitest/vitest.mjs', 'run', '--project', 'fast', '--bail', '1', ...tests],
    ['types', 'node_modules/typescript/bin/tsc', '--noEmit'],
  ];
  for (const [name, ...command] of checks) {
    const { status } = spawnSync(process.execPath, command, { cwd: copy, stdio: 'ignore' });
    if (status !== 0) return name;
  }
  return null;
}

function report(isRight: boolean, text: string): void {
  process.stdout.write(`${isRight ? 'ok ' : 'NOT'} ${text}\n`);
  if (!isRight) faults.push(text);
}
