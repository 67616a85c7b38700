import type { Migration } from '../opening/migrate.ts';

/** Creates the tables of the log: change-sets with their feed numbers, what they wrote to each entity, tips, rulings; and what belongs to this store alone. */
export const changeLog: Migration = {
  version: 1,
  sql: `
    create table change_set(
      feed integer primary key,
      hash text not null unique,
      space text not null,
      replica text not null,
      seq integer not null,
      prev text,
      kind text not null,
      author text not null,
      t integer not null,
      tq integer not null,
      refused text,
      body blob not null
    ) strict;
    create index change_set_by_space on change_set(space, feed);

    create index change_set_refused on change_set(replica) where refused is not null;
    create index change_set_rulings on change_set(feed) where kind in ('refuse', 'erase');

    create table written(
      entity text not null,
      type text not null,
      feed integer not null,
      ops text not null,
      primary key (entity, type, feed)
    ) strict, without rowid;

    create table tip(
      space text not null,
      replica text not null,
      hash text not null,
      seq integer not null,
      primary key (space, replica, hash)
    ) strict, without rowid;

    create table refusal(
      hash text not null,
      space text not null,
      reason text not null,
      ruling text not null,
      primary key (hash, ruling)
    ) strict, without rowid;

    create table erasure(
      entity text not null,
      type text not null,
      space text not null,
      primary key (entity, type, space)
    ) strict, without rowid;

    create table acknowledged(
      peer text not null,
      space text not null,
      replica text not null,
      hash text not null,
      seq integer not null,
      primary key (peer, space, replica, hash)
    ) strict, without rowid;

    create table certificate(
      replica text primary key,
      public_key blob not null,
      name text not null,
      bytes blob not null
    ) strict, without rowid;

    create table local(key text primary key, value text not null) strict, without rowid;
    create table meta(key text primary key, value text not null) strict, without rowid;

    create table searchable(
      rowid integer primary key,
      id text not null,
      type text not null,
      space text not null,
      text text not null
    ) strict;
    create unique index searchable_by_entity on searchable(id, type);
    create virtual table search using fts5(text, content = 'searchable', content_rowid = 'rowid', tokenize = 'unicode61 remove_diacritics 2');
  `,
};
