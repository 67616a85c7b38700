import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../shared/kernel/ports.ts';
import type { SpaceId } from '../../shared/sync/types.ts';
import { readingActor } from '../../shared/features/sync/reading.ts';
import type { Actor } from '../../shared/features/sync/rights.ts';
import { workshopOf } from '../../shared/model/spaces.ts';
import type { Book } from '../book.ts';
import type { NamedFile, RepositoryStore } from '../repository-store.ts';

/** The user who asks for a file, with the spaces that their device may read. */
export interface FileAsker {
  readonly user: string;
  /** The spaces that the device may read. */
  readonly readable: ReadonlySet<SpaceId>;
}

export interface FileRightsPorts {
  readonly store: Pick<RepositoryStore, 'filesNamed' | 'everyFileNamed'>;
  readonly book: Book;
  readonly clock: Clock;
  /** Signs what is asked of whoever says that they have a file. */
  readonly key: Uint8Array;
  readableBy(actor: Actor): Promise<ReadonlySet<SpaceId>>;
}

/** How long a nonce can be answered (milliseconds): a file of some gigabytes is read in it. */
const NONCE_LIFETIME = 10 * 60_000;
/** Authors looked up for one question. */
const AUTHORS = 100;

/**
 * Decides who may have a file. A record that names a hash opens nothing by itself: the file is there for the readers of a space once who wrote the record there
 * has shown that they have the file (they sent it whole, or proved it against a nonce), or could have it by another record. Where nobody else names it, whoever
 * may read the space may bring it for the author.
 */
export class FileRights {
  readonly #ports: FileRightsPorts;
  #ready: Promise<void>;

  constructor(ports: FileRightsPorts) {
    this.#ports = ports;
    this.#ready = this.#beginning();
    this.#ready.catch(() => undefined);
  }

  /** What names a file, and what of it is open to whom. */
  async of(
    sha256: string,
  ): Promise<{ readonly named: readonly NamedFile[]; readonly open: ReadonlySet<NamedFile>; readonly holders: ReadonlySet<string> }> {
    await (this.#ready = this.#ready.catch(() => this.#beginning()));
    const { book, store } = this.#ports;
    const [named, holding, giving] = await Promise.all([
      store.filesNamed(sha256),
      book.all<{ owner: string }>('select owner from file_holder where sha256 = ?', sha256),
      book.all<{ space: string }>('select space from file_given where sha256 = ?', sha256),
    ]);
    const [holders, given] = [new Set(holding.map(({ owner }) => owner)), new Set(giving.map(({ space }) => space))];
    const open = new Set(named.filter(({ space, authors }) => given.has(space) || authors.some(({ user }) => holders.has(user))));
    if (open.size > 0 && open.size < named.length) await this.#openMore(sha256, named, open);
    return { named, open, holders };
  }

  /** Notes that a user has a file. */
  async hold(sha256: string, user: string): Promise<void> {
    await this.#ports.book.run('insert into file_holder values (?, ?) on conflict do nothing', sha256, user);
  }

  /** Notes that a user has shown the whole of a file: it is open by their own records, and by another's where no other place names it. */
  async deliver(sha256: string, { user, readable }: FileAsker): Promise<void> {
    const { store, book } = this.#ports;
    const named = await store.filesNamed(sha256);
    await this.hold(sha256, user);
    await book.run('delete from file_proving where sha256 = ? and owner = ?', sha256, user);
    if (named.some(({ authors }) => authors.some((author) => author.user === user))) return;
    const places = new Set(named.map(({ space }) => workshopOf(space) ?? space));
    if (places.size !== 1) return;
    for (const { space } of named) if (readable.has(space)) await this.#give(sha256, space);
  }

  /** How much of a file that is here somebody has shown by sending it again. */
  async shown(sha256: string, user: string): Promise<{ readonly held: number; readonly wrong: boolean }> {
    const [row] = await this.#ports.book.all<{ held: number; wrong: number }>(
      'select held, wrong from file_proving where sha256 = ? and owner = ?',
      sha256,
      user,
    );
    return { held: row?.held ?? 0, wrong: row?.wrong === 1 };
  }

  async noteShown(sha256: string, user: string, held: number, wrong: boolean): Promise<void> {
    await this.#ports.book.run(
      'insert into file_proving values (?, ?, ?, ?) on conflict (sha256, owner) do update set held = excluded.held, wrong = excluded.wrong',
      sha256,
      user,
      held,
      wrong ? 1 : 0,
    );
  }

  /** What the proof of a user who says that they have a file is made with. */
  nonce(sha256: string, user: string): string {
    return this.#nonceUntil(sha256, user, this.#ports.clock.now() + NONCE_LIFETIME);
  }

  isNonce(nonce: string, sha256: string, user: string): boolean {
    const until = Number(nonce.split('.')[0]);
    const now = this.#ports.clock.now();
    if (!Number.isSafeInteger(until) || until < now || until > now + NONCE_LIFETIME) return false;
    const [given, expected] = [Buffer.from(nonce), Buffer.from(this.#nonceUntil(sha256, user, until))];
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  #nonceUntil(sha256: string, user: string, until: number): string {
    const said = JSON.stringify(['itinera file 1', sha256, user, until]);
    return `${until}.${createHmac('sha256', this.#ports.key).update(said).digest('base64url')}`;
  }

  // An author who may read the file by another record has it, or could.
  async #openMore(sha256: string, named: readonly NamedFile[], open: Set<NamedFile>): Promise<void> {
    const asked = new Map<string, ReadonlySet<SpaceId>>();
    for (let before = -1; before < open.size;) {
      before = open.size;
      for (const row of named) {
        if (open.has(row)) continue;
        for (const author of row.authors) {
          const actor = readingActor(author);
          if (!actor || (asked.size >= AUTHORS && !asked.has(author.user))) continue;
          const readable = asked.get(author.user) ?? (await this.#ports.readableBy(actor));
          asked.set(author.user, readable);
          if (![...open].some(({ space }) => readable.has(space))) continue;
          await this.hold(sha256, author.user);
          open.add(row);
          break;
        }
      }
    }
  }

  /** What an earlier program had given to whoever could read a record stays so: written down once. */
  async #beginning(): Promise<void> {
    const { book, store } = this.#ports;
    if ((await book.all(`select 1 as here from file_given where sha256 = '' and space = ''`)).length > 0) return;
    for (const { sha256, space } of await store.everyFileNamed()) await this.#give(sha256, space);
    await this.#give('', '');
  }

  async #give(sha256: string, space: SpaceId): Promise<void> {
    await this.#ports.book.run('insert into file_given values (?, ?) on conflict do nothing', sha256, space);
  }
}
