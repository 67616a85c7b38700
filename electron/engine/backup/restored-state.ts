import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { NEVER_MET, type ExchangeState } from '../../../shared/sync/exchange.ts';
import type { SpaceId } from '../../../shared/sync/types.ts';
import type { Account } from '../sync/repository/account.ts';

/** What to do with the account of a backup where it is not this laptop's: ask first, leave it, or go on as that account. */
export type AccountChoice = 'ask' | 'keep' | 'take';
/** What became of it. `none`: the backup has none; `same`: it is this laptop's. */
export type AccountOutcome = 'none' | 'same' | 'kept' | 'taken';

/** Rows of the table `local`: JSON texts by key. */
export type LocalRows = ReadonlyMap<string, string>;

export interface RestoredState {
  readonly rows: LocalRows;
  readonly account: AccountOutcome;
  /** The repository whose word about this store counts afterwards: its public key, hex; null: none is known. */
  readonly repositoryKey: string | null;
  /** Whether what the backup says of that repository is about the same one. */
  readonly sameRepository: boolean;
}

const ACCOUNT = 'sync/account';
const STATE = 'sync/state';
/** What a person typed and has not handed in: it is kept from both. */
const DRAFTS = 'draft/';
/** Of what another laptop wrote down this is taken with its account; not whom it was paired with, what it passed on or which door it held open. */
const WITH_ACCOUNT = ['user', 'name', ACCOUNT, STATE, 'sync/clock', 'sync/automatic', 'sync/economy', 'sync/revocations', 'pin/'];
/** Of what this laptop wrote down this does not stay: the spaces it lost are here again until the repository says otherwise. */
const PASSING = ['sync/lost/'];

/**
 * The local rows of a store once a backup is in its place: `here` stays, with the sheets begun in either; the backup's account counts only where it is the same, or
 * where the user takes it. `here` null: nothing can be read of it. `own`: an automatic backup of this very folder. Refuses `store.accountForeign` where it must be
 * asked first.
 */
export function localAfterRestore(here: LocalRows | null, theirs: LocalRows, choice: AccountChoice, own: boolean): Result<RestoredState> {
  const [mine, other] = [accountIn(here), accountIn(theirs)];
  const same = mine !== null && other !== null && mine.user === other.user && mine.repositoryKey === other.repositoryKey;
  const drafts = [...theirs].filter(([key]) => key.startsWith(DRAFTS));
  if (other !== null && !same && !(own && mine === null)) {
    if (choice === 'ask') return refuse('store.accountForeign', { name: other.name, url: other.url });
    if (choice === 'take') {
      const taken = [...theirs].filter(([key]) => WITH_ACCOUNT.some((one) => (one.endsWith('/') ? key.startsWith(one) : key === one)));
      return ok(settled([...looksOf(here), ...taken, ...drafts, ...draftsOf(here)], 'taken', other, true, stateIn(theirs).spaces));
    }
  }
  if (here === null && own) {
    return ok(
      settled(
        [...theirs].filter(([key]) => !isPassing(key)),
        other === null ? 'none' : 'same',
        other,
        true,
        stateIn(theirs).spaces,
      ),
    );
  }
  const stays = [...(here ?? [])].filter(([key]) => !isPassing(key));
  const outcome = other === null ? 'none' : same ? 'same' : 'kept';
  const spaces = [...stateIn(here).spaces, ...(same ? stateIn(theirs).spaces : [])];
  return ok(settled([...drafts, ...stays], outcome, mine, same, spaces));
}

/** Positions are compared anew: the log is not the one that they speak of. */
function settled(
  rows: readonly (readonly [string, string])[],
  account: AccountOutcome,
  counts: Account | null,
  sameRepository: boolean,
  spaces: readonly SpaceId[],
): RestoredState {
  const state: ExchangeState = { ...NEVER_MET, spaces: [...new Set(spaces)], compare: true };
  const kept = new Map(rows.filter(([key]) => key !== STATE));
  if (counts !== null) kept.set(STATE, JSON.stringify(state));
  return { rows: kept, account, repositoryKey: counts?.repositoryKey ?? null, sameRepository: sameRepository && counts !== null };
}

/** The repository that the account in these rows belongs to: its public key, hex; null where there is none. */
export function repositoryKeyIn(rows: LocalRows): string | null {
  return accountIn(rows)?.repositoryKey ?? null;
}

function isPassing(key: string): boolean {
  return PASSING.some((prefix) => key.startsWith(prefix));
}

function looksOf(here: LocalRows | null): [string, string][] {
  return ['language', 'theme'].flatMap((key) => (here?.has(key) ? [[key, here.get(key)!] as [string, string]] : []));
}

function draftsOf(here: LocalRows | null): [string, string][] {
  return [...(here ?? [])].filter(([key]) => key.startsWith(DRAFTS));
}

function accountIn(rows: LocalRows | null): Account | null {
  const account = parsed(rows?.get(ACCOUNT)) as Partial<Account> | null;
  const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 1_000;
  if (!account || !isText(account.url) || !isText(account.user) || !isText(account.name) || !isText(account.replica)) return null;
  return typeof account.repositoryKey === 'string' && /^[0-9a-f]{64}$/.test(account.repositoryKey) ? (account as Account) : null;
}

function stateIn(rows: LocalRows | null): Pick<ExchangeState, 'spaces'> {
  const spaces = (parsed(rows?.get(STATE)) as Partial<ExchangeState> | null)?.spaces;
  return {
    spaces: Array.isArray(spaces) ? spaces.filter((space): space is SpaceId => typeof space === 'string' && space.length <= 200) : [],
  };
}

function parsed(text: string | undefined): object | null {
  try {
    const value: unknown = text === undefined ? null : JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
