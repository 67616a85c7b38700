import { clockTrust, type ClockComparison } from '../../../../shared/features/sync/rules.ts';
import type { ClockTrust } from '../../../../shared/sync/types.ts';
import { NEVER_MET, type ExchangeState } from '../../../../shared/sync/exchange.ts';
import type { LocalSettings } from '../../local-settings.ts';

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

const ACCOUNT = 'sync/account';
const STATE = 'sync/state';
const CLOCK = 'sync/clock';
const PLAIN = 'sync/plain';
const HELD = 'sync/held';
const FILES = 'sync/file/';

/** The account of this laptop; undefined before it is enrolled. */
export function accountOf(settings: Pick<LocalSettings, 'get'>): Account | undefined {
  return settings.get<Account>(ACCOUNT);
}

export function keepAccount(settings: LocalSettings, account: Account): void {
  settings.set(ACCOUNT, account, 'sync');
}

/** Where this laptop stands with the repository. */
export function stateOf(settings: Pick<LocalSettings, 'get'>): ExchangeState {
  return settings.get<ExchangeState>(STATE) ?? NEVER_MET;
}

export function keepState(settings: Pick<LocalSettings, 'set'>, state: ExchangeState): void {
  settings.set(STATE, state);
}

export function keepClock(settings: Pick<LocalSettings, 'set'>, comparison: ClockComparison): void {
  settings.set(CLOCK, comparison);
}

/** Notes that the repository knows no abridged packs; asked again on another day, for it may be brought up to date. */
export function notePlain(settings: LocalSettings, day: string): void {
  if (settings.get<string>(PLAIN) !== day) settings.set(PLAIN, day);
}

/** Whether it said so today. */
export function isPlainOn(settings: Pick<LocalSettings, 'get'>, day: string): boolean {
  return settings.get<string>(PLAIN) === day;
}

/** How far this laptop's clock can be trusted at `now`; for the store, which writes it into every change-set. */
export function clockTrustOf(settings: Pick<LocalSettings, 'get'>, now: number): ClockTrust {
  return clockTrust(settings.get<ClockComparison>(CLOCK), now);
}

/** Whether nothing travels by itself until a run is asked for. */
export function isHeld(settings: Pick<LocalSettings, 'get'>): boolean {
  return settings.get<boolean>(HELD) ?? false;
}

export function setHeld(settings: LocalSettings, on: boolean): void {
  if (isHeld(settings) !== on) settings.set(HELD, on ? true : null, 'sync');
}

/** Whether the repository is known to hold a file. */
export function isDelivered(settings: Pick<LocalSettings, 'get'>, sha256: string): boolean {
  return settings.get<boolean>(FILES + sha256) === true;
}

/** How many bytes of a file the repository has told that it holds, before it has it whole. */
export function sentOf(settings: Pick<LocalSettings, 'get'>, sha256: string): number {
  const held = settings.get<boolean | number>(FILES + sha256);
  return typeof held === 'number' ? held : 0;
}

/** Keeps that number beside the file's name; a file that is whole there has `true` in its place. */
export function noteSent(settings: Pick<LocalSettings, 'set'>, sha256: string, held: number): void {
  settings.set(FILES + sha256, held > 0 ? held : null);
}

export function setDelivered(settings: Pick<LocalSettings, 'set'>, sha256: string): void {
  settings.set(FILES + sha256, true);
}

/** Another repository, or one that was restored: what it holds of files is to be asked again. */
export function forgetDelivered(settings: LocalSettings): void {
  for (const { key } of settings.list(FILES)) settings.set(key, null);
}
