import { z } from 'zod';
import { reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';

const device = z.object({ replica: z.string(), author: z.string(), device: z.string(), laptop: z.string() });

/** The calls about this laptop: what it is to others, what it keeps, and what came to it. */
export const laptopContract = {
  /** Who this laptop is enrolled as, its earlier names, and the devices that its repository has turned out, as far as is known here. */
  'sync.devices': reads(
    ['sync', 'settings'],
    shape.nothing,
    z.object({
      here: device.extend({
        /** '' before it is enrolled. */
        role: z.string(),
        scope: z.string(),
        url: z.string(),
        /** When the repository certified it, by the repository's clock; '' where it did not. */
        since: z.string(),
        /** This replica is certified; false after a restore until the next sync. */
        certified: z.boolean(),
      }),
      /** Replicas that the same user has been on this laptop before a restore. */
      earlier: z.array(device.extend({ changeSets: z.int() })),
      revoked: z.array(device.extend({ at: z.string() })),
    }),
  ),
  /** What came from others since it was last marked as seen: by who wrote it, by workshop, how many records of each kind. */
  'sync.arrived': reads(
    ['sync', 'activity'],
    shape.nothing,
    z.object({
      /** '' where nothing was ever marked as seen. */
      since: z.string(),
      /** To be handed to `sync.arrivedSeen`: what comes meanwhile stays new. */
      upTo: z.int(),
      from: z.array(
        z.object({
          author: z.string(),
          device: z.string(),
          laptop: z.string(),
          space: z.string(),
          changeSets: z.int(),
          kinds: z.array(z.object({ entityType: z.string(), records: z.int() })),
        }),
      ),
    }),
  ),
  'sync.arrivedSeen': writes(z.strictObject({ upTo: z.int().min(0) }), shape.done),
  /** Puts a change-set that was set aside out of sight (`aside`), or back; nothing is thrown away. Refuses `sync.notSetAside`. */
  'sync.leaveAside': writes(z.strictObject({ changeSet: z.string().max(100), aside: z.boolean() }), shape.done, ['sync.notSetAside']),
  /** Bytes on this disk: records, files of materials by workshop (null: the library), backups. */
  'store.usage': reads(
    ['sync', 'material', 'activity'],
    shape.nothing,
    z.object({
      records: z.int(),
      files: z.array(
        z.object({
          activityId: shape.id.nullable(),
          files: z.int(),
          bytes: z.int(),
          /** Of these, what the repository holds and nobody asked to keep offline. */
          freeable: z.int(),
        }),
      ),
      backups: z.object({ count: z.int(), bytes: z.int() }),
    }),
  ),
  /**
   * Drops the copies on this laptop of a workshop's files (null: the library's) that the repository has confirmed to hold and that are not kept offline. They come back
   * when they are kept offline again. What was never sent stays.
   */
  'store.free': writes(z.strictObject({ activityId: shape.id.nullable() }), z.object({ files: z.int(), bytes: z.int() })),
};
