import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import { nodeClock, nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import { openDiskFiles } from '../../../shared/node/files/disk-files.ts';
import * as log from '../../../shared/node/store/postgres/change-log.ts';
import { projectNext } from '../../../shared/node/store/postgres/projections.ts';
import { digest } from '../../../shared/node/store/postgres/registers.ts';
import { quoted, tableOf } from '../../../shared/node/store/postgres/schema.ts';
import { invite } from '../../../server/access/enrolment.ts';
import { openPostgresRepository, type PostgresRepository } from '../../../server/postgres/postgres-repository.ts';
import { ROOT } from '../laptops/engine.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { quickFolder } from './quick-folder.ts';
import type { RepositoryChoices, TestRepository } from './repository.ts';

let cluster: Promise<Postgres> | undefined;

/** A repository on PostgreSQL: two servers on one database, behind a door that hands each connection to the next of them. */
export async function startPostgresRepository(choices: RepositoryChoices = {}): Promise<TestRepository> {
  const folder = choices.folder ?? quickFolder('itinera-repository-');
  const clock = choices.clock ?? nodeClock;
  const faults: unknown[] = [];
  const postgres = await (cluster ??= startPostgres());
  // Whoever stops it and starts it again on its folder finds its database.
  const noted = path.join(folder, 'database');
  const url = existsSync(noted) ? readFileSync(noted, 'utf8') : await postgres.freshDatabase();
  writeFileSync(noted, url);
  const files = choices.files ?? openDiskFiles(folder);
  const resources = (choices.library ?? true) ? path.join(ROOT, 'resources') : null;
  const servers: PostgresRepository[] = [];
  for (let i = 0; i < 2; i++) {
    const opened = await openPostgresRepository({
      url,
      clock,
      ...(choices.quotas && { quotas: choices.quotas }),
      files,
      resources,
      report: (error) => faults.push(error),
    });
    if (!opened.ok) throw new Error(`openPostgresRepository: ${opened.refusal.code}`);
    servers.push(opened.value);
  }
  const [first] = servers as [PostgresRepository];
  const ports = await Promise.all(servers.map(async (server) => Number(new URL(await server.listen('127.0.0.1', 0)).port)));
  const door = await openDoor(ports);
  const { db } = first.store;
  return {
    folder,
    url: door.url,
    get repository(): never {
      throw new Error('no folder holds this repository');
    },
    database: url,
    registry: first.registry,
    faults,
    invite: async (role, scope, whom) => (await invite(first.registry, role, scope, clock, nodeRandom, whom)).code,
    digest: () => digest(db, nodeHasher),
    spaces: () => log.spaces(db),
    tips: async (space) => (await log.tips(db, [space])).get(space) ?? [],
    history: (entity, field) => first.store.history(entity, field),
    async shown(type) {
      while (await projectNext(db));
      return db.all(`select * from ${tableOf(type)} order by id`);
    },
    async receivedAt(values) {
      const hashes = values.map((id) => id.slice(0, 64));
      const rows = await db.all<{ hash: string; at: number | null }>(
        'select hash, received_at as at from change_set where hash = any($1::text[])',
        hashes,
      );
      return new Map(
        values.flatMap((id) => rows.flatMap(({ hash, at }) => (at !== null && id.startsWith(hash) ? [[id, at] as const] : []))),
      );
    },
    async holds(text) {
      const columns = await db.all<{ name: string; column: string; type: string }>(
        `select table_name as name, column_name as column, data_type as type from information_schema.columns
         where table_schema = 'public' and data_type in ('text', 'bytea')`,
      );
      for (const { name, column, type } of columns) {
        const value = type === 'bytea' ? `position(convert_to($1, 'UTF8') in ${quoted(column)})` : `strpos(${quoted(column)}, $1)`;
        if (await db.get(`select 1 from ${quoted(name)} where ${value} > 0 limit 1`, text)) return true;
      }
      return false;
    },
    alterRegister: (sql) => db.exec(sql),
    async forgetSpace(space) {
      await db.run('delete from written where feed in (select feed from change_set where space = $1)', space);
      for (const table of ['change_set', 'tip']) await db.run(`delete from ${table} where space = $1`, space);
      await db.run('delete from space where id = $1', space);
      await db.exec(`update counter set value = (select coalesce(max(feed), 0) from change_set) where name = 'projected'`);
    },
    async stop(kept = false) {
      door.close();
      for (const server of servers) await server.close();
      if (!kept) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A plain round-robin over ports, which may change while it is open. */
export async function openDoor(ports: readonly number[]): Promise<{ readonly url: string; close(): void }> {
  const open = new Set<Socket>();
  let next = 0;
  const door = createServer({ allowHalfOpen: true }, (incoming) => {
    const outgoing = connect({ port: ports[next++ % ports.length]!, host: '127.0.0.1', allowHalfOpen: true });
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.once('close', () => {
        open.delete(from);
        to.destroySoon();
      });
    }
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    close() {
      door.close();
      for (const socket of open) socket.destroy();
    },
  };
}
