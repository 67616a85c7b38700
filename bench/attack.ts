// What others notice while somebody does what was made to be costly: npm run bench:attack [-- TEXT] (only attacks whose name contains TEXT).
// A repository in a process of its own; each input of tests/support/costly-inputs.ts is sent again and again, several at once, while another device says hello;
// so are pulls of everything, and crowds of connections without a credential come and go.
// Ends with 1 where a limit is missed.
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { enrolBareDevice, type BareDevice } from '../tests/support/laptops/bare-device.ts';
import { COSTLY_INPUTS, sendCostly } from '../tests/support/costly-inputs.ts';
import { quickFolder } from '../tests/support/repository/quick-folder.ts';
import { spawnRepository } from '../tests/support/repository/spawned-repository.ts';

/** Milliseconds for 95 of 100 hellos, and bytes of the whole process at its largest. */
const LIMITS = { hello: 500, memory: 512 << 20 };
const SECONDS = Number(process.env['SECONDS'] ?? 8);
const AT_ONCE = 3;
const EVERY = 50;

/** Something to be done again and again; each time answers with a code, '' where it was taken. */
interface Attack {
  readonly name: string;
  begin(hostile: BareDevice, url: string): Promise<() => Promise<string>>;
}

/** Connections of a crowd, how long it stays (milliseconds). */
const CROWD = 400;
const STAYS = 1_000;
/** Records of a library that is pulled from its beginning, and how long the text of each is. */
const RECORDS = 3_000;
const LONG = 1_000;

const CROWDS = [
  ['connections that say nothing', ''],
  ['connections that stop in their headers', 'POST /v1/enrol HTTP/1.1\r\nHost: x\r\n'],
  [
    'connections whose bodies do not end',
    `POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10001\r\n\r\n${' '.repeat(10_000)}`,
  ],
] as const;

const ATTACKS: readonly Attack[] = [
  ...COSTLY_INPUTS.map(({ name, make }) => ({
    name,
    begin: async (hostile: BareDevice) => {
      const request = make(hostile);
      return () => sendCostly(hostile, request);
    },
  })),
  { name: `pulls of ${RECORDS} records from the beginning`, begin: pulling },
  ...CROWDS.map(([name, words]) => ({
    name: `${CROWD * AT_ONCE} ${name}`,
    begin: async (_: BareDevice, url: string) => () => crowd(Number(new URL(url).port), words),
  })),
];

async function pulling(hostile: BareDevice): Promise<() => Promise<string>> {
  const fields = { type: 'material', field: 'name', value: 'x'.repeat(LONG) } as const;
  const made = Array.from({ length: RECORDS / 100 }, () =>
    hostile.seal(
      'library',
      Array.from({ length: 100 }, () => ({ ...fields, id: crypto.randomUUID() })),
    ),
  );
  const taken = await hostile.push(made);
  if (taken.code !== '') throw new Error(taken.code);
  const body = JSON.stringify({ cursor: null, fill: [{ space: 'library', after: '' }], frame: 65_536 });
  return async () => (await hostile.ask('POST', '/v1/pull', body, { 'content-type': 'application/json' })).code;
}

/** A crowd comes, stays for a moment and goes. */
async function crowd(port: number, words: string): Promise<string> {
  const sockets = Array.from({ length: CROWD }, () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.on('connect', () => socket.write(words));
    return socket;
  });
  await setTimeout(STAYS);
  for (const socket of sockets) socket.destroy();
  return '';
}

interface Measured {
  readonly name: string;
  readonly hellos: readonly number[];
  readonly sent: number;
  readonly codes: ReadonlySet<string>;
  readonly memory: number;
}

async function measure(attack: Attack | null): Promise<Measured> {
  const folder = quickFolder('itinera-attack-');
  const repository = await spawnRepository(folder);
  try {
    const hostile = await enrolBareDevice(repository.url, await repository.ask('invite', 'trainer', 'all'));
    const other = await enrolBareDevice(repository.url, await repository.ask('invite', 'trainer', 'all'));
    await other.hello();
    const step = await attack?.begin(hostile, repository.url);
    const until = performance.now() + SECONDS * 1_000;
    const codes = new Set<string>();
    let sent = 0;
    const goOn = async (): Promise<void> => {
      while (step && performance.now() < until) {
        sent++;
        codes.add(await step());
      }
    };
    const [hellos] = await Promise.all([greet(other, until), ...Array.from({ length: AT_ONCE }, goOn)]);
    return { name: attack?.name ?? 'nothing', hellos, sent, codes, memory: await repository.ask('peakMemory') };
  } finally {
    await repository.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long each hello took, in milliseconds; one that was cut is said again, as the program does, and takes until it is answered. */
async function greet(device: BareDevice, until: number): Promise<number[]> {
  const took: number[] = [];
  while (performance.now() < until) {
    const started = performance.now();
    while (
      !(await device.hello().then(
        () => true,
        () => false,
      ))
    );
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
const attacks = [null, ...ATTACKS.filter(({ name }) => name.includes(wanted))];
let missed = 0;
console.log(
  `${'attack'.padEnd(62)} ${'hello p50'.padStart(10)} ${'p95'.padStart(8)} ${'memory'.padStart(8)} ${'sent'.padStart(6)}  answered`,
);
for (const attack of attacks) {
  const { name, hellos, sent, codes, memory } = await measure(attack);
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
