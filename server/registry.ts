import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { namesMore, nextListNumber, type Revocations } from '../shared/sync/revocation.ts';
import { OPERATOR, type Act, type ActNote } from './acts.ts';
import { prepareRegister } from './folder/registry-schema.ts';
import { openDatabase, type Db, type Statement } from '../shared/node/store/sqlite/opening/open-database.ts';

/** An invitation as it is kept: the secret part of its code only as a hash. */
export interface Invitation {
  /** The first signs of the code; they name the invitation and are no secret. */
  readonly name: string;
  readonly role: string;
  readonly scope: string;
  /** The name of the person whom the administrator invited; null: the device says it. */
  readonly person: string | null;
  /** The user whom the device goes on as: it takes the place of one that was lost. Null: a user of its own. */
  readonly user: string | null;
  readonly expiresAt: number;
  readonly tries: number;
  /** The replica that used it; null: nobody yet. */
  readonly usedBy: string | null;
}

/** The fields of an invitation that are stored when it is made. */
export type NewInvitation = Pick<Invitation, 'name' | 'role' | 'scope' | 'person' | 'user' | 'expiresAt'> & { readonly secret: string };

/** An enrolled device. */
export interface Device {
  readonly replica: string;
  readonly user: string;
  readonly name: string;
  readonly role: string;
  readonly scope: string;
  readonly enrolledAt: number;
  readonly lastSeen: number | null;
  readonly revokedAt: number | null;
}

/** A device as it is admitted. */
export interface Admission {
  /** The invitation that is spent by it; null: it was admitted otherwise. */
  readonly invitation: string | null;
  /** The bearer token for a program from before sessions; null: none. */
  readonly token: string | null;
  /** Where the log stood. */
  readonly feed: number;
  readonly device: Omit<Device, 'lastSeen' | 'revokedAt'>;
  readonly act: ActNote;
}

/** A change-set that was refused, for telling its author again when a reply got lost. */
export interface RefusedRecord {
  readonly hash: string;
  readonly code: string;
  readonly space: string;
  readonly replica: string;
  readonly receivedAt: number;
  /** The change-set itself where no space of ours holds it. */
  readonly bytes: Uint8Array | null;
}

/** The most credentials of one replica: twins of one laptop each get one until they have names of their own; more than this many are nobody's. */
export const CREDENTIALS = 8;

/**
 * The milliseconds for which a bearer token opens the repository, for programs from before sessions: they ask for another with their certificate and key when
 * one has ended, so that one that was copied with a database or a backup, or overheard, is soon worth nothing.
 */
export const TOKEN_LASTS = 12 * 3_600_000;

const DEVICE_COLUMNS = 'replica, user, name, role, scope, enrolledAt, lastSeen, revokedAt';
/** The milliseconds between two records of `lastSeen`, which is for an administrator's eye; more often would be a write per request. */
export const SEEN_EVERY = 10 * 60_000;

/** The register as the server asks it, whether it answers at once (a folder) or later (a database server). */
export type Registry = {
  readonly [K in RegistryCall]: FolderRegistry[K] extends (...args: infer A) => infer R ? (...args: A) => R | Promise<R> : never;
};

type RegistryCall =
  | 'acts'
  | 'addInvitation'
  | 'certifiedSince'
  | 'counts'
  | 'creatorOf'
  | 'device'
  | 'deviceByToken'
  | 'deviceSeen'
  | 'devices'
  | 'dropTokens'
  | 'enrol'
  | 'invitation'
  | 'quarantinedAmong'
  | 'record'
  | 'revocationNumber'
  | 'revocations'
  | 'revoke'
  | 'secret'
  | 'takeRevocations'
  | 'trySecret'
  | 'userTaken'
  | 'workshopsOf';

/**
 * The facts that the repository knows beside the records: invitations, devices, who opened which workshop, what was refused. A file of its own, so that the
 * administration works on it whether the server runs or not.
 */
export class FolderRegistry {
  readonly #db: Db;
  readonly #prepared = new Map<string, Statement>();

  constructor(file: string) {
    this.#db = openDatabase(file);
    prepareRegister(this.#db);
  }

  /** A prepared statement: these few are asked for with every request. */
  #sql(text: string): Statement {
    const known = this.#prepared.get(text);
    if (known) return known;
    const made = this.#db.prepare(text);
    this.#prepared.set(text, made);
    return made;
  }

