import type { ExchangeRefusal } from '../../../../shared/features/sync/refusals.ts';
import { ok, type Result } from '../../../../shared/kernel/result.ts';
import { CALENDAR, LIBRARY, parseSpace } from '../../../../shared/model/spaces.ts';
import { titleOf, type Title } from '../../../../shared/model/title.ts';
import { unmarkEvicted } from '../../../../shared/node/store/sqlite/evicted-spaces.ts';
import { knownAmong, tips } from '../../../../shared/node/store/sqlite/change-log.ts';
import { pendingChangeSets } from '../../../../shared/node/store/sqlite/peers.ts';
import { decodeChangeSet, encodeChangeSet, redactChangeSet } from '../../../../shared/sync/change-set.ts';
import { SPACE_CLOSED, frameBytes } from '../../../../shared/sync/exchange.ts';
import type { Hash, ReplicaId, SpaceId } from '../../../../shared/sync/types.ts';
import { judgeAuthors } from '../judge.ts';
import { PEER, stateOf } from '../repository/account.ts';
import type { Exchanging } from '../context.ts';
import { removeEvicted, putEvicted, evictedSpace, evictedSpaces, type KeptChangeSet, type EvictedSpace } from './evicted-spaces.ts';
import { sendableAuthors, nextPush, withoutUnsigned } from '../repository/push.ts';
import { filesOnlyIn } from '../../files/needs.ts';
import { removeAuthorNames, removeEvictedFiles } from './remove-traces.ts';
import { delaysWipe } from '../../local-state/every-declaration.ts';

/**
 * Access lost (SYNC, *Refusal, access, erasure*; SPEC, *Access lost*): what the repository lacks of the space is brought to it, and only when it says that it holds
 * everything that is here, in its log or in quarantine, the space is wiped. Each step is written down, so that a run may end anywhere.
 */

/** The spaces here that the repository gave this laptop, or confirmed something of; to be asked before a hello is taken in. */
export function knownSpaces({ store, settings }: Pick<Exchanging, 'store' | 'settings'>): ReadonlySet<SpaceId> {
  const confirmed = store.db.prepare('select distinct space from acknowledged where peer = ?').pluck().all(PEER) as SpaceId[];
  const met = new Set([...confirmed, ...stateOf(settings).spaces]);
  return new Set(store.spaces().filter((space) => met.has(space) && space !== LIBRARY && space !== CALENDAR));
}

/** Notes which spaces are evicted and which are back, as the list of those that may be read says; inside the transaction that keeps the list. */
export function updateEvictions(run: Exchanging, met: ReadonlySet<SpaceId>, readable: readonly SpaceId[]): void {
  const { settings, clock } = run;
  const granted = new Set(readable);
  for (const lost of evictedSpaces(settings)) {
    if (!granted.has(lost.space)) continue;
    if (lost.stage === 'wiped') putEvicted(settings, { ...lost, stage: 'returning' });
    else if (lost.stage !== 'returning') removeEvicted(settings, lost.space);
  }
  for (const lost of evictedSpaces(settings)) {
    // Withdrawn again before it was here whole.
    if (lost.stage === 'returning' && !granted.has(lost.space)) putEvicted(settings, { ...lost, stage: 'wiped' });
  }
  for (const space of met) {
    const known = evictedSpace(settings, space);
    if (granted.has(space) || known?.stage === 'leaving' || known?.stage === 'unknownThere') continue;
    const { activityId, title } = workshopOf(run, space);
    const since = new Date(clock.now()).toISOString();
    putEvicted(settings, {
      space,
      since,
      activityId,
      title: known?.title ?? title,
      kept: known?.kept ?? [],
      files: [],
      stage: 'leaving',
      seen: false,
    });
  }
}

function workshopOf({ store }: Exchanging, space: SpaceId): { activityId: string | null; title: Title } {
  const parsed = parseSpace(space);
  const activityId = parsed && parsed.kind !== 'institution' ? parsed.owner : null;
  const row = store.reader.get<{ name: string | null; title: string | null }>(
    'select name, title from activity where id = ?',
    activityId ?? '',
  );
  return { activityId, title: row ? titleOf(row) : '' };
}

/** Carries evictions as far as the link allows, and resubmits what is quarantined in spaces that are back. */
export async function processEvictions(run: Exchanging): Promise<Result<null, ExchangeRefusal>> {
  removeEvictedFiles(run);
  for (const lost of evictedSpaces(run.settings)) {
    const done =
      lost.stage === 'leaving' || lost.stage === 'unknownThere'
        ? await evict(run, lost)
        : lost.stage === 'returning'
          ? await resubmitQuarantined(run, lost)
          : ok(null);
    if (!done.ok) return done;
  }
  removeEvictedFiles(run);
  return ok(null);
}

/** Bring, ask, wipe; once more where something was written meanwhile. What does not end here goes on in the next run. */
const ROUNDS = 3;
const HASHES_A_QUESTION = 4_000;

async function evict(run: Exchanging, lost: EvictedSpace): Promise<Result<null, ExchangeRefusal>> {
  const { store, settings } = run;
  const { space } = lost;
  for (let round = 0; round < ROUNDS; round++) {
    store.signRuns();
    const hashes = namesOf(run, space);
    const lacks = await lacking(run, space, hashes);
    if (!lacks.ok) return lacks;
    if (lacks.value === null) {
      putEvicted(settings, { ...lost, stage: 'unknownThere' });
      return ok(null);
    }
    if (lost.stage === 'unknownThere') putEvicted(settings, { ...lost, stage: 'leaving' });
    if (lacks.value.length === 0 && wipe(run, space, hashes)) return ok(null);
    if (lacks.value.length > 0) {
      const offered = await offer(run, space);
      if (!offered.ok) return offered;
    }
  }
  return ok(null);
}

