import { z } from 'zod';
import type { DailyUse, DataBudget } from '../../../shared/features/sync/data-budget.ts';
import type { ClockComparison } from '../../../shared/features/sync/rules.ts';
import type { ExchangeState } from '../../../shared/sync/exchange.ts';
import type { Hash } from '../../../shared/sync/types.ts';
import type { EvictedSpace } from '../sync/access/evicted-spaces.ts';
import type { ArrivalsSeen } from '../sync/history/arrived.ts';
import type { Run } from '../sync/history/run-history.ts';
import type { StoredAccount } from '../sync/repository/account.ts';
import type { RevocationsKept } from '../sync/revocations.ts';
import { localFamily, localKey } from './declaration.ts';

// What this laptop knows of its repository, and what became of what it sent there.

const ACCOUNT_FILE = 'sync/repository/account.ts';
const DATA_BUDGET_FILE = 'sync/repository/data-budget.ts';
const RUN_HISTORY = 'sync/history/run-history.ts';
const REISSUE = 'sync/review/reissue.ts';
const texts = z.array(z.string());

export const ACCOUNT = localKey<StoredAccount>({
  ...{ key: 'sync/account', says: 'with which repository this laptop is enrolled, and as whom', version: 1, secret: 'token' },
  schema: z.looseObject({
    ...{ url: z.string(), repositoryKey: z.string(), replica: z.string(), user: z.string(), name: z.string(), scope: z.string() },
    token: z.exactOptional(z.string()),
  }),
  ...{ writers: [ACCOUNT_FILE], restore: 'account', repository: 'written', wipe: 'stays', topic: 'sync' },
});

export const EXCHANGE = localKey<ExchangeState>({
  ...{ key: 'sync/state', says: 'where this laptop stands with the repository: positions and readable spaces', version: 1 },
  schema: z.looseObject({
    ...{ cursor: z.string().nullable(), grants: z.string().nullable(), spaces: texts, filled: texts },
    ...{ filling: z.record(z.string(), z.string()), compare: z.boolean() },
  }),
  ...{ writers: [ACCOUNT_FILE], restore: 'anew', repository: 'goes', wipe: 'stays' },
});

export const CLOCK_COMPARED = localKey<ClockComparison>({
  ...{ key: 'sync/clock', says: 'how far the clock here is from that of the repository', version: 1 },
  schema: z.looseObject({ at: z.number(), offset: z.number() }),
  ...{ writers: [ACCOUNT_FILE], restore: 'account', repository: 'stays', wipe: 'stays' },
});

export const PLAIN_ON = localKey<string>({
  ...{ key: 'sync/plain', says: 'the day on which the repository said that it knows no abridged packs', version: 1, schema: z.string() },
  ...{ writers: [ACCOUNT_FILE], restore: 'own', repository: 'stays', wipe: 'stays' },
});

export const HELD = localKey<boolean>({
  ...{ key: 'sync/held', says: 'that nothing travels by itself until a run is asked for', version: 1, schema: z.boolean() },
  ...{ writers: [ACCOUNT_FILE], restore: 'own', repository: 'written', wipe: 'stays', topic: 'sync' },
});

export const DATA_BUDGET = localKey<DataBudget>({
  ...{ key: 'sync/economy', says: 'when this laptop syncs, and how many bytes a day', version: 1 },
  schema: z.looseObject({ metered: z.boolean(), dailyCap: z.number().nullable(), pausedUntil: z.string().nullable() }),
  ...{ writers: [DATA_BUDGET_FILE], restore: 'account', repository: 'stays', wipe: 'stays', topic: 'sync' },
});

export const AUTOMATIC = localKey<boolean>({
  ...{ key: 'sync/automatic', says: 'false where an earlier program was told to sync when asked only', version: 1, schema: z.boolean() },
  ...{ writers: [DATA_BUDGET_FILE], restore: 'account', repository: 'stays', wipe: 'stays' },
});

