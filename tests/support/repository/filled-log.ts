import type { Database } from '../../../shared/node/store/postgres/database.ts';
import type { Db } from '../../../shared/node/store/sqlite/opening/open-database.ts';

/** Workshops that the rows are spread over, and devices that made them: a chain for each pair that meets. */
const WORKSHOPS = 1_000;
const DEVICES = 40;

// Rows as large and as spread as real ones; their bodies are noise, which nothing that is measured reads.
const place = (n: string): string => `'workshop/filled-' || (${n} % ${WORKSHOPS}) || '/people'`;

/** Fills a log on PostgreSQL up to so many change-sets, as if they had been pushed and shown long ago. */
export async function fillPostgres(db: Database, upTo: number): Promise<void> {
  await db.exec(`
    insert into change_set(feed, hash, space, replica, seq, prev, kind, author, t, tq, body)
      select n, md5('a' || n) || md5('b' || n), ${place('n')}, md5('device' || (n / ${WORKSHOPS} % ${DEVICES})), n / ${WORKSHOPS * DEVICES} + 1,
        case when n > ${WORKSHOPS * DEVICES} then md5('a' || n - ${WORKSHOPS * DEVICES}) || md5('b' || n - ${WORKSHOPS * DEVICES}) end,
        'data', 'somebody', 1770000000000 + n, 2, decode(repeat(md5('c' || n), 20), 'hex')
      from generate_series((select coalesce(max(feed), 0) + 1 from change_set), ${upTo}) n;
    insert into written(entity, type, feed, ops)
      select md5('mark' || feed), 'mark', feed, '[[0,"status","present",[],0],[1,"method","tap",[],0]]' from change_set c
      where space like 'workshop/filled-%' and not exists (select 1 from written w where w.entity = md5('mark' || c.feed) and w.type = 'mark');
    insert into space select space, max(feed) from change_set where space like 'workshop/filled-%' group by space
      on conflict (id) do update set head = excluded.head;
    delete from tip where space like 'workshop/filled-%';
    insert into tip(space, replica, hash, seq) select distinct on (space, replica) space, replica, hash, seq from change_set
      where space like 'workshop/filled-%' order by space, replica, seq desc;
    insert into workshop select distinct 'filled-' || (n % ${WORKSHOPS}), 'somebody', 0 from generate_series(1, ${WORKSHOPS}) n on conflict do nothing;
    update counter set value = (select max(feed) from change_set) where name = 'projected';
    update counter set value = value + 1 where name = 'grants'`);
  await db.exec('analyze');
}

/** The same on SQLite; the repository is to be opened afterwards. */
export function fillSqlite(store: Db, register: Db, upTo: number): void {
  const from = store.prepare('select coalesce(max(feed), 0) + 1 from change_set').pluck().get() as number;
  const change = store.prepare(
    `insert into change_set(feed, hash, space, replica, seq, prev, kind, author, t, tq, body) values (?, ?, ?, ?, ?, ?, 'data', 'somebody', ?, 2, ?)`,
  );
  const written = store.prepare(`insert into written(entity, type, feed, ops) values (?, 'mark', ?, ?)`);
  const tip = store.prepare('insert or replace into tip(space, replica, hash, seq) values (?, ?, ?, ?)');
  const ops = JSON.stringify([
    [0, 'status', 'present', [], 0],
    [1, 'method', 'tap', [], 0],
  ]);
  const mixed = (text: string, n: number): string =>
    (
      BigInt.asUintN(64, BigInt(n) * 0x9e3779b97f4a7c15n)
        .toString(16)
        .padStart(16, '0') + text
    ).slice(0, 16);
  const hashOf = (n: number): string => mixed('0', n) + n.toString(16).padStart(48, '0');
  const ends = new Map<string, readonly [string, string, string, number]>();
  store.transaction(() => {
    store.prepare(`delete from tip where space like 'workshop/filled-%'`).run();
    for (let n = from; n <= upTo; n++) {
      const space = `workshop/filled-${n % WORKSHOPS}/people`;
      const replica = (Math.floor(n / WORKSHOPS) % DEVICES).toString(16).padStart(32, '0');
      const seq = Math.floor(n / (WORKSHOPS * DEVICES)) + 1;
      const before = n > WORKSHOPS * DEVICES ? hashOf(n - WORKSHOPS * DEVICES) : null;
      change.run(n, hashOf(n), space, replica, seq, before, 1_770_000_000_000 + n, Buffer.alloc(320, hashOf(n)));
      written.run(hashOf(n).slice(0, 32), n, ops);
      ends.set(`${space} ${replica}`, [space, replica, hashOf(n), seq]);
    }
    for (const end of ends.values()) tip.run(...end);
  })();
  register.transaction(() => {
    const workshop = register.prepare('insert or ignore into workshop values (?, ?, 0)');
    for (let i = 0; i < WORKSHOPS; i++) workshop.run(`filled-${i}`, 'somebody');
  })();
}
