import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readPeople, sayRow, type ReadPerson } from '../../../shared/features/people/list/read-list.ts';
import { fold } from '../../../shared/kernel/text.ts';
import { readSource } from '../../../shared/node/tables/read-source.ts';
import { mangledList, type Invited, type MangledList } from '../../support/lists/mangled-list.ts';
import { SEED } from '../../sync/seeds.ts';

/** Lists of known people as schools would mangle them. `SEED=n ITINERA_MANGLED=1` reads one of them again. */
const COUNT = Number(process.env['ITINERA_MANGLED'] ?? 100);

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-mangled-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Read {
  readonly rows: number;
  readonly asked: number;
  readonly doubtful: number;
  readonly faults: readonly string[];
}

it(
  `${COUNT} lists from seed ${SEED}: nobody on somebody else, nobody lost without a word, few questions`,
  { timeout: 1_800_000 },
  async () => {
    const totals = { rows: 0, asked: 0, doubtful: 0 };
    const faults: string[] = [];
    for (let seed = SEED; seed < SEED + COUNT; seed++) {
      const list = await mangledList(seed);
      const read = await readBack(list);
      totals.rows += read.rows;
      totals.asked += read.asked;
      totals.doubtful += read.doubtful;
      for (const fault of read.faults) faults.push(`SEED=${seed} (${list.how.join(', ')}): ${fault}`);
    }
    process.stdout.write(
      `${COUNT} lists, ${totals.rows} rows: ${totals.asked} asked, ${totals.doubtful} doubtful, ${faults.length} wrong\n`,
    );
    expect(faults).toEqual([]);
    expect(totals.asked).toBeLessThanOrEqual(totals.rows * 0.05);
    expect(totals.doubtful).toBeLessThanOrEqual(totals.rows * 0.1);
  },
);

async function readBack(list: MangledList): Promise<Read> {
  const file = path.join(folder, list.name);
  writeFileSync(file, list.bytes);
  const source = await readSource(file);
  if (!source.ok) return { rows: list.people.length, asked: 0, doubtful: 0, faults: [source.refusal.code] };
  const read = readPeople(source.value, {}, { languages: ['fr'] });
  if (!read.ok) return { rows: list.people.length, asked: 0, doubtful: 0, faults: [read.refusal.code] };
  const { rows, questions, left, accounting } = read.value;
  for (const row of rows) sayRow(accounting, row, row.asks.length > 0 ? 'asked' : 'taken');
  // Throws where a cell was dropped without a word.
  accounting.close(source.value);
  const held = new Set(questions.filter(({ chosen }) => chosen === null).flatMap((question) => question.rows.map(({ row }) => row)));
  const byRow = new Map(rows.map((row) => [row.row, row]));
  const faults: string[] = [];
  let [asked, doubtful] = [0, 0];
  for (const { row, person } of list.people) {
    const taken = byRow.get(row);
    byRow.delete(row);
    if (!taken) faults.push(`row ${row} (${person.family}) is lost${left.some((one) => one.row === row) ? ', left out' : ''}`);
    else if (taken.asks.length > 0 || held.has(row)) asked++;
    else {
      if (taken.doubts.length > 0) doubtful++;
      faults.push(...wrongIn(taken, person));
    }
  }
  for (const row of byRow.values()) if (row.asks.length === 0) faults.push(`row ${row.row} is nobody: ${row.values.familyName}`);
  // One answer settles a whole column: it is one question, not one a row.
  const open = questions.filter(({ chosen }) => chosen === null).length;
  return { rows: list.people.length, asked: held.size > 0 ? open : asked, doubtful, faults };
}

/** What of a row is not the person's: names but for capitals and accents that capitals lost, and every field that was read. */
function wrongIn({ row, values }: ReadPerson, person: Invited): string[] {
  const expected = { ...person, familyName: person.family, givenName: person.given };
  const wrong: string[] = [];
  for (const field of ['familyName', 'givenName', 'institution', 'email'] as const) {
    const value = values[field];
    if (value !== undefined && fold(value) !== fold(expected[field])) wrong.push(`row ${row}: ${field} ${value}, not ${expected[field]}`);
    if (value === undefined && field.endsWith('Name')) wrong.push(`row ${row}: no ${field}`);
  }
  for (const field of ['country', 'sex', 'profession'] as const) {
    if (values[field] !== undefined && values[field] !== expected[field])
      wrong.push(`row ${row}: ${field} ${values[field]}, not ${expected[field]}`);
  }
  if (values.ref !== undefined) wrong.push(`row ${row}: a number ${values.ref}`);
  return wrong;
}