  close(): void {
    this.#db.close();
  }

  /** Copies the whole file, as it stands, to a path where nothing is yet. */
  copyTo(file: string): void {
    this.#sql('vacuum into ?').run(file);
  }

  setting(key: string): Uint8Array | undefined {
    return (this.#sql('select value from setting where key = ?').get(key) as { value: Uint8Array } | undefined)?.value;
  }

  setSetting(key: string, value: Uint8Array): void {
    this.#sql('insert into setting values (?, ?) on conflict do update set value = excluded.value').run(key, value);
  }

  /** A setting; `drawn` becomes it where there was none. */
  secret(key: string, drawn: Uint8Array): Uint8Array {
    this.#sql('insert into setting values (?, ?) on conflict do nothing').run(key, drawn);
    return this.setting(key)!;
  }

  /** False when an invitation of that name is there already: draw another code. */
  addInvitation(invitation: NewInvitation, now: number): boolean {
    const { name, secret, role, scope, person, user, expiresAt } = invitation;
    return this.#db
      .transaction(() => {
        this.#sql('delete from invitation where expiresAt < ?').run(now);
        const added = this.#sql(
          'insert into invitation(name, secret, role, scope, person, user, expiresAt) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing',
        ).run(name, digest(secret), role, scope, person, user, expiresAt);
        if (added.changes === 1) this.record({ who: OPERATOR, what: 'invite', details: { code: name, role, scope } }, now);
        return added.changes === 1;
      })
      .immediate();
  }

  invitation(name: string): Invitation | undefined {
    return this.#sql('select name, role, scope, person, user, expiresAt, tries, usedBy from invitation where name = ?').get(name) as
      Invitation | undefined;
  }

  /** Counts a try and says whether the secret is right. */
  trySecret(name: string, secret: string): boolean {
    const row = this.#sql('update invitation set tries = tries + 1 where name = ? returning secret').get(name) as
      { secret: Uint8Array } | undefined;
    return row !== undefined && timingSafeEqual(digest(secret), row.secret);
  }

