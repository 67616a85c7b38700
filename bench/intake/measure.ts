// Reads one file of a list and understands it, so many times in turns; says the medians in milliseconds and the memory of this process at its highest, as one line of JSON.
import { performance } from 'node:perf_hooks';
import { readPeople } from '../../shared/features/people/list/read-list.ts';
import { readSourceFile } from '../../shared/node/tables/read-source-file.ts';

const [file = '', runs = '1'] = process.argv.slice(2);
const reading: number[] = [];
const understanding: number[] = [];
let rows = 0;
for (let run = 0; run < Number(runs); run++) {
  const from = performance.now();
  const source = await readSourceFile(file, {});
  const read = performance.now();
  if (!source.ok) throw new Error(source.refusal.code);
  const list = readPeople(source.value, {}, { languages: ['fr'] });
  if (!list.ok) throw new Error(list.refusal.code);
  rows = list.value.rows.length;
  understanding.push(performance.now() - read);
  reading.push(read - from);
}
const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1]!;
process.stdout.write(
  `${JSON.stringify({ rows, read: median(reading), understood: median(understanding), memory: process.resourceUsage().maxRSS * 1024 })}\n`,
);
