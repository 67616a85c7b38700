import type { Migration } from '../opening/migrate.ts';

/**
 * Adds the column of a chain's bytes up to and with this change-set, as they were written: what waits to be sent is the difference of two places, however much
 * that is. Kept for this replica's own; of what is here already, for the places that are asked about.
 */
export const chainBytes: Migration = {
  version: 5,
  sql: `
    alter table change_set add column chain_bytes integer;
    update change_set set chain_bytes = summed.bytes
    from (select feed, sum(length(body)) over (partition by space, replica order by feed) as bytes from change_set) summed
    where summed.feed = change_set.feed and change_set.hash in (select hash from tip union select hash from acknowledged);
  `,
};
