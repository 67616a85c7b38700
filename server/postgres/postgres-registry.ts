import { createHash, timingSafeEqual } from 'node:crypto';
import { storable, type Database, type Sql } from '../../shared/node/store/postgres/database.ts';
import { names } from '../../shared/node/store/postgres/lists.ts';
import { namesMore, nextListNumber, type Revocations } from '../../shared/sync/revocation.ts';
import { OPERATOR, type Act, type ActNote } from '../acts.ts';
import {
  CREDENTIALS,
  SEEN_EVERY,
  TOKEN_LASTS,
  type Admission,
  type Device,
  type Invitation,
  type NewInvitation,
  type RefusedRecord,
  type Registry,
} from '../registry.ts';

const DEVICE_COLUMNS = `replica, "user", name, role, scope, enrolled_at as "enrolledAt", last_seen as "lastSeen", revoked_at as "revokedAt"`;

/** The register in the database that the records are in: what one server process writes, the next request to any other sees. */
export class PostgresRegistry implements Registry {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async secret(name: string, drawn: Uint8Array): Promise<Uint8Array> {
    await this.#db.run('insert into setting values ($1, $2) on conflict do nothing', name, drawn);
    return (await this.#db.get<{ value: Buffer }>('select value from setting where name = $1', name))!.value;
  }

