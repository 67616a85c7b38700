import type { Migration } from '../opening/migrate.ts';

/**
 * Creates the table of change-sets without effect on this laptop alone, apart from those ruled out for everybody: another list of rulers must not give them
 * their effect back. What an earlier program noted among the rulings is copied; its rows stay there and say nothing any more (`RULED`). `cause`: `closed` (the
 * repository keeps the space closed to this device) or `author` (its author may not write it).
 */
export const quarantineTable: Migration = {
  version: 6,
  sql: `
    create table quarantine(
      hash text primary key,
      space text not null,
      reason text not null,
      cause text not null
    ) strict, without rowid;
    create index quarantine_by_cause on quarantine(cause, space);
    insert or ignore into quarantine select hash, space, min(reason), 'closed' from refusal where ruling = 'here' group by hash, space;
  `,
};
