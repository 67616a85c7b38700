import { DECLARED } from '../../electron/engine/local-state/every-declaration.ts';
import type { FlagsOfFile } from '../../shared/node/files/file-flags.ts';
import type { LocalSettings } from '../../electron/engine/local-settings.ts';

/** Which of two laptops wrote a value: a sample of each differs from that of the other. */
export type Side = 'here' | 'theirs';

/** A text that stands in samples and may be found nowhere but on the laptop that they were written on. */
export const UNTOLD = 'never-told-to-anybody';

const repositoryOf = (side: Side): string => (side === 'here' ? 'a' : 'b').repeat(64);
const is = (side: Side): boolean => side === 'here';
const run = (side: Side): object => ({
  ...{ pushed: is(side) ? 1 : 2, pulled: 0, refused: 0, filesUp: 0, filesDown: 0, bytesUp: 9, bytesDown: 9, requests: 1, milliseconds: 9 },
  ...{ at: '2026-11-30T16:58:13.024Z', ok: true, code: '', untold: UNTOLD },
});

/** What each declared key, or one of each family, may hold. Values are as they lie in a store; what an earlier version wrote stays here when a version is raised. */
export const SAMPLES: Readonly<Record<string, (side: Side) => unknown>> = {
  LANGUAGE: (side) => (is(side) ? 'fr' : 'es'),
  THEME: (side) => (is(side) ? 'dark' : 'light'),
  RAIL: (side) => (is(side) ? 'open' : 'folded'),
  USER_NAME: (side) => (is(side) ? 'Awa Diop' : 'Bento Lima'),
  USER: (side) => `421777de-8fb8-41b4-99c8-6db330550a${is(side) ? '21' : '22'}`,
  LAPTOP_NAME: (side) => (is(side) ? 'Office' : 'Bag'),
  ADVANCE: is,
  SINGLE_KEYS: is,
  PEOPLE_COLUMNS: (side) => [is(side) ? 'country' : 'email'],
  STEPS_DONE: (side) => ({ sampleId: 'sample', done: ['open', is(side) ? 'mark' : 'sheet'], hidden: false, untold: UNTOLD }),
  SEEN_INDEX: (side) => [['digest', is(side) ? 3 : 4]],
  SEEN_LISTS: (side) => [UNTOLD, side],
  LETTERS_SAID: (side) => ({ x: is(side) ? 'present' : 'absent', untold: UNTOLD }),
  FORM_COLUMNS: (side) => ({ columns: { digest: is(side) ? 'email' : 'country' }, encoding: '', untold: UNTOLD }),
  FORM_ANSWERS: (side) => ({ question: side, untold: UNTOLD }),
  IMPORTS: (side) => ({
    ...{ importId: 'hash', activityId: 'activity', kind: 'people', file: `${UNTOLD}.csv`, number: is(side) ? 1 : 2, at: 0 },
    ...{ records: 1, changeSets: ['hash'], undone: false },
  }),
  SHEET_DRAFTS: (side) => ({ answers: { q1: is(side) ? 'a' : 'b' }, day: '2026-11-30', untold: UNTOLD }),
  ACCOUNT: (side) => ({
    ...{ url: 'http://127.0.0.1:1', repositoryKey: repositoryOf(side), replica: 'replica', user: side, name: 'Awa', scope: 'all' },
    untold: UNTOLD,
  }),
  EXCHANGE: (side) => ({ cursor: 'c', grants: 'g', spaces: [`space/of/${side}`], filled: [], filling: {}, compare: false, untold: UNTOLD }),
  CLOCK_COMPARED: (side) => ({ at: 1, offset: is(side) ? 1 : 2, untold: UNTOLD }),
  PLAIN_ON: (side) => (is(side) ? '2026-11-30' : '2026-11-29'),
  HELD: is,
  DATA_BUDGET: (side) => ({ metered: false, dailyCap: is(side) ? null : 1e9, pausedUntil: null, untold: UNTOLD }),
  AUTOMATIC: is,
  DAILY_USE: (side) => ({ day: '2026-11-30', bytes: is(side) ? 1 : 2, untold: UNTOLD }),
  REVOCATIONS: (side) => ({
    ...{ repositoryKey: repositoryOf(side), list: { number: 1, revoked: [{ replica: 'r', at: 1 }] }, bytes: 'AA', confirmed: true },
    untold: UNTOLD,
  }),
  ARRIVALS_SEEN: (side) => ({ feed: is(side) ? 1 : 2, at: '2026-11-30T16:58:13.024Z', untold: UNTOLD }),
  LAST_RUN: run,
  RUN_COUNT: (side) => (is(side) ? 1 : 2),
  RUNS: (side) => ({ ...run(side), way: 'lan', peer: 'replica' }),
  REISSUED: (side) => `${UNTOLD} ${side}`,
  DISMISSED: is,
  EVICTED_SPACES: (side) => ({
    ...{ space: 'workshop/1/plan', stage: 'wiped', since: '2026-11-30T16:58:13.024Z', activityId: '1', title: { fr: 'Atelier' } },
    ...{ kept: [], files: [], seen: is(side), untold: UNTOLD },
  }),
  LAN_DOOR: (side) => ({ on: is(side), visible: false, host: '127.0.0.1', port: 1, untold: UNTOLD }),
  LAN_KEYS: (side) => repositoryOf(side),
  LAN_PEERS: (side) => ({
    ...{ replica: 'replica', publicKey: repositoryOf(side), name: 'Bento', certificate: '', fingerprint: '', repository: '', address: '' },
    ...{ workshops: ['1'], received: ['workshop/1/plan'], untold: UNTOLD },
    last: { at: '2026-11-30T16:58:13.024Z', ok: true, code: '', sent: 1, received: 1 },
  }),
  ADOPTED_REPOSITORY: repositoryOf,
  USB_KEYS: repositoryOf,
  RESTORED_KEYS: repositoryOf,
  BUNDLE_COUNT: (side) => (is(side) ? 1 : 2),
  BUNDLES_WRITTEN: (side) => ({
    ...{ id: side, at: '2026-11-30T16:58:13.024Z', name: 'x', to: UNTOLD, changeSets: 1, files: ['f'], bytes: 1, recipients: ['r'] },
    spaces: [{ space: 'workshop/1/plan', tips: [{ replica: 'r', seq: 1, hash: 'h' }] }],
  }),
  BUNDLES_READ: (side) => ({
    ...{ id: side, at: '2026-11-30T16:58:13.024Z', name: UNTOLD, code: '', sender: '', writtenAt: '', applied: 1, held: 0 },
    ...{ refused: 0, files: 0, sha256: 's' },
  }),
};

