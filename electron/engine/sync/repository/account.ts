import { clockTrust, type ClockComparison } from '../../../../shared/features/sync/rules.ts';
import type { ClockTrust } from '../../../../shared/sync/types.ts';
import { NEVER_MET, type ExchangeState } from '../../../../shared/sync/exchange.ts';
import type { LocalSettings } from '../../local-settings.ts';
import { ACCOUNT, CLOCK_COMPARED, EXCHANGE, HELD, PLAIN_ON } from '../../local-state/of-sync.ts';

/** The account that enrolment gave this laptop. No secret is in it: what opens the repository is the replica's key, which lies beside the database and in no backup. */
export interface Account {
  readonly url: string;
  /** The repository's public key, 64 hex digits. */
  readonly repositoryKey: string;
  /** The replica that was certified; another one (after a restore) is certified anew. */
  readonly replica: string;
  readonly user: string;
  readonly name: string;
  readonly scope: string;
}

/** The name of the repository under which the store keeps what it has confirmed. */
export const PEER = 'repository';

/** An account as it may lie in a store: a program from before sessions kept its bearer token there (`moveToken`). */
export type StoredAccount = Account & { readonly token?: string };

/** The account of this laptop; undefined before it is enrolled. */
export function accountOf(settings: Pick<LocalSettings, 'get'>): StoredAccount | undefined {
  return ACCOUNT.read(settings);
}

export function keepAccount(settings: LocalSettings, account: Account): void {
  ACCOUNT.write(settings, account);
}

/** Returns the exchange state of this laptop with the repository. */
export function stateOf(settings: Pick<LocalSettings, 'get'>): ExchangeState {
  return EXCHANGE.read(settings) ?? NEVER_MET;
}

export function keepState(settings: Pick<LocalSettings, 'set'>, state: ExchangeState): void {
  EXCHANGE.write(settings, state);
}

export function keepClock(settings: Pick<LocalSettings, 'set'>, comparison: ClockComparison): void {
  CLOCK_COMPARED.write(settings, comparison);
}

/** Notes that the repository knows no abridged packs; asked again on another day, for it may be brought up to date. */
export function notePlain(settings: LocalSettings, day: string): void {
  if (PLAIN_ON.read(settings) !== day) PLAIN_ON.write(settings, day);
}

/** Whether `notePlain` was called on this day. */
export function isPlainOn(settings: Pick<LocalSettings, 'get'>, day: string): boolean {
  return PLAIN_ON.read(settings) === day;
}

/** How far this laptop's clock can be trusted at `now`; for the store, which writes it into every change-set. */
export function clockTrustOf(settings: Pick<LocalSettings, 'get'>, now: number): ClockTrust {
  return clockTrust(CLOCK_COMPARED.read(settings), now);
}

/** Whether automatic runs are held back until a run is asked for. */
export function isHeld(settings: Pick<LocalSettings, 'get'>): boolean {
  return HELD.read(settings) ?? false;
}

export function setHeld(settings: LocalSettings, on: boolean): void {
  if (isHeld(settings) === on) return;
  if (on) HELD.write(settings, true);
  else HELD.remove(settings);
}
