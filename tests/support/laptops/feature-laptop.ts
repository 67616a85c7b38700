import { askHere, NO_SHELL } from '../../../shared/contract/shell-port.ts';
import { activityHandlers } from '../../../electron/engine/features/activity/activity.ts';
import { attendanceHandlers } from '../../../electron/engine/features/attendance/attendance.ts';
import { evaluationHandlers } from '../../../electron/engine/features/evaluation/evaluation.ts';
import { intakeHandlers } from '../../../electron/engine/features/intake.ts';
import { peopleHandlers } from '../../../electron/engine/features/people/people.ts';
import { reportHandlers } from '../../../electron/engine/features/report/report.ts';
import type { EngineContext } from '../../../electron/engine/context.ts';
import { departures } from '../../../electron/engine/departures.ts';
import { trustIn } from '../../../electron/engine/sync/trust.ts';
import { desktopContract, type DesktopCall } from '../../../shared/contract/desktop.ts';
import type { ArgsOf, ResultOf } from '../../../shared/contract/call.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { nodeClock, nodeHasher, nodeRandom, nodeVerifier } from '../../../shared/node/crypto.ts';
import { type Laptop } from './laptop.ts';
import { quietCall } from '../quiet-call.ts';
import { openVault } from '../../../electron/engine/vault/vault.ts';
import { madeDocuments } from '../../../electron/engine/files/made-documents.ts';
import { openTypesetter } from '../../../shared/node/papers/typesetter.ts';

type Calls = typeof desktopContract;

/** The calls of the workshop, its people, attendance, sheets and report over a test's laptop, arguments parsed as at every door. */
export interface FeatureCalls {
  /** A refusal is an error here. */
  call<K extends DesktopCall>(name: K, args: ArgsOf<Calls[K]>): Promise<ResultOf<Calls[K]>>;
  try<K extends DesktopCall>(name: K, args: ArgsOf<Calls[K]>): Promise<Result<ResultOf<Calls[K]>>>;
}

/** Gives a laptop those calls. */
export function featureCalls({ store, settings, files, folder }: Laptop): FeatureCalls {
  const context: EngineContext = {
    store,
    settings,
    files,
    vault: openVault(folder),
    shell: askHere(NO_SHELL),
    folder,
    clock: nodeClock,
    random: nodeRandom,
    hasher: nodeHasher,
    typesetter: openTypesetter(folder),
    madeDocuments: madeDocuments(),
    resources: folder,
    trust: trustIn({ store, settings, verifier: nodeVerifier(), hasher: nodeHasher }),
    language: () => 'en',
    translate: (_language, key) => key,
    departures: departures(),
  };
  const handlers = {
    ...activityHandlers(context, { pending: () => 0, conflicts: () => 0 }),
    ...peopleHandlers(context),
    ...intakeHandlers(context),
    ...attendanceHandlers(context),
    ...evaluationHandlers(context),
    ...reportHandlers(context),
  } as Readonly<Record<string, (args: never, call: unknown) => unknown>>;
  const attempt: FeatureCalls['try'] = async (name, args) =>
    (await handlers[name]!(desktopContract[name].args.parse(args) as never, quietCall())) as never;
  return {
    try: attempt,
    async call(name, args) {
      const answer = await attempt(name, args);
      if (!answer.ok) throw new Error(`${name}: ${answer.refusal.code}`);
      return answer.value;
    },
  };
}
