import { readdirSync, rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { damagePages, leavesOf } from '../../support/damage.ts';
import { atTerminal } from './terminal.ts';

export const BEFORE = 'Atelier de Dakar';
export const AFTER = 'Atelier de Praia';

/**
 * A data folder whose store does not open any more: one workshop is in the day's backup and in the store, another in the store alone, and what is damaged holds no entry. `backedUp`: when the
 * backup was made; null: there is none.
 */
export async function makeDamagedStore(data: string, backedUp: Date | null): Promise<void> {
  const dates = { start: '2021-07-12', end: '2021-07-13' };
  await atTerminal(data, (terminal) => terminal.call('activity.create', { title: BEFORE, ...dates }));
  // The day's backup is made at the next opening.
  await atTerminal(data, (terminal) => terminal.call('activity.create', { title: AFTER, ...dates }));
  const backups = path.join(data, 'backups');
  for (const name of readdirSync(backups)) {
    const file = path.join(backups, name);
    if (backedUp) utimesSync(file, backedUp, backedUp);
    else rmSync(file);
  }
  const file = path.join(data, 'itinera.db');
  const derived = leavesOf(file).filter(({ name }) => ['activity', 'searchable', 'written'].includes(name));
  damagePages(
    file,
    derived.map(({ page }) => page),
  );
}
