import type { SyncPorts } from '../context.ts';
import { dayOf } from '../repository/economy.ts';

/** A file that the last try could not carry. */
interface Left {
  readonly code: string;
  readonly day: string;
}

/** A file that could not be carried, as people see it. */
export interface FileLeft {
  readonly fileName: string;
  readonly code: string;
}

type Ports = Pick<SyncPorts, 'settings' | 'clock'>;

const LEFT = 'sync/left/';

/** Writes down why a file could not be carried; null: it was. */
export function noteLeft({ settings, clock }: Ports, sha256: string, code: string | null): void {
  const key = LEFT + sha256;
  if (code !== null) settings.set(key, { code, day: dayOf(clock) } satisfies Left, 'sync');
  else if (settings.get(key) !== undefined) settings.set(key, null, 'sync');
}

/** Why the last try could not carry a file; null: nothing is known. */
export function codeOfLeft({ settings }: Pick<Ports, 'settings'>, sha256: string): string | null {
  return settings.get<Left>(LEFT + sha256)?.code ?? null;
}

export function isLeftToday({ settings, clock }: Ports, sha256: string): boolean {
  return settings.get<Left>(LEFT + sha256)?.day === dayOf(clock);
}

/** The files that could not be carried and that a record still names, by name. */
export function filesLeft({ store, settings }: Pick<SyncPorts, 'store' | 'settings'>): FileLeft[] {
  return settings.list<Left>(LEFT).flatMap(({ key, value }) => {
    const row = store.reader.get<{ fileName: string | null }>(
      'select fileName from materialVersion where sha256 = ? and live = 1 order by id limit 1',
      key.slice(LEFT.length),
    );
    return row ? [{ fileName: row.fileName ?? '', code: value.code }] : [];
  });
}
