// A repository in a process of its own (spawned-repository.ts): argv[2] its folder, argv[3] its port, argv[4] the step at which it is killed
// ('' for never). Answers questions over the channel to its parent.
import { readFileSync } from 'node:fs';
import { invite } from '../../../server/access/enrolment.ts';
import { openRepository } from '../../../server/repository.ts';
import type { Role } from '../../../shared/features/sync/reading.ts';
import { nodeClock, nodeRandom } from '../../../shared/node/crypto.ts';
import { killAtStep } from '../killing.ts';

const [, , folder, port, at] = process.argv;
const faults: string[] = [];
const opened = openRepository({
  folder: folder!,
  resources: null,
  report: (error) => faults.push(error instanceof Error ? `${error.message}\n${error.stack}` : String(error)),
});
if (!opened.ok) throw new Error(opened.refusal.code);
const repository = opened.value;
const steps = await killAtStep(repository.store.db, at === '' ? null : Number(at));
const url = await repository.listen('127.0.0.1', Number(port));

/** What the parent may ask. */
const answers = {
  invite: async (role: Role, scope: string) => (await invite(repository.registry, role, scope, nodeClock, nodeRandom)).code,
  digest: () => repository.store.digest(),
  faults: () => faults,
  steps: () => steps(),
  /** The most memory that this process ever held, in bytes. */
  peakMemory,
  close: async () => {
    await repository.close();
    setImmediate(() => process.disconnect());
    return 'closed';
  },
} as const;
export type Questions = { readonly [K in keyof typeof answers]: (typeof answers)[K] };

process.on('message', (asked: { id: number; what: keyof Questions; args: never[] }) => {
  const answer: unknown = (answers[asked.what] as (...args: never[]) => unknown)(...asked.args);
  void Promise.resolve(answer).then((value) => process.send!({ id: asked.id, value }));
});
process.on('disconnect', () => process.exit());
process.send!({ url });

/** The most memory that this program has held, in bytes. `maxRSS` counts that of whoever started it, too: on Linux the kernel is asked about this program alone. */
function peakMemory(): number {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes)) * 1024;
}
