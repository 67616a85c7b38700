import type { INTAKE_KINDS } from '../../shared/model/vocabularies.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { ChangeSet, Hash } from '../../shared/sync/types.ts';
import type { EngineContext } from './context.ts';
import { IMPORTS } from './local-state/of-this-laptop.ts';

/** Of one workshop; older ones can no longer be undone in one step. */
const MOST_KEPT = 100;

/** An import as it is remembered: which change-sets it made says all that it wrote. */
export interface RememberedImport {
  readonly importId: string;
  readonly activityId: Id;
  /** `change`: made by hand for many people at once, and no import. */
  readonly kind: (typeof INTAKE_KINDS)[number] | 'change';
  readonly file: string;
  /** Its place among the imports of this laptop. */
  readonly number: number;
  /** Milliseconds. */
  readonly at: number;
  readonly records: number;
  readonly changeSets: readonly Hash[];
  readonly undone: boolean;
}

type LogContext = Pick<EngineContext, 'settings' | 'clock'>;

/** Remembers what an import wrote, to be called in its transaction; returns the id by which it can be undone, null where it wrote nothing. */
export function rememberImport(
  { settings, clock }: LogContext,
  { activityId, kind, file }: Pick<RememberedImport, 'activityId' | 'kind' | 'file'>,
  changeSets: readonly ChangeSet[],
): string | null {
  const [first] = changeSets;
  if (!first) return null;
  const entities = new Set(changeSets.flatMap(({ ops }) => ops.map(({ entityType, entityId }) => `${entityType} ${entityId}`)));
  const number = 1 + IMPORTS.list(settings).reduce((most, { value }) => Math.max(most, value.number), 0);
  const remembered: RememberedImport = {
    ...{ importId: first.hash, number, activityId, kind, file, at: clock.now(), records: entities.size, undone: false },
    changeSets: changeSets.map(({ hash }) => hash),
  };
  IMPORTS.write(settings, first.hash, remembered);
  const old = importsOf({ settings }, activityId).slice(MOST_KEPT);
  for (const { importId } of old) IMPORTS.remove(settings, importId);
  return first.hash;
}

/** The imports of a workshop, the newest first. */
export function importsOf({ settings }: Pick<EngineContext, 'settings'>, activityId: Id): RememberedImport[] {
  return IMPORTS.list(settings)
    .map(({ value }) => value)
    .filter((one) => one.activityId === activityId)
    .sort((a, b) => b.number - a.number);
}

export function importOf({ settings }: Pick<EngineContext, 'settings'>, importId: string): RememberedImport | undefined {
  return IMPORTS.read(settings, importId);
}

export function markUndone({ settings }: Pick<EngineContext, 'settings'>, one: RememberedImport): void {
  IMPORTS.write(settings, one.importId, { ...one, undone: true });
}
