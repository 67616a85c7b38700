import type { Migration } from '../opening/migrate.ts';

/** Creates the table of change-sets that came before the one they name: kept aside, without effect, until it is here. */
export const heldChangeSets: Migration = {
  version: 2,
  sql: `
    create table held(
      hash text primary key,
      prev text not null,
      space text not null,
      replica text not null,
      seq integer not null,
      source text not null,
      body blob not null
    ) strict, without rowid;
    create index held_by_prev on held(prev);
    create index held_by_space on held(space);
  `,
};