  /** Enrols a device, or enrols it anew, and spends the invitation if it came by one. */
  enrol({ invitation, token, feed, device, act }: Admission): void {
    this.#db
      .transaction(() => {
        if (invitation !== null) this.#sql('update invitation set usedBy = ?, tries = 0 where name = ?').run(device.replica, invitation);
        // Admitted again by a code: the list is another.
        if (this.device(device.replica)?.revokedAt) this.#numberRevocations(device.enrolledAt);
        // A column from when each device had one token; without one, what nobody knows.
        const kept = token === null ? randomBytes(32) : digest(token);
        this.#sql(
          `insert into device(replica, token, user, name, role, scope, enrolledAt, feed) values (?, ?, ?, ?, ?, ?, ?, ?)
             on conflict(replica) do update set token = excluded.token, user = excluded.user, name = excluded.name, role = excluded.role,
             scope = excluded.scope, enrolledAt = excluded.enrolledAt, feed = excluded.feed, revokedAt = null`,
        ).run(device.replica, kept, device.user, device.name, device.role, device.scope, device.enrolledAt, feed);
        // A code turns out whoever had the credential before; a laptop that was certified already only gets one more.
        if (invitation !== null) this.#sql('delete from credential where replica = ?').run(device.replica);
        if (token !== null) {
          this.#sql('insert into credential(token, replica, since) values (?, ?, ?)').run(kept, device.replica, device.enrolledAt);
          this.#sql(
            'delete from credential where replica = ? and token not in (select token from credential where replica = ? order by since desc limit ?)',
          ).run(device.replica, device.replica, CREDENTIALS);
        }
        this.record(act, device.enrolledAt);
      })
      .immediate();
  }

  /** Ends the tokens of a user's device with every replica that it was: it has shown its key. */
  dropTokens(user: string): void {
    const ofUser = 'replica in (select replica from device where user = ?)';
    if (!this.#sql(`select 1 from credential where ${ofUser} limit 1`).get(user)) return;
    this.#sql(`delete from credential where ${ofUser}`).run(user);
    // Nor what a column of old still says of it.
    this.#sql('update device set token = randomblob(32) where user = ?').run(user);
  }

  /** Writes an administrative act down; none is ever changed or taken away. */
  record({ who, what, details }: ActNote, now: number): void {
    this.#sql('insert into act(at, who, what, details) values (?, ?, ?, ?)').run(now, who, what, JSON.stringify(details));
  }

  /** The administrative acts, oldest first. */
  acts(): Act[] {
    const rows = this.#sql('select at, who, what, details from act order by number').all() as (Omit<Act, 'details'> & {
      details: string;
    })[];
    return rows.map((row) => ({ ...row, details: JSON.parse(row.details) as Act['details'] }));
  }

  /** Those of these replicas that were certified when the log stood at a feed number, or later. */
  certifiedSince(replicas: readonly string[], feed: number): ReadonlySet<string> {
    const rows = this.#sql('select replica from device where replica in (select value from json_each(?)) and feed >= ?').pluck();
    return new Set(rows.all(JSON.stringify(replicas), feed) as string[]);
  }

  /** The device that holds a token; undefined when there is none, it has ended or the device was revoked. */
  deviceByToken(token: string, now: number): Device | undefined {
    const replica = this.#sql('select replica from credential where token = ? and abs(? - since) < ?')
      .pluck()
      .get(digest(token), now, TOKEN_LASTS) as string | undefined;
    return replica === undefined ? undefined : this.deviceSeen(replica, now);
  }

  /** A device in force that asks just now; undefined when there is none, or it was revoked. */
  deviceSeen(replica: string, now: number): Device | undefined {
    const device = this.device(replica);
    if (!device || device.revokedAt !== null) return undefined;
    if (device.lastSeen === null || Math.abs(now - device.lastSeen) > SEEN_EVERY) {
      this.#sql('update device set lastSeen = ? where replica = ?').run(now, replica);
    }
    return device;
  }

  device(replica: string): Device | undefined {
    return this.#sql(`select ${DEVICE_COLUMNS} from device where replica = ?`).get(replica) as Device | undefined;
  }

  devices(): Device[] {
    return this.#sql(`select ${DEVICE_COLUMNS} from device order by enrolledAt, replica`).all() as Device[];
  }

  /** Whether another replica than this one goes by that user id. */
  userTaken(user: string, replica: string): boolean {
    return this.#sql('select 1 from device where user = ? and replica <> ?').get(user, replica) !== undefined;
  }

  /**
   * Turns a device out, with every replica that it was (a user id is one device's): the key of an earlier one may lie beside the present one. False
   * when there is no such device in force.
   */
  revoke(replica: string, now: number): boolean {
    return this.#db
      .transaction(() => {
        const { changes } = this.#sql(
          `update device set revokedAt = ? where revokedAt is null and user = (select user from device where replica = ? and revokedAt is null)`,
        ).run(now, replica);
        if (changes > 0) {
          this.#numberRevocations(now);
          this.record({ who: OPERATOR, what: 'revoke', details: { device: replica, replicas: changes } }, now);
        }
        return changes > 0;
      })
      .immediate();
  }

  /**
   * Takes up a list that this repository signed and that a laptop brings back: this register was put back from an older copy. Whom it names is turned out, but for who was
   * admitted again by a code after that; the next list has a higher number than both. Says how many were turned out.
   */
  takeRevocations(list: Revocations, by: string, now: number): number {
    return this.#db
      .transaction(() => {
        const lost = list.revoked.filter(({ replica, at }) => {
          const known = this.device(replica);
          return !known || (known.revokedAt === null && (known.enrolledAt <= at || this.#cameByCertificate(replica, at)));
        });
        const turnOut = this.#sql(
          `insert into device(replica, token, user, name, role, scope, enrolledAt, feed, revokedAt) values (?, ?, '', '', '', '', ?, 0, ?)
             on conflict(replica) do update set revokedAt = excluded.revokedAt`,
        );
        const others = this.#sql(
          `update device set revokedAt = ? where revokedAt is null and user <> '' and user = (select user from device where replica = ?)`,
        );
        for (const { replica, at } of lost) {
          turnOut.run(replica, randomBytes(32), at, at);
          // What it has become since: it was certified anew by its old name.
          others.run(at, replica);
        }
        const own = this.revocationNumber();
        if (lost.length > 0 || list.number > own || (list.number === own && namesMore(this.revocations(), list))) {
          this.#numberRevocations(now, list.number);
          this.record({ who: `device:${by}`, what: 'revoke', details: { brought: list.number, replicas: lost.length } }, now);
        }
        return lost.length;
      })
      .immediate();
  }

  /** Whether a device came back after a time by its certificate alone, without a code of the operator's. */
  #cameByCertificate(replica: string, after: number): boolean {
    const acts = this.#sql(`select distinct what from act where at > ? and json_extract(details, '$.device') = ?`)
      .pluck()
      .all(after, replica) as string[];
    return acts.some((what) => what === 'readmit' || what === 'renew') && !acts.includes('enrol');
  }

  #numberRevocations(now: number, above = 0): void {
    const number = nextListNumber(Math.max(this.revocationNumber(), above), now);
    this.setSetting('revocations', Buffer.from(String(number)));
  }

  /** The number of the list of devices turned out; it grows with every change. */
  revocationNumber(): number {
    return (this.#sql(`select cast(cast(value as text) as integer) from setting where key = 'revocations'`).pluck().get() as number) ?? 0;
  }

  /** The devices turned out, with when. */
  revocations(): Revocations {
    const revoked = this.#sql('select replica, revokedAt as "at" from device where revokedAt is not null order by replica').all();
    return { number: this.revocationNumber(), revoked: revoked as { replica: string; at: number }[] };
  }

  creatorOf(workshop: string): string | undefined {
    return (this.#sql('select creator from workshop where id = ?').get(workshop) as { creator: string } | undefined)?.creator;
  }

  workshopsOf(creator: string): string[] {
    return this.#sql('select id from workshop where creator = ?').pluck().all(creator) as string[];
  }

  /** The first one stays: a workshop has one creator. */
  addWorkshops(ids: ReadonlyMap<string, string>, now: number): void {
    const insert = this.#sql('insert into workshop values (?, ?, ?) on conflict do nothing');
    this.#db.transaction(() => ids.forEach((creator, id) => insert.run(id, creator, now))).immediate();
  }

  addRefused(records: readonly RefusedRecord[]): void {
    const insert = this.#sql('insert into refused values (?, ?, ?, ?, ?, ?) on conflict do nothing');
    this.#db.transaction(() => records.forEach((r) => insert.run(r.hash, r.code, r.space, r.replica, r.receivedAt, r.bytes))).immediate();
  }

  /** A quarantined change-set as it was sent; undefined when there is none, or a space of ours holds it. */
  quarantined(hash: string): Uint8Array | undefined {
    return (this.#sql('select bytes from refused where hash = ?').pluck().get(hash) as Uint8Array | null | undefined) ?? undefined;
  }

  /** Which of these change-sets are quarantined here whole. */
  quarantinedAmong(hashes: readonly string[]): ReadonlySet<string> {
    return new Set(hashes.filter((hash) => this.quarantined(hash) !== undefined));
  }

  /** Rewrites quarantined change-sets where `rewrite` gives other bytes, and keeps no copy of what was there. */
  rewriteQuarantined(rewrite: (bytes: Uint8Array) => Uint8Array | null): void {
    const kept = this.#sql('select hash, bytes from refused where bytes is not null').all() as { hash: string; bytes: Uint8Array }[];
    const changed = kept.flatMap(({ hash, bytes }) => {
      const after = rewrite(bytes);
      return after ? [[after, hash] as const] : [];
    });
    if (changed.length === 0) return;
    const update = this.#sql('update refused set bytes = ? where hash = ?');
    this.#db.transaction(() => changed.forEach((one) => update.run(...one))).immediate();
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
  }

  /** Releases a quarantined change-set that may now stand. */
  releaseQuarantined(hash: string): void {
    this.#sql('delete from refused where hash = ?').run(hash);
  }

  /** Counts for an administrator. */
  counts(): { devices: number; revoked: number; invitations: number; refused: number; workshops: number } {
    return this.#sql(
      `select (select count(*) from device where revokedAt is null) devices, (select count(*) from device where revokedAt is not null) revoked,
         (select count(*) from invitation where usedBy is null) invitations, (select count(*) from refused) refused,
         (select count(*) from workshop) workshops`,
    ).get() as { devices: number; revoked: number; invitations: number; refused: number; workshops: number };
  }
}

/** Codes and tokens are random: one round is enough, and what is kept opens nothing. */
function digest(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}
