import { z } from 'zod';
import { LAN_DOOR_REFUSALS, LAN_REFUSALS } from './refusals.ts';
import { job, reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';

const workshops = z.array(shape.id).max(1_000);
const replica = z.string().regex(/^[0-9a-f]{32}$/);

const pairing = z.object({
  /** The six digits that both screens must show. */
  code: z.string(),
  /** The other user's name, as the other laptop says it. */
  name: z.string(),
  /** The other laptop's name, as far as it is known here from exchanges with their repository; '' else. */
  laptop: z.string(),
  /** Both say that they are enrolled with one repository: then roles decide what is exchanged, and nothing is chosen. */
  sameRepository: z.boolean(),
  /** This laptop's owner has said that the codes are the same, the other's has not yet. */
  waiting: z.boolean(),
});

const exchanged = z.object({
  at: z.string(),
  ok: z.boolean(),
  /** Why it did not end well; '' when it did. */
  code: z.string(),
  sent: z.int(),
  received: z.int(),
});

const peer = z.object({
  replica,
  name: z.string(),
  laptop: z.string(),
  sameRepository: z.boolean(),
  /** Where it was met last, `host:port`; '' when it has only ever come to us. */
  address: z.string(),
  nearby: z.boolean(),
  /** The workshops that this laptop's owner shares with it; empty where roles decide. */
  workshops: z.array(z.string()),
  last: exchanged.nullable(),
  /** Change-sets here that it is not known to have. */
  waiting: z.int(),
});

const run = z.object({
  sent: z.int(),
  received: z.int(),
  /** Received and kept aside until what they build on is here. */
  held: z.int(),
  /** Sent and kept aside on the other laptop. */
  heldThere: z.int(),
  filesSent: z.int(),
  filesReceived: z.int(),
  spaces: z.int(),
  bytesUp: z.int(),
  bytesDown: z.int(),
  requests: z.int(),
  conflicts: z.int(),
});

/** Sync with another laptop in the room, without a repository or the internet. Nothing listens before `sync.lanOpen`. */
export const lanContract = {
  /**
   * Lets laptops in the room reach this one, until `sync.lanClose`; the app does so again at its next start. `host`: where to listen
   * (left out: every network of this laptop). `port` 0: the system chooses.
   */
  'sync.lanOpen': writes(
    z.strictObject({
      host: z.string().max(100).optional(),
      port: z.int().min(0).max(65_535).optional(),
      visible: z.boolean().default(true),
    }),
    z.object({ port: z.int(), addresses: z.array(z.string()) }),
    LAN_DOOR_REFUSALS,
  ),
  'sync.lanClose': writes(shape.nothing, shape.done),
  'sync.lanStatus': reads(
    ['sync', 'settings'],
    shape.nothing,
    z.object({
      on: z.boolean(),
      /** The label by which others see this laptop while it is on; a new one each time, for it goes out in the clear. */
      label: z.string(),
      /** `host:port`, one for each network. */
      addresses: z.array(z.string()),
      /** For a QR code: address and fingerprint; one for each address. */
      invitations: z.array(z.string()),
      /** Laptops seen on the network. */
      nearby: z.array(z.object({ label: z.string(), address: z.string(), replica: replica.nullable(), name: z.string() })),
      /** False: the network carries no multicast (hotel Wi-Fi, no route), so that nobody can be seen; addresses still work. */
      multicast: z.boolean(),
      pairing: pairing.nullable(),
      peers: z.array(peer),
      running: z.boolean(),
    }),
  ),
  /** The workshops that the owner of this laptop may share with one that belongs to no repository of theirs. */
  'sync.lanShareable': reads(
    ['sync', 'activity'],
    shape.nothing,
    z.array(z.object({ id: shape.id, title: shape.titleShown, start: z.string(), end: z.string() })),
  ),
  /** Asks the laptop at an address (or invitation) to pair. Answers when both screens show the code. */
  'sync.lanPair': job(z.strictObject({ address: z.string().min(1).max(300) }), pairing, LAN_REFUSALS),
  /**
   * Says whether both screens show the same code. When they do, waits for the other side to say so too; the two then know each other. `workshops`:
   * what to share with a laptop of another repository or of none.
   */
  'sync.lanConfirm': job(
    z.strictObject({ equal: z.boolean(), workshops: workshops.default([]) }),
    z.object({ replica: replica.nullable(), name: z.string() }),
    LAN_REFUSALS,
  ),
  'sync.lanShare': writes(z.strictObject({ replica, workshops }), shape.done, ['sync.lanPeerUnknown']),
  'sync.lanForget': writes(z.strictObject({ replica }), shape.done, ['sync.lanPeerUnknown']),
  /** Exchanges with a paired laptop, both ways. `address`: where it is, when it is not seen on the network. */
  'sync.lanRun': job(
    z.strictObject({ replica, address: z.string().min(1).max(300).optional(), files: z.boolean().default(true) }),
    run,
    LAN_REFUSALS,
  ),
  /** Stays open until it is cancelled (a terminal's Ctrl+C) or the time is over; says what other laptops exchanged meanwhile. */
  'sync.lanServe': job(
    z.strictObject({
      host: z.string().max(100).optional(),
      port: z.int().min(0).max(65_535).optional(),
      visible: z.boolean().default(true),
      seconds: z.int().min(1).max(86_400).optional(),
    }),
    z.object({ exchanges: z.int(), sent: z.int(), received: z.int() }),
    LAN_DOOR_REFUSALS,
  ),
};
