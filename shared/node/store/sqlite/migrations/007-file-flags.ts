import type { Migration } from '../opening/migrate.ts';

/** The prefixes of the keys of `local` under which earlier programs kept the flags of files, before a hash. */
export const EARLIER_FLAGS = ['pin/', 'freed/', 'sync/file/', 'sync/left/'] as const;

const HEX = `length(sha256) = 64 and sha256 not glob '*[^0-9a-f]*'`;

/** Returns the statement for notes of one kind that earlier programs made, as the columns of `file_flag`; a value without its shape says nothing, but that a pin is one whatever is in it. */
const noted = (prefix: string, columns: string): string =>
  `select substr(key, ${prefix.length + 1}) as sha256, ${columns}
   from (select key, case when json_valid(value) then value else 'null' end as value from local where key >= '${prefix}' and key < '${prefix.slice(0, -1)}0' and octet_length(value) <= 1000)`;

/** SQL: the rows of `file_flag` that follow from the table `local` of an earlier program. */
export const FLAGS_IN_LOCAL = `
  select sha256, max(pinned) as pinned, max(freed) as freed, max(sent) as sent, max(delivered) as delivered, max(left_code) as left_code, max(left_day) as left_day
  from (
    ${noted('pin/', '1 as pinned, 0 as freed, 0 as sent, 0 as delivered, null as left_code, null as left_day')}
    union all ${noted('freed/', `0, json_type(value) = 'true', 0, 0, null, null`)}
    union all ${noted('sync/file/', `0, 0, case when json_type(value) = 'integer' then max(0, cast(json_extract(value, '$') as integer)) else 0 end, json_type(value) = 'true', null, null`)}
    union all ${noted('sync/left/', `0, 0, 0, 0, case when json_type(value, '$.code') = 'text' then json_extract(value, '$.code') end, case when json_type(value, '$.day') = 'text' then json_extract(value, '$.day') end`)}
  )
  where ${HEX} group by sha256`;

/**
 * Creates the table of what this laptop notes of files, one row a file; no sync carries any of it. `pinned`: it is kept offline. `freed`: it was let go here on
 * purpose. `sent`: so many bytes of it the repository has told that it holds; `delivered`: it holds the whole. `left_code`, `left_day`: why the last try could
 * not carry it, and on which day. What an earlier program kept in `local` is copied; its rows there go when the files are opened (`openFileFlags`).
 */
export const fileFlags: Migration = {
  version: 7,
  sql: `
    create table file_flag(
      sha256 text primary key,
      pinned integer not null,
      freed integer not null,
      sent integer not null,
      delivered integer not null,
      left_code text,
      left_day text
    ) strict, without rowid;
    create index file_pinned on file_flag(sha256) where pinned = 1;
    insert into file_flag ${FLAGS_IN_LOCAL};
  `,
};
