import type { Migration } from '../opening/migrate.ts';

/** Creates an index of what is set aside on this laptop alone, which is asked for at every look at what waits, among rulings that only grow. */
export const setAsideHereIndex: Migration = {
  version: 3,
  sql: `create index refusal_here on refusal(space) where ruling = 'here';`,
};
