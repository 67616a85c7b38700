import type { BackupRefusal } from '../../../shared/features/sync/refusals.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { NEVER_MET, type ExchangeState } from '../../../shared/sync/exchange.ts';
import type { SpaceId } from '../../../shared/sync/types.ts';
import type { OnRestore } from '../local-state/declaration.ts';
import { fateOnRestore } from '../local-state/every-declaration.ts';
import { flagsThat, type FilesNoted } from '../local-state/of-files.ts';
import { ACCOUNT, EXCHANGE } from '../local-state/of-sync.ts';
import type { Account } from '../sync/repository/account.ts';

/** The choices for the account of a backup where it is not this laptop's: ask first, leave it, or go on as that account. */
export type AccountChoice = 'ask' | 'keep' | 'take';
/** The outcomes for the account of a backup. `none`: the backup has none; `same`: it is this laptop's. */
export type AccountOutcome = 'none' | 'same' | 'kept' | 'taken';

/** Rows of the table `local`: JSON texts by key. */
export type LocalRows = ReadonlyMap<string, string>;

/** The state that belongs to one laptop, as it lies in a store. */
export interface LaptopState {
  readonly local: LocalRows;
  /** What is noted of files; null where it cannot be read. */
  readonly files: FilesNoted | null;
}

export interface RestoredState {
  readonly rows: LocalRows;
  readonly files: FilesNoted;
  readonly account: AccountOutcome;
  /** The repository whose word about this store counts afterwards: its public key, hex; null: none is known. */
  readonly repositoryKey: string | null;
  /** Whether what the backup says of that repository is about the same one. */
  readonly sameRepository: boolean;
}

/**
 * Returns the local rows of a store, and what is noted of files, once a backup is in its place: what is here stays, with the sheets begun in either; the
 * backup's account counts only where it is the same, or where the user takes it. `present` null: nothing can be read of it. `own`: an automatic backup of this
 * very folder. Refuses `store.accountForeign` where it must be asked first.
 */
export function localAfterRestore(
  present: LaptopState | null,
  backup: LaptopState,
  choice: AccountChoice,
  own: boolean,
): Result<RestoredState, BackupRefusal> {
  const [here, theirs] = [present?.local ?? null, backup.local];
  const [files, theirFiles] = [present?.files ?? null, backup.files ?? []];
  const [mine, other] = [accountIn(here), accountIn(theirs)];
  const same = mine !== null && other !== null && mine.user === other.user && mine.repositoryKey === other.repositoryKey;
  const came = rowsThat(theirs, 'both');
  if (other !== null && !same && !(own && mine === null)) {
    if (choice === 'ask') return refuse('store.accountForeign', { name: other.name, url: other.url });
    if (choice === 'take') {
      const rows = [...rowsThat(here, 'look'), ...rowsThat(theirs, 'account'), ...came, ...rowsThat(here, 'both')];
      return ok({ ...settled(rows, 'taken', other, true, spacesIn(theirs)), files: flagsThat(theirFiles, 'account') });
    }
  }
  if (here === null && own) {
    return ok({ ...settled(rowsThatStay(theirs), other === null ? 'none' : 'same', other, true, spacesIn(theirs)), files: theirFiles });
  }
  const outcome = other === null ? 'none' : same ? 'same' : 'kept';
  const spaces = [...spacesIn(here), ...(same ? spacesIn(theirs) : [])];
  return ok({ ...settled([...came, ...rowsThatStay(here)], outcome, mine, same, spaces), files: files ?? (own ? theirFiles : []) });
}

/** Positions are compared anew: the log is not the one that they speak of. */
function settled(
  rows: readonly (readonly [string, string])[],
  account: AccountOutcome,
  counts: Account | null,
  sameRepository: boolean,
  spaces: readonly SpaceId[],
): Omit<RestoredState, 'files'> {
  const state: ExchangeState = { ...NEVER_MET, spaces: [...new Set(spaces)], compare: true };
  const kept = new Map(rows);
  if (counts !== null) kept.set(EXCHANGE.key, JSON.stringify(state));
  return { rows: kept, account, repositoryKey: counts?.repositoryKey ?? null, sameRepository: sameRepository && counts !== null };
}

/** The repository that the account in these rows belongs to: its public key, hex; null where there is none. */
export function repositoryKeyIn(rows: LocalRows): string | null {
  return accountIn(rows)?.repositoryKey ?? null;
}

type Rows = readonly (readonly [string, string])[];

/** The rows that are declared to fare so. */
function rowsThat(rows: LocalRows | null, fate: OnRestore): Rows {
  return [...(rows ?? [])].filter(([key]) => fateOnRestore(key) === fate);
}

/** The rows of a laptop that goes on as who it is. */
function rowsThatStay(rows: LocalRows | null): Rows {
  return [...(rows ?? [])].filter(([key]) => !GOES.includes(fateOnRestore(key)));
}

const GOES: readonly OnRestore[] = ['passes', 'anew'];

/** A backup may be of anybody's making: an account counts only where its texts are as long as those of one may be, and its key is one. */
function accountIn(rows: LocalRows | null): Account | null {
  const account = ACCOUNT.parse(rows?.get(ACCOUNT.key));
  if (!account || [account.url, account.user, account.name, account.replica].some((text) => text.length > 1_000)) return null;
  return /^[0-9a-f]{64}$/.test(account.repositoryKey) ? account : null;
}

function spacesIn(rows: LocalRows | null): readonly SpaceId[] {
  return (EXCHANGE.parse(rows?.get(EXCHANGE.key))?.spaces ?? []).filter((space) => space.length <= 200);
}
