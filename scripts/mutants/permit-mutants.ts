import { readFileSync } from 'node:fs';
import path from 'node:path';
import { faultsOf, type Mutant } from './mutants.ts';

const PERMITS = 'shared/features/sync/permits.ts';
const permits = faultsOf('permits')(PERMITS, 'tests/sync/acceptance/rights.test.ts');

/** The rows of the table of who may write what, as its file has them. */
function rowsOf(file: string): string[] {
  const source = readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8');
  const start = source.indexOf('PERMITS: readonly Permit[] = [');
  const table = source.slice(start, source.indexOf('\n];', start));
  return table
    .split(/\n(?= {2}(?:permit\(|\.\.\.))/)
    .slice(1)
    .map((row) => row.trimEnd());
}

const ROWS = rowsOf(PERMITS);
if (ROWS.length < 15) throw new Error(`the table of ${PERMITS} is not where it was`);

/** Rights taken away: each row of the table of who may write what, left out; and some that are given. */
export const PERMIT_MUTANTS: readonly Mutant[] = [
  ...ROWS.map((row, i) => permits(`row ${i + 1} is left out (${/'(\w+)'/.exec(row)?.[1]})`, row, '')),
  permits(
    'everybody opens workshops',
    "['trainer', 'officer', 'administrator']",
    "['trainer', 'officer', 'administrator', 'expert', 'coordinator']",
  ),
  permits('an institution writes over the central courses', '      central: true,\n', ''),
  permits(
    "an expert writes over others' materials",
    "permit('expert', 'library', MATERIALS, 'own'",
    "permit('expert', 'library', MATERIALS, 'any'",
  ),
  permits("everybody names others' laptops", "permit(role, 'library', LAPTOP, 'own'", "permit(role, 'library', LAPTOP, 'any'"),
  permits('who reads alone cannot name a laptop', "'officer', 'coordinator'];", "'officer'];"),
];
