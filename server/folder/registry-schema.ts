import type { Db } from '../../shared/node/store/sqlite/opening/open-database.ts';
import { ACTS_IN_A_FOLDER } from '../acts.ts';

/** The tables of a folder's register; what an older program's lacks is added. */
const REGISTER_SCHEMA = `
  create table if not exists setting(key text primary key, value blob not null) strict, without rowid;
  create table if not exists invitation(
    name text primary key, secret blob not null, role text not null, scope text not null, expiresAt integer not null,
    tries integer not null default 0, usedBy text) strict, without rowid;
  create table if not exists device(
    replica text primary key, token blob not null unique, user text not null, name text not null, role text not null, scope text not null,
    enrolledAt integer not null, feed integer not null, lastSeen integer, revokedAt integer) strict, without rowid;
  create index if not exists device_by_user on device(user);
  create table if not exists credential(token blob primary key, replica text not null, since integer not null) strict, without rowid;
  create index if not exists credential_by_replica on credential(replica, since);
  create table if not exists workshop(id text primary key, creator text not null, since integer not null) strict, without rowid;
  create index if not exists workshop_by_creator on workshop(creator);
  create table if not exists refused(
    hash text primary key, code text not null, space text not null, replica text not null, receivedAt integer not null, bytes blob)
    strict, without rowid;
  ${ACTS_IN_A_FOLDER}
`;

/** Makes the tables of a folder's register. Steps only add: a register made by an older program gets what is new. */
export function prepareRegister(db: Db): void {
  const isOlder = db.prepare(`select 1 from sqlite_schema where name = 'credential'`).get() === undefined;
  db.exec(REGISTER_SCHEMA);
  // From when each device had one token. Only then: a token that was ended stays so.
  if (isOlder) db.exec('insert or ignore into credential select token, replica, enrolledAt from device');
  const columns = db.prepare(`select name from pragma_table_info('invitation')`).pluck().all();
  if (!columns.includes('person')) db.exec('alter table invitation add column person text; alter table invitation add column user text');
}
