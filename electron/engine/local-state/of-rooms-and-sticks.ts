import { z } from 'zod';
import type { DoorKept } from '../sync/lan/lan.ts';
import type { LanPeer } from '../sync/lan/peers.ts';
import type { ReadBundle, WrittenBundle } from '../sync/usb/history.ts';
import { localFamily, localKey } from './declaration.ts';

// What this laptop knows of others without a repository: in a room, by a stick, from a backup.

const HISTORY = 'sync/usb/history.ts';
const TRUST = 'sync/usb/trust.ts';
const texts = z.array(z.string());
/** A public key, 64 hex digits. */
const publicKey = z.string().regex(/^[0-9a-f]{64}$/);

export const LAN_DOOR = localKey<DoorKept>({
  ...{ key: 'lan/door', says: 'how the door of the room was opened, so that it stands open again after a restart', version: 1 },
  schema: z.looseObject({
    ...{ on: z.boolean(), visible: z.boolean() },
    ...{ host: z.exactOptional(z.string()), port: z.exactOptional(z.number()) },
  }),
  ...{ writers: ['sync/lan/lan.ts'], restore: 'own', repository: 'stays', wipe: 'stays' },
});

/** The public keys of replicas that this laptop is or was, by replica. */
export const LAN_KEYS = localFamily<string>({
  ...{ key: 'lan/key/', says: 'the public key of a replica that this laptop is or was', version: 1, schema: publicKey },
  ...{ writers: ['sync/lan/packs.ts'], restore: 'own', repository: 'stays', wipe: 'stays' },
});

/** The laptops that this one was paired with, by replica. */
export const LAN_PEERS = localFamily<LanPeer>({
  ...{ key: 'lan/peer/', says: 'a laptop that this one was paired with, and what is shared with it', version: 1 },
  schema: z.looseObject({
    ...{ replica: z.string(), publicKey: z.string(), name: z.string(), certificate: z.string(), fingerprint: z.string() },
    ...{ repository: z.string(), address: z.string(), workshops: texts, received: texts },
    last: z.looseObject({ at: z.string(), ok: z.boolean(), code: z.string(), sent: z.number(), received: z.number() }).nullable(),
  }),
  ...{ writers: ['sync/lan/peers.ts'], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'sync' },
});

export const ADOPTED_REPOSITORY = localKey<string>({
  ...{ key: 'usb/repository', says: 'the repository whose sticks are taken where this laptop is enrolled with none', version: 1 },
  ...{ schema: publicKey, writers: [TRUST], restore: 'own', repository: 'stays', wipe: 'stays' },
});

/** The public keys of devices that no repository vouches for, by replica. */
export const USB_KEYS = localFamily<string>({
  ...{ key: 'usb/key/', says: 'the public key of a device that no repository vouches for', version: 1, schema: publicKey },
  ...{ writers: [TRUST], restore: 'own', repository: 'stays', wipe: 'stays' },
});

/** The public keys of authors in a backup who have no certificate here, by replica. */
export const RESTORED_KEYS = localFamily<string>({
  ...{ key: 'restored/key/', says: 'the public key of an author in a backup who has no certificate here', version: 1, schema: publicKey },
  ...{ writers: ['backup/take-backup.ts'], restore: 'own', repository: 'stays', wipe: 'stays' },
});

export const BUNDLE_COUNT = localKey<number>({
  ...{ key: 'usb/count', says: 'how many lines of the history of sticks were written', version: 1, schema: z.number() },
  ...{ writers: [HISTORY], restore: 'own', repository: 'stays', wipe: 'stays' },
});

/** The bundles written to sticks, by number of twelve digits. */
export const BUNDLES_WRITTEN = localFamily<WrittenBundle>({
  ...{ key: 'usb/written/', says: 'what was written to a stick, and for whom', version: 1 },
  schema: z.looseObject({
    ...{ id: z.string(), at: z.string(), name: z.string(), to: z.string(), changeSets: z.number(), files: texts, bytes: z.number() },
    spaces: z.array(
      z.looseObject({
        space: z.string(),
        tips: z.array(z.looseObject({ replica: z.string(), seq: z.number(), hash: z.string() })),
      }),
    ),
    recipients: texts,
  }),
  ...{ writers: [HISTORY], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'sync' },
});

/** The bundles read from sticks, by number of twelve digits. */
export const BUNDLES_READ = localFamily<ReadBundle>({
  ...{ key: 'usb/read/', says: 'what was read from a stick, or why it was not', version: 1 },
  schema: z.looseObject({
    ...{ id: z.string(), at: z.string(), name: z.string(), code: z.string(), sender: z.string(), writtenAt: z.string() },
    ...{ applied: z.number(), held: z.number(), refused: z.number(), files: z.number(), sha256: z.string() },
  }),
  ...{ writers: [HISTORY], restore: 'own', repository: 'stays', wipe: 'stays', topic: 'sync' },
});
