import type { SyncPorts } from '../context.ts';
import { dayOf } from '../repository/economy.ts';
import { FILES_LEFT } from '../../local-state/of-sync.ts';

/** A file that the last try could not carry. */
export interface LeftNote {
  readonly code: string;
  readonly day: string;
}

/** A file that could not be carried, as people see it. */
export interface FileLeft {
  readonly fileName: string;
  readonly code: string;
}

type Ports = Pick<SyncPorts, 'settings' | 'clock'>;

/** Writes down why a file could not be carried; null: it was. */
export function noteLeft({ settings, clock }: Ports, sha256: string, code: string | null): void {
  if (code !== null) FILES_LEFT.write(settings, sha256, { code, day: dayOf(clock) });
  else if (FILES_LEFT.has(settings, sha256)) FILES_LEFT.remove(settings, sha256);
}

/** Why the last try could not carry a file; null: nothing is known. */
export function codeOfLeft({ settings }: Pick<Ports, 'settings'>, sha256: string): string | null {
  return FILES_LEFT.read(settings, sha256)?.code ?? null;
}

export function isLeftToday({ settings, clock }: Ports, sha256: string): boolean {
  return FILES_LEFT.read(settings, sha256)?.day === dayOf(clock);
}

/** The files that could not be carried and that a record still names, by name. */
export function filesLeft({ store, settings }: Pick<SyncPorts, 'store' | 'settings'>): FileLeft[] {
  return FILES_LEFT.list(settings).flatMap(({ id: sha256, value }) => {
    const row = store.reader.get<{ fileName: string | null }>(
      'select fileName from materialVersion where sha256 = ? and live = 1 order by id limit 1',
      sha256,
    );
    return row ? [{ fileName: row.fileName ?? '', code: value.code }] : [];
  });
}
