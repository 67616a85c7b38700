import type { Reader, SqlValue } from '../store.ts';
import { asHead } from '../written.ts';
import type { Db, Statement } from './opening/open-database.ts';
import { receivedAtOf } from './received.ts';
import type { RegisterBatch } from './register-batch.ts';
import type { Registers } from './registers.ts';

/** More texts than the program has: whoever asks with ever new ones starts over. */
const PREPARED = 500;

/** Queries over a database; none of them writes. `batchUnderWay`: what the transaction under way has read of entities already; null between two. */
export function readerOver(db: Db, registers: Registers, batchUnderWay: () => RegisterBatch | null): Reader {
  // Features ask with few different texts, often: preparing costs more than running.
  const prepared = new Map<string, Statement>();
  const statement = (sql: string): Statement => {
    const known = prepared.get(sql);
    if (known) return known;
    const made = db.prepare<unknown[], unknown>(sql);
    if (!made.readonly) throw new Error('a query must not write');
    if (prepared.size >= PREPARED) prepared.clear();
    prepared.set(sql, made);
    return made;
  };
  return {
    all: <T>(sql: string, ...params: SqlValue[]) => statement(sql).all(...params) as T[],
    get: <T>(sql: string, ...params: SqlValue[]) => statement(sql).get(...params) as T | undefined,
    heads(type, id, field) {
      const batch = batchUnderWay();
      return batch ? batch.heads(type, id, field).map(asHead) : registers.heads(type, id, field);
    },
    isLive: (type, id) => (batchUnderWay() ?? registers).isLive(type, id),
    headsOfEntity: registers.headsOfEntity,
    headsWhere: (type, field, condition, ...params) => registers.headsWhere(type, field, condition, params),
    effective: registers.effective,
    history: registers.history,
    receivedAt: (values) => receivedAtOf(db, values),
  };
}
