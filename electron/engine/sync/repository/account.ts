import { clockTrust, type ClockComparison } from '../../../../shared/features/sync/rules.ts';
import type { ClockTrust } from '../../../../shared/sync/types.ts';
import { NEVER_MET, type ExchangeState } from '../../../../shared/sync/exchange.ts';
import type { LocalSettings } from '../../local-settings.ts';
import { ACCOUNT, CLOCK_COMPARED, EXCHANGE, HELD, PLAIN_ON, SENT_FILES } from '../../local-state/of-sync.ts';

/** What enrolment gave this laptop. No secret is in it: what opens the repository is the replica's key, which lies beside the database and in no backup. */
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

/** The name under which the store keeps what the repository has confirmed. */
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

/** Where this laptop stands with the repository. */
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

/** Whether it said so today. */
export function isPlainOn(settings: Pick<LocalSettings, 'get'>, day: string): boolean {
  return PLAIN_ON.read(settings) === day;
}

/** How far this laptop's clock can be trusted at `now`; for the store, which writes it into every change-set. */
export function clockTrustOf(settings: Pick<LocalSettings, 'get'>, now: number): ClockTrust {
  return clockTrust(CLOCK_COMPARED.read(settings), now);
}

/** Whether nothing travels by itself until a run is asked for. */
export function isHeld(settings: Pick<LocalSettings, 'get'>): boolean {
  return HELD.read(settings) ?? false;
}

export function setHeld(settings: LocalSettings, on: boolean): void {
  if (isHeld(settings) === on) return;
  if (on) HELD.write(settings, true);
  else HELD.remove(settings);
}

/** Whether the repository is known to hold a file. */
export function isDelivered(settings: Pick<LocalSettings, 'get'>, sha256: string): boolean {
  return SENT_FILES.read(settings, sha256) === true;
}

/** How many bytes of a file the repository has told that it holds, before it has it whole. */
export function sentOf(settings: Pick<LocalSettings, 'get'>, sha256: string): number {
  const held = SENT_FILES.read(settings, sha256);
  return typeof held === 'number' ? held : 0;
}

/** Keeps that number beside the file's name; a file that is whole there has `true` in its place. */
export function noteSent(settings: Pick<LocalSettings, 'set'>, sha256: string, held: number): void {
  if (held > 0) SENT_FILES.write(settings, sha256, held);
  else SENT_FILES.remove(settings, sha256);
}

export function setDelivered(settings: Pick<LocalSettings, 'set'>, sha256: string): void {
  SENT_FILES.write(settings, sha256, true);
}

/** A repository that was restored: what it holds of files is to be asked again. */
export function forgetDelivered(settings: LocalSettings): void {
  for (const sha256 of SENT_FILES.ids(settings)) SENT_FILES.remove(settings, sha256);
}
