import { z } from 'zod';
import { USB_REFUSALS } from './refusals.ts';
import { job, reads } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';

const space = z.string().min(1).max(200);
const replica = z.string().regex(/^[0-9a-f]{32}$/);

const wish = {
  /** Left out: everything here that may be shared, but the directory. */
  spaces: z.array(space).max(10_000).optional(),
  /** `last` (the last file written for the same `to`), the id of an earlier file, or a device that sent one here; left out: whole. */
  since: z.string().min(1).max(100).optional(),
  /** What it is written for: a stick, a person. Left out: the folder that the file lies in. */
  to: shape.line.optional(),
  files: z.boolean().default(true),
  /** Only these devices can open it; left out or none: anyone can read it. */
  recipients: z.array(replica).max(1_000).default([]),
};

/** A device as people are told: its user's name where a certificate says it, and the first digits of its id. */
const device = z.object({ replica: z.string(), author: z.string(), device: z.string(), laptop: z.string() });

const missing = device.extend({
  space: z.string(),
  /** Everything of this device up to this number in its chain is wanted. */
  seq: z.int(),
});

export const usbContract = {
  /** What `sync.export` would write, and how much, before anything is written. */
  'sync.exportPlan': reads(
    ['sync', 'material', 'people', 'attendance', 'activity', 'evaluation'],
    z.strictObject(wish),
    z.object({
      changeSets: z.int(),
      files: z.int(),
      /** Files that materials name and that are not on this laptop. */
      filesNotHere: z.int(),
      fileBytes: z.int(),
      /** Of the whole file, as near as can be told without writing it. */
      bytes: z.int(),
      spaces: z.array(z.string()),
      /** Wanted, and not for every one of the recipients to read, or never shared. */
      leftOut: z.array(z.string()),
      /** When the file that this one builds on was written; '' where it is whole. */
      buildsOn: z.string(),
    }),
    USB_REFUSALS,
  ),
  /** Writes one signed file for a USB stick. Nothing is left there unless it is whole, read again and right. */
  'sync.export': job(
    z.strictObject({ path: shape.path, ...wish }),
    z.object({
      changeSets: z.int(),
      bytes: z.int(),
      /** Names this file, for a later `since`. */
      id: z.string(),
      sha256: z.string(),
      to: z.string(),
      files: z.int(),
      filesNotHere: z.int(),
      spaces: z.array(z.string()),
      leftOut: z.array(z.string()),
    }),
    USB_REFUSALS,
  ),
  /** Takes in such a file: all of its records or none. */
  'sync.import': job(
    z.strictObject({ path: shape.path }),
    z.object({
      applied: z.int(),
      /** Wait for an earlier record that is not here; applied by themselves when it comes. */
      held: z.int(),
      /** Not for this laptop to read. */
      refused: z.int(),
      /** Were here before. */
      known: z.int(),
      /** Waited since an earlier file, and applied now. */
      released: z.int(),
      files: z.int(),
      filesLeft: z.int(),
      /** Why files were left: a code of `errors.json`, or ''. */
      stopped: z.string(),
      missing: z.array(missing),
      from: device,
      /** The sender's clock. */
      writtenAt: z.string(),
      /** This very file was taken in before. */
      again: z.boolean(),
      conflicts: z.int(),
    }),
    USB_REFUSALS,
  ),
  /** Files written and read here, newest first, and what waits for an earlier one. */
  'sync.bundles': reads(
    ['sync'],
    shape.nothing,
    z.object({
      written: z.array(
        z.object({
          id: z.string(),
          at: z.string(),
          name: z.string(),
          to: z.string(),
          changeSets: z.int(),
          files: z.int(),
          bytes: z.int(),
          recipients: z.array(device),
        }),
      ),
      read: z.array(
        z.object({
          at: z.string(),
          name: z.string(),
          /** Why it was not taken; '' where it was. */
          code: z.string(),
          from: device.nullable(),
          writtenAt: z.string(),
          applied: z.int(),
          held: z.int(),
          refused: z.int(),
          files: z.int(),
        }),
      ),
      waiting: z.array(device.extend({ space: z.string(), changeSets: z.int(), seq: z.int() })),
      /** Devices that a file can be locked for. */
      recipients: z.array(device.extend({ role: z.string(), scope: z.string() })),
      /** Spaces that may be shared. */
      spaces: z.array(z.string()),
    }),
  ),
};