/** Returns the hashes that stand for everything that is here of a space: the ends of its chains, and whatever the repository has not confirmed. */
function namesOf({ store }: Exchanging, space: SpaceId): Hash[] {
  const pending = pendingChangeSets(store.db, PEER, space).map(({ hash }) => hash);
  return [...new Set([...tips(store.db, space).map(({ hash }) => hash), ...pending])].sort();
}

async function lacking(run: Exchanging, space: SpaceId, hashes: readonly Hash[]): Promise<Result<readonly Hash[] | null, ExchangeRefusal>> {
  const lacks: Hash[] = [];
  let said = false;
  for (let at = 0; at < hashes.length; at += HASHES_A_QUESTION) {
    const asked = hashes.slice(at, at + HASHES_A_QUESTION);
    const answer = await run.remote.lacking(space, asked);
    if (!answer.ok) return answer;
    if (answer.value !== null) said = true;
    lacks.push(...(answer.value ?? asked));
  }
  return ok(said ? lacks : null);
}

async function offer(run: Exchanging, space: SpaceId): Promise<Result<null, ExchangeRefusal>> {
  const isOurs = sendableAuthors(run);
  return send(run, withoutUnsigned(pendingChangeSets(run.store.db, PEER, space).filter(({ replica }) => isOurs(replica))));
}

/** The redacted bodies of what is set aside at the repository: it puts the whole ones, which it has, into its log where they may now stand. */
function resubmitQuarantined(run: Exchanging, { kept }: EvictedSpace): Promise<Result<null, ExchangeRefusal>> {
  const rows = kept
    .filter(({ offered }) => offered)
    .map(({ body, hash }) => ({ bytes: Uint8Array.from(Buffer.from(body, 'base64')), hash, replica: run.store.replica }));
  const known = knownAmong(
    run.store.db,
    rows.map(({ hash }) => hash),
  );
  return send(
    run,
    rows.filter(({ hash }) => !known.has(hash)),
  );
}

async function send(
  run: Exchanging,
  rows: readonly { readonly bytes: Uint8Array; readonly replica: ReplicaId }[],
): Promise<Result<null, ExchangeRefusal>> {
  for (let rest = rows; rest.length > 0;) {
    const within = run.budget.check();
    if (!within.ok) return within;
    const isShort = run.remote.isShort();
    const { pack, count } = nextPush(run, rest, frameBytes(null, 'up'));
    if (count === 0) break;
    const reply = await run.remote.push(pack);
    if (!reply.ok && isShort && !run.remote.isShort()) continue;
    if (!reply.ok) return reply;
    rest = rest.slice(count);
  }
  return ok(null);
}

/** False where something was written since the repository was asked; then nothing is wiped. */
function wipe(run: Exchanging, space: SpaceId, asked: readonly Hash[]): boolean {
  const { store, settings } = run;
  return store.transaction(() => {
    const lost = evictedSpace(settings, space);
    // A sheet that was typed in meanwhile is sealed and offered by the next run.
    if (!lost || delaysWipe(settings, space) || namesOf(run, space).join() !== asked.join()) return false;
    const files = filesOnlyIn(run, space);
    const mine = keptOf(run, space);
    const kept = [...lost.kept.filter(({ hash }) => mine.every((one) => one.hash !== hash)), ...mine];
    const authors = [...new Set(tips(store.db, space).map(({ replica }) => replica))];
    store.wipe(space, PEER);
    removeAuthorNames(run, authors);
    for (const sha256 of files) run.files.flags.forget(sha256);
    putEvicted(settings, { ...lost, stage: 'wiped', kept, files });
    return true;
  });
}

interface OwnRow {
  readonly hash: Hash;
  readonly refused: string | null;
  readonly body: Uint8Array;
}

/** Returns this laptop's own work there that has no effect: not confirmed, or refused. Personal values go: they are other people's. */
function keptOf({ store, hasher }: Exchanging, space: SpaceId): KeptChangeSet[] {
  const pending = new Set(pendingChangeSets(store.db, PEER, space).map(({ hash }) => hash));
  const rows = store.db
    .prepare('select hash, refused, body from change_set where space = ? and replica = ? order by feed')
    .all(space, store.replica) as OwnRow[];
  return rows.flatMap(({ hash, refused, body }): KeptChangeSet[] => {
    if (refused === null && !pending.has(hash)) return [];
    const whole = decodeChangeSet(body, hasher);
    if (!whole.ok) throw Object.assign(new Error('a stored change-set cannot be read'), { code: 'SQLITE_CORRUPT' });
    const bytes = encodeChangeSet(redactChangeSet(whole.value, () => true, hasher));
    return [{ hash, code: refused ?? SPACE_CLOSED, body: Buffer.from(bytes).toString('base64'), offered: pending.has(hash) }];
  });
}

/**
 * Restores spaces that are filled again: their chains go on from what came. What the repository did not give back of this laptop's own work is taken up from
 * what was kept, and sent like anything else. To be called inside the transaction that applies a frame.
 */
export function restoreSpace(run: Exchanging, filled: readonly SpaceId[]): void {
  const { store, settings, hasher } = run;
  for (const { space, stage, kept } of evictedSpaces(settings)) {
    if (stage !== 'returning' || !filled.includes(space)) continue;
    const absent = kept.flatMap(({ body, offered }) => {
      const decoded = offered ? decodeChangeSet(Uint8Array.from(Buffer.from(body, 'base64')), hasher) : null;
      return decoded?.ok ? [decoded.value] : [];
    });
    store.ingest(absent, undefined, undefined, judgeAuthors(run, null));
    unmarkEvicted(store.db, space);
    removeEvicted(settings, space);
  }
}
