import type { Reader, SqlValue } from '../store.ts';
import { asHead } from '../written-rows.ts';
import type { Db, Statement } from './opening/open-database.ts';
import { preparedOnce } from './prepared-once.ts';
import { receivedAtOf } from './received.ts';
import type { RegisterBatch } from './register-batch.ts';
import type { Registers } from './registers.ts';

/** Queries over a database; none of them writes. `batchUnderWay`: what the transaction under way has read of entities already; null between two. */
export function readerOver(db: Db, registers: Registers, batchUnderWay: () => RegisterBatch | null): Reader {
  const prepare = preparedOnce(db);
  const statement = (sql: string): Statement => {
    const made = prepare(sql);
    if (!made.readonly) throw new Error('a query must not write');
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
