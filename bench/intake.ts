// A list of 10,000 people in 30 columns: what understanding it takes beside reading it alone (issue: at most 3 x together), and the memory of both.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import writeXlsxFile from 'write-excel-file/node';
import { heading, rowOf } from './intake/long-list.ts';

const PEOPLE = 10_000;
const LIMIT = 3;
const MEMORY = 300 * 1024 * 1024;
const RUNS = 7;

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-bench-'));
try {
  const rows = [heading, ...Array.from({ length: PEOPLE }, (_, index) => rowOf(index))];
  const files = { CSV: path.join(folder, 'list.csv'), XLSX: path.join(folder, 'list.xlsx') };
  writeFileSync(files.CSV, rows.map((row) => row.join(';')).join('\r\n'));
  const cells = rows.map((row) => row.map((text) => (text === '' ? null : { value: text, type: String })));
  writeFileSync(files.XLSX, await writeXlsxFile([{ data: cells, sheet: 'Liste' }] as never).toBuffer());
  for (const [format, file] of Object.entries(files)) {
    const { rows: found, read, understood } = measure(file, RUNS);
    // What an import of one file needs, which is read once.
    const { memory } = measure(file, 1);
    const ratio = (read + understood) / read;
    process.stdout.write(
      `${format.padEnd(5)} ${found} people: read ${read.toFixed(0)} ms, understood in ${understood.toFixed(0)} ms more, ` +
        `together ${ratio.toFixed(2)} x (at most ${LIMIT}); memory ${(memory / 1024 / 1024).toFixed(0)} MB (at most ${MEMORY / 1024 / 1024})\n`,
    );
    if (found !== PEOPLE || ratio > LIMIT || memory > MEMORY) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measure(file: string, runs: number): Record<'rows' | 'read' | 'understood' | 'memory', number> {
  const program = path.join(import.meta.dirname, 'intake/measure.ts');
  const measured = spawnSync(process.execPath, [program, file, String(runs)], { encoding: 'utf8' });
  if (measured.status !== 0) throw new Error(measured.stderr);
  return JSON.parse(measured.stdout) as Record<'rows' | 'read' | 'understood' | 'memory', number>;
}