/** What is noted of a file on one laptop: of each flag something else than on the other. */
export function sampleFlags(side: Side, sha256: string): FlagsOfFile {
  const left = { code: 'sync.fileTooLong', day: is(side) ? '2026-11-30' : '2026-11-29' };
  return { sha256, pinned: true, freed: is(side), sent: is(side) ? 1 : 2, delivered: !is(side), left };
}

/** The files of which something is noted: one that both laptops have, and one of its own. */
export function filesOf(side: Side): readonly string[] {
  return ['c', is(side) ? 'a' : 'b'].map((digit) => digit.repeat(64));
}

/** The ids of a family under which there are rows: one that both laptops have, and one of its own. */
export function idsOf(side: Side): readonly string[] {
  return ['both', side];
}

/** The rows of `local` that a laptop has under every declared key. */
export function sampleRows(side: Side): Map<string, unknown> {
  const rows = Object.entries(DECLARED).flatMap(([name, { key }]) => {
    const value = SAMPLES[name]!(side);
    return key.endsWith('/') ? idsOf(side).map((id) => [key + id, value] as const) : [[key, value] as const];
  });
  return new Map(rows);
}

/** Writes a value under every declared key; but for those of these names. */
export function fill(settings: Pick<LocalSettings, 'set'>, side: Side, but: readonly string[] = []): void {
  const left = new Set(but.map((name) => DECLARED[name]!.key));
  for (const [key, value] of sampleRows(side))
    if (![...left].some((one) => key === one || (one.endsWith('/') && key.startsWith(one)))) settings.set(key, value);
}

/** Every row of `local`, by key. */
export function rowsIn(settings: Pick<LocalSettings, 'list'>): Map<string, unknown> {
  return new Map(settings.list('').map(({ key, value }) => [key, value]));
}
