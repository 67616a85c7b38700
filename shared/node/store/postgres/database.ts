import { createHash } from 'node:crypto';
import pg from 'pg';

/** The values that may be bound to a query; lists are PostgreSQL arrays. */
export type SqlParameter = string | number | boolean | null | Uint8Array | readonly (string | number | null)[];

/** Runs queries on one connection, or on any of the pool. Numbers of eight bytes come as numbers: feeds and times are safe integers. */
export interface Sql {
  all<T>(sql: string, ...parameters: SqlParameter[]): Promise<T[]>;
  get<T>(sql: string, ...parameters: SqlParameter[]): Promise<T | undefined>;
  /** Says how many rows were written. */
  run(sql: string, ...parameters: SqlParameter[]): Promise<number>;
  /** Several statements at once, without parameters. */
  exec(sql: string): Promise<void>;
}

/** A database that several processes may use at once. */
export interface Database extends Sql {
  /** Runs `work` in one transaction on one connection: committed when it returns, undone when it throws. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections at most. */
  readonly connections?: number;
  /** Gets what an idle connection threw (the server went away); the next query opens another. */
  readonly report?: (error: unknown) => void;
}

/** A process that stops in the middle of a transaction must not hold up all the others for longer. */
const IDLE_IN_TRANSACTION = 30_000;
const CONNECT_WITHIN = 10_000;

/**
 * The planner settings of every connection, which make every query use an index, however large the tables are and whatever the server believes of them: a plan
 * that was made while a table was small is kept, and would read all of it when it is large.
 */
export const PLANS = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'jit'].map((name) => `-c ${name}=off`).join(' ');

/** The pool of a database's connections; connects when it is first asked. Queries throw PostgreSQL's errors, their `code` a SQLSTATE. */
export function openDatabase(url: string, { connections = 10, report = () => undefined }: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    // What does not wait for one another goes out at once.
    pipeline: true,
    options: PLANS,
    connectionTimeoutMillis: CONNECT_WITHIN,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION,
    types: { getTypeParser: parserOf },
    application_name: 'itinera-repository',
  });
  pool.on('error', report);
  return {
    ...sqlOver(pool),
    async transaction(work) {
      const client = await pool.connect();
      let broken: unknown;
      const lost = (error: Error): void => void (broken = error);
      client.on('error', lost);
      try {
        await client.query('begin');
        const result = await work(sqlOver(client));
        await client.query('commit');
        return result;
      } catch (error) {
        // A connection that is gone has undone everything by itself.
        await client.query('rollback').catch((failed: unknown) => (broken ??= failed));
        throw error;
      } finally {
        client.off('error', lost);
        client.release(broken !== undefined);
      }
    },
    close: () => pool.end(),
  };
}

// Every text is the program's own and constant: prepared once on each connection.
const names = new Map<string, string>();
function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const made = createHash('sha256').update(sql).digest('base64url').slice(0, 24);
  names.set(sql, made);
  return made;
}

function sqlOver(connection: Pick<pg.Pool | pg.PoolClient, 'query'>): Sql {
  const ask = (sql: string, parameters: readonly SqlParameter[]): Promise<pg.QueryResult> =>
    connection.query({ name: nameOf(sql), text: sql, values: [...parameters] });
  return {
    all: async <T>(sql: string, ...parameters: SqlParameter[]) => (await ask(sql, parameters)).rows as T[],
    get: async <T>(sql: string, ...parameters: SqlParameter[]) => (await ask(sql, parameters)).rows[0] as T | undefined,
    run: async (sql, ...parameters) => (await ask(sql, parameters)).rowCount ?? 0,
    async exec(sql) {
      await connection.query(sql);
    },
  };
}

const BIGINT = 20;

function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return oid === BIGINT && format !== 'binary' ? Number : (pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown);
}

/** The names of the locks that are held to the end of a transaction. `feed`: held by whoever adds to the log, so that feed order is commit order. */
export type Lock = 'feed' | 'projections' | 'schema';

const LOCKS: Readonly<Record<Lock, number>> = { feed: 1, projections: 2, schema: 3 };
/** Beside other programs' locks in the same database. */
const OURS = 0x4954494e;

/** Waits for a lock and holds it to the end of the transaction. */
export async function acquireLock(tx: Sql, lock: Lock): Promise<void> {
  await tx.run('select pg_advisory_xact_lock($1::int, $2::int)', OURS, LOCKS[lock]);
}

/** A text as PostgreSQL can hold it: it knows no NUL. */
export function storable(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}
