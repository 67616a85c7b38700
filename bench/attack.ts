// What others notice while a certified device sends what was made to be costly: npm run bench:attack [-- TEXT] (only inputs whose name contains TEXT).
// A repository in a process of its own; each input of tests/support/costly-inputs.ts is sent again and again, several at once, while another device says hello.
// Ends with 1 where a limit is missed.
import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { enrolBareDevice, type BareDevice } from '../tests/support/bare-device.ts';
import { COSTLY_INPUTS, sendCostly, type CostlyInput } from '../tests/support/costly-inputs.ts';
import { quickFolder } from '../tests/support/quick-folder.ts';
import { spawnRepository } from '../tests/support/spawned-repository.ts';

/** Milliseconds for 95 of 100 hellos, and bytes of the whole process at its largest. */
const LIMITS = { hello: 500, memory: 512 << 20 };
const SECONDS = Number(process.env['SECONDS'] ?? 8);
const AT_ONCE = 3;
const EVERY = 50;

interface Measured {
  readonly name: string;
  readonly hellos: readonly number[];
  readonly sent: number;
  readonly codes: ReadonlySet<string>;
  readonly memory: number;
}

async function measure(input: CostlyInput | null): Promise<Measured> {
  const folder = quickFolder('itinera-attack-');
  const repository = await spawnRepository(folder);
  try {
    const hostile = await enrolBareDevice(repository.url, await repository.ask('invite', 'trainer', 'all'));
    const other = await enrolBareDevice(repository.url, await repository.ask('invite', 'trainer', 'all'));
    await other.hello();
    const request = input?.make(hostile);
    const until = performance.now() + SECONDS * 1_000;
    const codes = new Set<string>();
    let sent = 0;
    const attack = async (): Promise<void> => {
      while (request && performance.now() < until) {
        sent++;
        codes.add(await sendCostly(hostile, request));
      }
    };
    const [hellos] = await Promise.all([greet(other, until), ...Array.from({ length: AT_ONCE }, attack)]);
    return { name: input?.name ?? 'nothing', hellos, sent, codes, memory: await repository.ask('peakMemory') };
  } finally {
    await repository.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long each hello took, in milliseconds. */
async function greet(device: BareDevice, until: number): Promise<number[]> {
  const took: number[] = [];
  while (performance.now() < until) {
    const started = performance.now();
    await device.hello();
    took.push(performance.now() - started);
    await setTimeout(EVERY);
  }
  return took;
}

function at(share: number, took: readonly number[]): number {
  const sorted = took.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Infinity;
}

const wanted = process.argv[2] ?? '';
const inputs = [null, ...COSTLY_INPUTS.filter(({ name }) => name.includes(wanted))];
let missed = 0;
console.log(
  `${'input'.padEnd(62)} ${'hello p50'.padStart(10)} ${'p95'.padStart(8)} ${'memory'.padStart(8)} ${'sent'.padStart(6)}  answered`,
);
for (const input of inputs) {
  const { name, hellos, sent, codes, memory } = await measure(input);
  const p95 = at(0.95, hellos);
  const isOver = p95 >= LIMITS.hello || memory >= LIMITS.memory;
  if (isOver) missed++;
  const figures = [
    `${at(0.5, hellos).toFixed(0)} ms`.padStart(10),
    `${p95.toFixed(0)} ms`.padStart(8),
    `${Math.round(memory / 2 ** 20)} MB`.padStart(8),
  ];
  console.log(
    `${name.padEnd(62)} ${figures.join(' ')} ${String(sent).padStart(6)}  ${[...codes].map((code) => code || 'taken').join(' ')}${isOver ? '  MISSED' : ''}`,
  );
}
console.log(`limits: hello p95 under ${LIMITS.hello} ms, memory under ${LIMITS.memory >> 20} MB; ${missed} missed`);
process.exitCode = missed > 0 ? 1 : 0;
