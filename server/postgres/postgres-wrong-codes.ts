import { createHash } from 'node:crypto';
import type { Database } from '../../shared/node/store/postgres/database.ts';
import { WRONG_IN_ALL, WRONG_PER_ADDRESS, WRONG_WINDOW } from '../access/enrolment.ts';
import type { CodeLimits, CountedCodes } from '../access/wrong-codes.ts';

/** Counts wrong codes for all server processes together. Addresses are kept as hashes, and for the window alone. */
export class PostgresWrongCodes implements CountedCodes {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async limitsOf(address: string, now: number): Promise<CodeLimits> {
    const row = await this.#db.get<{ all: number; own: number }>(
      `select coalesce(sum(tries), 0)::int as all, coalesce(sum(tries) filter (where address = $1), 0)::int as own
       from wrong_code where since > $2::bigint`,
      hashed(address),
      now - WRONG_WINDOW,
    );
    return { closed: row!.own >= WRONG_PER_ADDRESS, slow: row!.all >= WRONG_IN_ALL };
  }

  async count(address: string, now: number): Promise<number> {
    await this.#db.run('delete from wrong_code where since <= $1', now - WRONG_WINDOW);
    const row = await this.#db.get<{ tries: number }>(
      'insert into wrong_code values ($1, $2, 1) on conflict (address) do update set tries = wrong_code.tries + 1 returning tries',
      hashed(address),
      now,
    );
    return row!.tries;
  }
}

function hashed(address: string): string {
  return createHash('sha256').update(address).digest('base64url');
}