export const DAILY_USE = localKey<DailyUse>({
  ...{ key: 'sync/used', says: 'how many bytes went on the last day of sync', version: 1 },
  schema: z.looseObject({ day: z.string(), bytes: z.number() }),
  ...{ writers: [DATA_BUDGET_FILE], restore: 'own', repository: 'stays', wipe: 'stays' },
});

export const REVOCATIONS = localKey<RevocationsKept>({
  ...{ key: 'sync/revocations', says: 'the devices that the repository turned out, as it signed the list', version: 1 },
  schema: z.looseObject({
    repositoryKey: z.string(),
    list: z.looseObject({ number: z.number(), revoked: z.array(z.looseObject({ replica: z.string(), at: z.number() })) }),
    ...{ bytes: z.string(), confirmed: z.exactOptional(z.boolean()) },
  }),
  ...{ writers: ['sync/revocations.ts'], restore: 'account', repository: 'bound', wipe: 'stays', topic: 'sync' },
});

export const ARRIVALS_SEEN = localKey<ArrivalsSeen>({
  ...{ key: 'sync/arrivedSeen', says: 'up to which place of the log the work of others was seen', version: 1 },
  schema: z.looseObject({ feed: z.number(), at: z.string() }),
  ...{ writers: ['sync/history/arrived.ts'], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'sync' },
});

const run = z.looseObject({
  ...{ pushed: z.number(), pulled: z.number(), refused: z.number(), filesUp: z.number(), filesDown: z.number() },
  ...{ bytesUp: z.number(), bytesDown: z.number(), requests: z.number(), milliseconds: z.number() },
  ...{ at: z.string(), ok: z.boolean(), code: z.string() },
  ...{ way: z.exactOptional(z.literal('lan')), peer: z.exactOptional(z.string()) },
});

export const LAST_RUN = localKey<Run>({
  ...{ key: 'sync/last', says: 'the last run with the repository', version: 1, schema: run },
  ...{ writers: [RUN_HISTORY], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'sync' },
});

export const RUN_COUNT = localKey<number>({
  ...{ key: 'sync/runs', says: 'how many lines of the history were written', version: 1, schema: z.number() },
  ...{ writers: [RUN_HISTORY], restore: 'own', repository: 'stays', wipe: 'stays' },
});

/** The runs with the repository and visits in the room, by number of twelve digits. */
export const RUNS = localFamily<Run>({
  ...{ key: 'sync/run/', says: 'a run with the repository, or a visit in the room', version: 1, schema: run },
  ...{ writers: [RUN_HISTORY], restore: 'own', repository: 'stays', wipe: 'stays' },
});

/** The change-sets by which ones that were set aside were written again, by hash of the change-set set aside. */
export const REISSUED = localFamily<Hash>({
  ...{ key: 'sync/reissued/', says: 'by which change-set one that was set aside was written again', version: 1, schema: z.string() },
  ...{ writers: [REISSUE], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'sync' },
});

/** The quarantined change-sets that are out of sight here, by hash. */
export const DISMISSED = localFamily<boolean>({
  ...{ key: 'sync/leftAside/', says: 'that a change-set which was set aside is out of sight here', version: 1, schema: z.boolean() },
  ...{ writers: [REISSUE], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'sync' },
});

/** The spaces that the repository gave this laptop and gives no more, by space. What a restore brings is here again until the repository says otherwise. */
export const EVICTED_SPACES = localFamily<EvictedSpace>({
  ...{ key: 'sync/lost/', says: 'a space that the repository gave this laptop and gives no more', version: 1 },
  schema: z.looseObject({
    ...{ space: z.string(), stage: z.enum(['leaving', 'unknownThere', 'wiped', 'returning']), since: z.string() },
    ...{ activityId: z.string().nullable(), title: z.union([z.string(), z.record(z.string(), z.string())]) },
    kept: z.array(z.looseObject({ hash: z.string(), code: z.string(), body: z.string(), offered: z.boolean() })),
    ...{ files: texts, seen: z.boolean() },
  }),
  ...{ writers: ['sync/access/evicted-spaces.ts'], restore: 'passes', repository: 'stays', wipe: 'records', topic: 'sync' },
});
