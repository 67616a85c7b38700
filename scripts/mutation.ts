// Breaks each rule of sync on purpose, one at a time, in a copy of the sources, and shows that the suite turns red.
//   npm run test:mutation            all mutants
//   npm run test:mutation -- rule-3  those whose name contains the text
// Ends with 1 when a mutant survives, or when its text is not found (the rule was rewritten: bring the mutant up to date).
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EVERY_MUTANT } from './mutants/every-mutant.ts';
import type { Mutant } from './mutants/mutants.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const COPIED = [
  ...['shared', 'electron', 'renderer', 'server', 'locales', 'resources', 'scripts', 'tests'],
  ...['package.json', 'tsconfig.json', 'vitest.config.ts'],
];
const WORKERS = 2;
/** So many characters of what a run says last are kept. */
const KEPT = 4_000;
/** On a busy machine a test may fail without having found anything: that proves nothing of the mutant. */
const OUT_OF_TIME = /timed out in \d+ms/;

interface Outcome {
  readonly is: 'green' | 'red';
  readonly says: string;
}

const wanted = process.argv[2] ?? '';
const mutants = EVERY_MUTANT.filter(({ name }) => name.includes(wanted));
const copies = await Promise.all(Array.from({ length: Math.min(WORKERS, mutants.length) }, makeCopy));
const survivors: string[] = [];
try {
  const sane = await outcome(copies[0]!, [...new Set(mutants.flatMap(({ tests }) => tests))], [...new Set(mutants.flatMap(projectsOf))]);
  if (sane.is === 'red') throw new Error(`the suite is red before anything is broken: ${sane.says}`);
  process.stdout.write(`unbroken: green; ${mutants.length} mutants\n`);
  const queue = [...mutants];
  await Promise.all(copies.map((copy) => work(copy, queue)));
} finally {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
}
process.stdout.write(survivors.length === 0 ? 'every mutant was found\n' : `SURVIVED:\n${survivors.map((name) => `  ${name}\n`).join('')}`);
process.exitCode = survivors.length === 0 ? 0 : 1;

async function work(copy: string, queue: Mutant[]): Promise<void> {
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    const file = path.join(copy, mutant.file);
    const source = readFileSync(file, 'utf8');
    const broken = source.replace(mutant.find, () => mutant.replace);
    const started = Date.now();
    let result = 'NOT APPLICABLE';
    if (broken !== source && source.split(mutant.find).length === 2) {
      writeFileSync(file, broken);
      const { is, says } = await outcome(copy, mutant.tests, projectsOf(mutant));
      if (is === 'green') result = 'SURVIVED';
      else result = OUT_OF_TIME.test(says) ? 'OUT OF TIME' : 'found';
      writeFileSync(file, source);
    }
    if (result !== 'found') survivors.push(`${mutant.name} (${result})`);
    process.stdout.write(`${result.padEnd(8)} ${mutant.name} ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  }
}

function projectsOf({ project }: Mutant): string[] {
  return project === undefined ? ['fast'] : ['fast', project];
}

/** Returns whether the tests pass there, and what the first that fails says; none is run after it. */
function outcome(copy: string, tests: readonly string[], projects: readonly string[]): Promise<Outcome> {
  const runner = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
  const child = spawn(
    process.execPath,
    [runner, 'run', ...projects.map((project) => `--project=${project}`), '--bail=1', '--reporter=dot', ...tests],
    {
      cwd: copy,
      env: { ...process.env, FAIL_FAST: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let says = '';
  const keep = (text: Buffer) => (says = (says + text.toString()).slice(-KEPT));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ is: code === 0 ? 'green' : 'red', says }));
  });
}

async function makeCopy(): Promise<string> {
  const copy = mkdtempSync(path.join(tmpdir(), 'itinera-mutation-'));
  for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  return copy;
}
