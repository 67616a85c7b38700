import type fc from 'fast-check';

// SEED=123 runs the very same cases again; fast-check also prints seed and path of what failed.
const chosen = process.env['SEED'];
// One for all files of a run: several files share a process, and what is printed must be what each of them had.
const seed = Number(chosen ?? process.env['ITINERA_SEED_OF_RUN'] ?? Math.floor(Math.random() * 0x7fffffff));

/** Where suites with fixed seeds begin: the same cases every time, or those from `SEED`. */
export const SEED = chosen === undefined ? 1 : Number(chosen);

/** How many of a suite's cases are run: fewer where all of it is run once more on PostgreSQL. */
export function countOf(usual: number, onPostgres: number): number {
  return process.env['ITINERA_TEST_STORE'] === 'postgres' ? onPostgres : usual;
}

let said = false;

/** Parameters of a property: always `count` runs, from the seed that is printed. */
export function runs(count: number): fc.Parameters<unknown> {
  if (!said) process.stdout.write(`random tests: SEED=${seed}\n`);
  said = true;
  return { seed, numRuns: count, endOnFailure: process.env['FAIL_FAST'] === '1' };
}
