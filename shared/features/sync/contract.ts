import { z } from 'zod';
import { BACKUP_REFUSALS, EXCHANGE_REFUSALS } from './refusals.ts';
import { job, reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { SYNC_TIMES } from './data-budget.ts';

const anyValue = z.json();
const syncTime = z.enum(SYNC_TIMES);

/** In which office somebody writes, from their certificate: one of the six roles, and their institution; '' where it is not known or there is none. */
const office = { role: z.string(), institution: z.string() };

const headValue = z.object({
  /** Value id. */
  id: z.string(),
  value: anyValue,
  /** Name of the user who wrote it; '' when not known here. */
  author: z.string(),
  device: z.string(),
  laptop: z.string(),
  ...office,
  /** The writer's clock, ISO 8601, and how far it could be trusted. */
  t: z.string(),
  /** When the repository received it, or this laptop where that is not known yet; null where it is not known at all. */
  receivedAt: z.string().nullable(),
  tq: z.union([z.literal(0), z.literal(1), z.literal(2)]),
});

/** The facts by which a person recognises a record; names only where the reader may see them, '' and null where it does not apply. */
const about = z.object({
  activityId: shape.id.nullable(),
  activity: shape.titleShown.nullable(),
  person: z.string(),
  halfDay: z.string(),
  title: z.string(),
});

const conflict = z.object({
  space: z.string(),
  entityType: z.string(),
  entity: z.string(),
  field: z.string(),
  values: z.array(headValue),
  /** What `values` were all written over, where that is known: for a comparison three ways. */
  base: anyValue.optional(),
  /** How many values there are beside `values`: a few of each author are listed, and all are settled together. */
  more: z.int(),
  /** Ids of everything that there is to settle, for `sync.settle` (more than 64 as one name). */
  seen: z.array(z.string()),
  /** The id of the value shown meanwhile. */
  shown: z.string(),
  /** Whether the user may settle it. */
  permission: shape.permission,
  about,
});

const setAside = z.object({
  space: z.string(),
  changeSet: z.string(),
  code: z.string(),
  t: z.string(),
  /** Hash of the change-set by which it was written again; '' while it was not. */
  reissued: z.string(),
  /** Its space was removed from this laptop: it is offered again by itself when access comes back, and cannot be written again here. */
  away: z.boolean(),
  /** Who wrote it. */
  author: z.string(),
  device: z.string(),
  laptop: z.string(),
  ...office,
  /** Made on this laptop; others' are told where their space is read here. */
  own: z.boolean(),
  /** Put out of sight here by `sync.leaveAside`. */
  leftAside: z.boolean(),
  /** Whether the user may write it again (`sync.reissue`). */
  permission: shape.permission,
  entities: z.array(z.object({ entityType: z.string(), entity: z.string(), field: z.string(), value: anyValue, about })),
});

const lostAccess = z.object({
  /** '' for what belongs to no workshop. */
  activityId: z.string(),
  title: shape.titleShown,
  /** When it was noticed, ISO 8601. */
  since: z.string(),
  /** plan, people, answers ... */
  kinds: z.array(z.string()),
  /** Whether all of it has been removed from this laptop; otherwise what the repository lacks is still being brought to it. */
  removed: z.boolean(),
  /** How many changes made here lie at the repository without effect. */
  setAside: z.int(),
  seen: z.boolean(),
});

export const syncContract = {
  /**
   * Enrols this laptop with a repository by a one-time code. `name`: the user's name as others will see it, where the code names nobody. `allowPlain`: the user was told that
   * everybody in the local network can read along at an http address, and allows it. Refuses `sync.plainAsk`, `sync.plainHttp`.
   */
  'sync.enrol': job(
    z.strictObject({
      url: z.url({ protocol: /^https?$/ }).max(500),
      code: shape.line,
      name: shape.line,
      allowPlain: z.boolean().default(false),
      /** Whether nothing travels by itself until a run is asked for: its size is to be seen first. */
      held: z.boolean().default(false),
    }),
    z.object({ replica: z.string(), spaces: z.array(z.string()) }),
    [...EXCHANGE_REFUSALS, 'sync.addressWrong', 'sync.plainAsk'],
  ),
  'sync.run': job(
    z.strictObject({ spaces: z.array(z.string().max(200)).max(10_000).optional(), files: z.boolean().default(true) }),
    z.object({
      pushed: z.int(),
      pulled: z.int(),
      refused: z.int(),
      bytesUp: z.int(),
      bytesDown: z.int(),
      requests: z.int(),
      conflicts: z.int(),
      filesUp: z.int(),
      filesDown: z.int(),
    }),
    EXCHANGE_REFUSALS,
  ),
  'sync.status': reads(
    ['sync', 'settings'],
    shape.nothing,
    z.object({
      enrolled: z.boolean(),
      url: z.string(),
      /** How what travels there is protected; '' where this laptop is enrolled nowhere. */
      protection: z.enum(['', 'secure', 'loopback', 'private', 'public']),
      user: z.string(),
      /** The last run that ended, with its figures; null: never. */
      last: z
        .object({
          at: z.string(),
          ok: z.boolean(),
          code: z.string(),
          pushed: z.int(),
          pulled: z.int(),
          bytesUp: z.int(),
          bytesDown: z.int(),
        })
        .nullable(),
      /** Change-sets that this user made and the repository has not confirmed. */
      pending: z.int(),
      pendingFiles: z.int(),
      /** Files that the last try could not carry, with why; they stop no other. */
      filesLeft: z.array(z.object({ fileName: z.string(), code: z.string() })),
      /** What has gone of a file already is not in it. */
      pendingBytes: z.int(),
      /** Of these the files'. */
      pendingFileBytes: z.int(),
      /** Nothing has travelled since the enrolment, and nothing does before a run is asked for. */
      held: z.boolean(),
      /** What others made and this laptop was given in a room or by a stick, as far as the repository is not known to have it. */
      brought: z.object({ changeSets: z.int(), files: z.int() }),
      refused: z.int(),
      conflicts: z.int(),
      spaces: z.array(z.object({ id: z.string(), changeSets: z.int(), pending: z.int() })),
      replica: z.string(),
      running: z.boolean(),
      schedule: z.object({
        when: syncTime,
        /** Files wait until they are asked for; also once a pause is over. */
        metered: z.boolean(),
        dailyCap: z.int().nullable(),
        usedToday: z.int(),
        /** The day's bytes are used up. */
        spent: z.boolean(),
      }),
    }),
  ),
  /** The runs, newest first: what travelled, sizes and times. */
  'sync.runs': reads(
    ['sync'],
    shape.nothing,
    z.array(
      z.object({
        at: z.string(),
        /** By which way: the repository, a laptop in the room, a file on a stick. */
        way: z.enum(['repository', 'lan', 'usb']),
        /** Whom with, as people call them; '' for the repository. */
        with: z.string(),
        ok: z.boolean(),
        code: z.string(),
        pushed: z.int(),
        pulled: z.int(),
        filesUp: z.int(),
        filesDown: z.int(),
        bytesUp: z.int(),
        bytesDown: z.int(),
        milliseconds: z.int(),
      }),
    ),
  ),
  /**
   * What people must decide, the first 500 (`sync.conflictPage` has the rest). With the field `_deleted`: one person removed the record, another wrote to it without seeing that; of the values, `true` removes it and `false` keeps it.
   */
  'sync.conflicts': reads(['sync', 'people', 'attendance', 'activity'], shape.nothing, z.array(conflict)),
  /** The same a page at a time, what was written to last first. `total`: of all pages; `next`: `after` for the page behind, null where there is none. */
  'sync.conflictPage': reads(
    ['sync', 'people', 'attendance', 'activity'],
    z.strictObject({ after: z.string().max(500).nullable().default(null), limit: z.int().min(1).max(500).default(50) }),
    z.object({ total: z.int(), conflicts: z.array(conflict), next: z.string().nullable() }),
  ),
  /** `value`: one of the values (a new one is allowed); it supersedes every value that the conflict showed. */
  'sync.settle': writes(
    z.strictObject({ entity: z.string().max(100), field: z.string().max(100), value: anyValue, seen: shape.supersedes.optional() }),
    shape.done,
    ['sync.valueInvalid', 'sync.writtenOnce'],
  ),
  /** Workshops (and what else the repository gave) that this laptop may no longer read, newest first. */
  'sync.lost': reads(['sync'], shape.nothing, z.array(lostAccess)),
  /** Puts the notice about one of them away. */
  'sync.lostSeen': writes(z.strictObject({ activityId: z.string().max(100) }), shape.done),
  /**
   * What the user of this laptop may write, by the table that the repository goes by, so that nothing is offered that would be refused. Without `activityId`: in a workshop
   * that they would make now. `role`: '' where this laptop belongs to no repository; then everything is allowed.
   */
  'sync.rights': reads(
    ['sync', 'activity'],
    z.strictObject({ activityId: shape.id.optional() }),
    z.object({
      role: z.string(),
      plan: shape.permission,
      agenda: shape.permission,
      materials: shape.permission,
      people: shape.permission,
      attendance: shape.permission,
      answers: shape.permission,
      /** Adding to the library; what others added there is theirs. */
      library: shape.permission,
      /** Writing entries of the calendar. */
      calendar: shape.permission,
      erase: shape.permission,
    }),
  ),
  /** `others`: also what others wrote in the spaces that are read here, for somebody entitled to write it again. */
  'sync.setAside': reads(['sync'], z.strictObject({ others: z.boolean().default(false) }), z.array(setAside)),
  /**
   * Writes again what a change-set said that was set aside, over what its author had seen, once its author may (rights were given since), or by somebody who may. The
   * one set aside stays. Refuses `sync.notSetAside`, `sync.nothingToReissue`.
   */
  'sync.reissue': writes(z.strictObject({ changeSet: z.string().max(100) }), z.object({ changeSet: z.string() }), [
    'sync.notSetAside',
    'sync.nothingToReissue',
  ]),
  /** Every value a field ever had, newest first; `current` marks the heads. */
  'sync.history': reads(
    ['sync', 'people', 'attendance', 'activity'],
    z.strictObject({ entity: z.string().max(100), field: z.string().max(100) }),
    z.array(headValue.extend({ current: z.boolean(), erased: z.boolean() })),
  ),
  /**
   * When this laptop syncs by itself, and how much: `all`, `records` (files wait until they are asked for), `tomorrow` (not before; then as it was) or `asked` (never by
   * itself); the last two end the run under way. `dailyCap`: bytes a day, runs that are asked for included; null: as many as it takes.
   */
  'sync.setSchedule': writes(
    z.strictObject({ when: syncTime.optional(), dailyCap: z.int().min(1_000).max(1e12).nullable().optional() }),
    shape.done,
  ),
};

export const storeContract = {
  /** Shows the data folder in the system's own program. */
  'store.showFolder': writes(shape.nothing, shape.done, [
    'shell.failed',
    'shell.folderNotOpened',
    'shell.noAnswer',
    'shell.notHere',
    'shell.notOurs',
  ]),
  'store.digest': reads([], shape.nothing, z.object({ spaces: z.record(z.string(), z.string()) })),
  /** SQLite's own check, chains without holes, every change-set proven by a key that is known here, projections equal to a rebuild, and files that are what their names say. */
  'store.check': job(shape.nothing, z.object({ ok: z.boolean(), problems: z.array(z.string()), changeSets: z.int() })),
  'store.backup': job(z.strictObject({ path: shape.path }), z.object({ path: z.string(), bytes: z.int(), sha256: z.string() }), [
    'store.backupFailed',
    'store.damaged',
    'store.inUse',
  ]),
  /**
   * What going back to a backup would mean: when it was made ('' where it does not say), how much it holds, and how many of the changes here it lacks. Nothing of it is
   * proven by that.
   */
  'store.compareBackup': reads(
    [],
    z.strictObject({ path: shape.path }),
    z.object({ at: z.string(), changeSets: z.int(), lacks: z.int() }),
    BACKUP_REFUSALS,
  ),
  /**
   * Replaces this store by what can be proven of a backup; what is here now is kept beside it first. An account in the backup that is not this laptop's is left where
   * it is (`keep`), taken over, or asked about first (`store.accountForeign`). `unproven`: change-sets that were left out.
   */
  'store.restore': job(
    z.strictObject({ path: shape.path, account: z.enum(['ask', 'keep', 'take']).default('keep') }),
    z.object({
      kept: z.string(),
      changeSets: z.int(),
      salvaged: z.int(),
      unproven: z.int(),
      account: z.enum(['none', 'same', 'kept', 'taken']),
    }),
    BACKUP_REFUSALS,
  ),
};
