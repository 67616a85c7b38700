import type { Migration } from '../opening/migrate.ts';

/** Adds the column of when a change-set was received, milliseconds; null: not known (made here, or here before this was kept). */
export const receivedAt: Migration = {
  version: 4,
  sql: `alter table change_set add column received_at integer;`,
};