  async addInvitation(invitation: NewInvitation, now: number): Promise<boolean> {
    const { name, secret, role, scope, person, user, expiresAt } = invitation;
    return this.#db.transaction(async (tx) => {
      await tx.run('delete from invitation where expires_at < $1', now);
      const added = await tx.run(
        'insert into invitation(name, secret, role, scope, person, "user", expires_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing',
        name,
        digest(secret),
        role,
        scope,
        person,
        user,
        expiresAt,
      );
      if (added === 1) await record(tx, { who: OPERATOR, what: 'invite', details: { code: name, role, scope } }, now);
      return added === 1;
    });
  }

  async invitation(name: string): Promise<Invitation | undefined> {
    return this.#db.get(
      'select name, role, scope, person, "user", expires_at as "expiresAt", tries, used_by as "usedBy" from invitation where name = $1',
      name,
    );
  }

  async trySecret(name: string, secret: string): Promise<boolean> {
    const row = await this.#db.get<{ secret: Buffer }>('update invitation set tries = tries + 1 where name = $1 returning secret', name);
    return row !== undefined && timingSafeEqual(digest(secret), row.secret);
  }

  async enrol({ invitation, token, feed, device, act }: Admission): Promise<void> {
    const { replica, user, name, role, scope, enrolledAt } = device;
    await this.#db.transaction(async (tx) => {
      if (invitation !== null) await tx.run('update invitation set used_by = $1, tries = 0 where name = $2', replica, invitation);
      const known = await tx.get<{ revoked: number | null }>(
        'select revoked_at as revoked from device where replica = $1 for update',
        replica,
      );
      // Admitted again by a code: the list is another.
      if (known?.revoked) await numberRevocations(tx, enrolledAt);
      await tx.run(
        `insert into device(replica, "user", name, role, scope, enrolled_at, feed) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (replica) do update set "user" = excluded."user", name = excluded.name, role = excluded.role, scope = excluded.scope,
           enrolled_at = excluded.enrolled_at, feed = excluded.feed, revoked_at = null`,
        replica,
        user,
        storable(name),
        role,
        scope,
        enrolledAt,
        feed,
      );
      // A code turns out whoever had the credential before; a laptop that was certified already only gets one more.
      if (invitation !== null) await tx.run('delete from credential where replica = $1', replica);
      if (token !== null) {
        await tx.run('insert into credential(token, replica, since) values ($1, $2, $3)', digest(token), replica, enrolledAt);
        await tx.run(
          `delete from credential where replica = $1 and token not in
             (select token from credential where replica = $1 order by since desc, number desc limit ${CREDENTIALS})`,
          replica,
        );
      }
      await record(tx, act, enrolledAt);
    });
  }

  async dropTokens(user: string): Promise<void> {
    await this.#db.run('delete from credential where replica in (select replica from device where "user" = $1)', user);
  }

  async record(act: ActNote, now: number): Promise<void> {
    await record(this.#db, act, now);
  }

  async acts(): Promise<Act[]> {
    const rows = await this.#db.all<Omit<Act, 'details'> & { details: string }>('select at, who, what, details from act order by number');
    return rows.map((row) => ({ ...row, details: JSON.parse(row.details) as Act['details'] }));
  }

  async certifiedSince(replicas: readonly string[], feed: number): Promise<ReadonlySet<string>> {
    const rows = await this.#db.all<{ replica: string }>(
      'select replica from device where replica = any($1::text[]) and feed >= $2::bigint',
      replicas,
      feed,
    );
    return new Set(rows.map(({ replica }) => replica));
  }

  async deviceByToken(token: string, now: number): Promise<Device | undefined> {
    const row = await this.#db.get<{ replica: string }>(
      'select replica from credential where token = $1 and abs($2::bigint - since) < $3::bigint',
      digest(token),
      now,
      TOKEN_LASTS,
    );
    return row && this.deviceSeen(row.replica, now);
  }

  async deviceSeen(replica: string, now: number): Promise<Device | undefined> {
    const device = await this.device(replica);
    if (!device || device.revokedAt !== null) return undefined;
    if (device.lastSeen === null || Math.abs(now - device.lastSeen) > SEEN_EVERY) {
      await this.#db.run('update device set last_seen = $1 where replica = $2', now, replica);
    }
    return device;
  }

  async device(replica: string): Promise<Device | undefined> {
    return this.#db.get(`select ${DEVICE_COLUMNS} from device where replica = $1`, replica);
  }

  async devices(): Promise<Device[]> {
    return this.#db.all(`select ${DEVICE_COLUMNS} from device order by enrolled_at, replica`);
  }

  async userTaken(user: string, replica: string): Promise<boolean> {
    return (await this.#db.get('select 1 from device where "user" = $1 and replica <> $2', user, replica)) !== undefined;
  }

  async revoke(replica: string, now: number): Promise<boolean> {
    return this.#db.transaction(async (tx) => {
      const revoked = await tx.run(
        `update device set revoked_at = $1 where revoked_at is null
           and "user" = (select "user" from device where replica = $2 and revoked_at is null)`,
        now,
        replica,
      );
      if (revoked > 0) {
        await numberRevocations(tx, now);
        await record(tx, { who: OPERATOR, what: 'revoke', details: { device: replica, replicas: revoked } }, now);
      }
      return revoked > 0;
    });
  }

  async takeRevocations(list: Revocations, by: string, now: number): Promise<number> {
    return this.#db.transaction(async (tx) => {
      const own = await numberOf(tx, true);
      const lost = await tx.all<{ replica: string }>(
        `insert into device(replica, "user", name, role, scope, enrolled_at, feed, revoked_at)
           select replica, '', '', '', '', at, 0, at from unnest($1::text[], $2::bigint[]) as u(replica, at)
         on conflict (replica) do update set revoked_at = excluded.revoked_at
           where device.revoked_at is null and (device.enrolled_at <= excluded.revoked_at or ${CAME_BY_CERTIFICATE})
         returning replica`,
        list.revoked.map(({ replica }) => replica),
        list.revoked.map(({ at }) => at),
      );
      // What they have become since: they were certified anew by their old names.
      await tx.run(
        `update device set revoked_at = gone.revoked_at from device gone
         where device.revoked_at is null and device."user" <> '' and device."user" = gone."user" and gone.replica = any($1::text[])`,
        lost.map(({ replica }) => replica),
      );
      const here = { number: own, revoked: await revokedIn(tx) };
      if (lost.length > 0 || list.number > own || (list.number === own && namesMore(here, list))) {
        await numberRevocations(tx, now, list.number);
        await record(tx, { who: `device:${by}`, what: 'revoke', details: { brought: list.number, replicas: lost.length } }, now);
      }
      return lost.length;
    });
  }

  async revocationNumber(): Promise<number> {
    return numberOf(this.#db);
  }

  async revocations(): Promise<Revocations> {
    return { number: await this.revocationNumber(), revoked: await revokedIn(this.#db) };
  }

  async creatorOf(workshop: string): Promise<string | undefined> {
    return (await this.#db.get<{ creator: string }>('select creator from workshop where id = $1', workshop))?.creator;
  }

  async workshopsOf(creator: string): Promise<string[]> {
    return (await this.#db.all<{ id: string }>('select id from workshop where creator = $1', creator)).map(({ id }) => id);
  }

  async quarantinedAmong(hashes: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.#db.all<{ hash: string }>(
      `select hash from refused where exists (select from refused) and hash = any(string_to_array($1, ' ')) and bytes is not null`,
      names(hashes),
    );
    return new Set(rows.map(({ hash }) => hash));
  }

  async counts(): Promise<{ devices: number; revoked: number; invitations: number; refused: number; workshops: number }> {
    const row = await this.#db.get<{ devices: number; revoked: number; invitations: number; refused: number; workshops: number }>(
      `select (select count(*) from device where revoked_at is null) as devices, (select count(*) from device where revoked_at is not null) as revoked,
         (select count(*) from invitation where used_by is null) as invitations, (select count(*) from refused) as refused,
         (select count(*) from workshop) as workshops`,
    );
    return row!;
  }
}

/** Records an administrative act, in the transaction of what it did. */
export async function record(tx: Sql, { who, what, details }: ActNote, now: number): Promise<void> {
  await tx.run('insert into act(at, who, what, details) values ($1, $2, $3, $4)', now, who, what, JSON.stringify(details));
}

/** Whether a device that a list names came back after that by its certificate alone, without a code of the operator's. */
const CAME_BY_CERTIFICATE = `(
  exists (select 1 from act where act.at > excluded.revoked_at and act.details::json ->> 'device' = excluded.replica and act.what in ('readmit', 'renew'))
  and not exists (select 1 from act where act.at > excluded.revoked_at and act.details::json ->> 'device' = excluded.replica and act.what = 'enrol'))`;

async function numberRevocations(tx: Sql, now: number, above = 0): Promise<void> {
  const number = nextListNumber(Math.max(await numberOf(tx, true), above), now);
  await tx.run(`update counter set value = $1 where name = 'revocations'`, number);
}

async function numberOf(sql: Sql, held = false): Promise<number> {
  const row = await sql.get<{ value: number }>(`select value from counter where name = 'revocations'${held ? ' for update' : ''}`);
  return row!.value;
}

function revokedIn(sql: Sql): Promise<{ replica: string; at: number }[]> {
  return sql.all('select replica, revoked_at as at from device where revoked_at is not null order by replica');
}

/** Adds workshops that were opened to the register; the first creator stays. */
export async function addWorkshops(tx: Sql, creators: ReadonlyMap<string, string>, now: number): Promise<void> {
  await tx.run(
    'insert into workshop select id, creator, $3::bigint from unnest($1::text[], $2::text[]) as u(id, creator) on conflict do nothing',
    [...creators.keys()],
    [...creators.values()],
    now,
  );
}

/** Adds refused change-sets to the register. */
export async function addRefused(tx: Sql, records: readonly RefusedRecord[]): Promise<void> {
  await Promise.all(
    records.map(({ hash, code, space, replica, receivedAt, bytes }) =>
      tx.run('insert into refused values ($1, $2, $3, $4, $5, $6) on conflict do nothing', hash, code, space, replica, receivedAt, bytes),
    ),
  );
}

/** Codes and tokens are random: one round is enough, and what is kept opens nothing. */
function digest(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}
