import { z } from 'zod';

/** The messages between two laptops in a room, beside packs. Every length is capped: who speaks is not known yet, or may be out of order. */

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const name = z.string().max(200);
const code = z.string().max(100);

/** The version of the messages between laptops; raised when an older program could not understand a newer one. */
export const LAN_VERSION = 1;

/** The schema of the lines of a pairing; they travel on a connection of their own, which carries no record. */
export const pairingMessage = z.discriminatedUnion('type', [
  /** The asking laptop's first word: who it is, and a commitment to its random number. */
  z.strictObject({
    type: z.literal('ask'),
    version: z.int(),
    publicKey: hex(64),
    name,
    repository: z.union([z.literal(''), hex(64)]),
    commitment: hex(64),
  }),
  z.strictObject({
    type: z.literal('answer'),
    publicKey: hex(64),
    name,
    repository: z.union([z.literal(''), hex(64)]),
    nonce: hex(64),
  }),
  z.strictObject({ type: z.literal('reveal'), nonce: hex(64), proof: hex(128) }),
  z.strictObject({ type: z.literal('proof'), proof: hex(128) }),
  /** This laptop's owner saw the same code on both screens. */
  z.strictObject({ type: z.literal('confirm') }),
  z.strictObject({ type: z.literal('refuse'), code }),
]);
export type PairingMessage = z.output<typeof pairingMessage>;
export const PAIRING_LINE = 4_096;

const space = z.string().min(1).max(200);
const tip = z.tuple([hex(32), z.int().min(1), hex(64)]);

/** The schema of a greeting, with which both say who they are: the certificate of their repository (base64url), where they are enrolled. */
export const greeting = z.strictObject({
  version: z.int(),
  name,
  certificate: z.string().max(8_000),
  /** The number of the list of devices turned out that is here (0: none), and that list, base64url, where the other laptop said that it has an older one. */
  listed: z.int().min(0).default(0),
  revocations: z.string().max(12_000).optional(),
});
export type Greeting = z.output<typeof greeting>;

/** The schema of the spaces that the asking laptop would exchange with the other, and where it stands in each. */
export const positions = z.strictObject({ spaces: z.array(z.strictObject({ space, tips: z.array(tip).max(1_000) })).max(3_000) });
export type Positions = z.output<typeof positions>;

/** The schema of the answer to `positions`: the same of the other laptop, with the number of change-sets that the asking one lacks. */
export const positionsReply = z.object({
  spaces: z.array(z.object({ space, tips: z.array(tip).max(1_000), ahead: z.int().min(0) })).max(3_000),
});
export type PositionsReply = z.output<typeof positionsReply>;

/** The schema of a request for the next frame of a space after these tips. */
export const pull = z.strictObject({ space, tips: z.array(tip).max(1_000) });

export const pushReply = z.object({
  applied: z.int().min(0),
  /** Kept aside until what they build on is there. */
  held: z.int().min(0),
  /** Spaces of which the other laptop takes nothing from this one. */
  closed: z.array(space).max(3_000),
});
export type PushReply = z.output<typeof pushReply>;

const sha256 = hex(64);

/** The schema of the files that the asking laptop has and the other may lack; the answer: those it wants, and how many bytes of each are there. */
export const filesAsked = z.strictObject({ files: z.array(sha256).max(10_000) });
export const filesWanted = z.object({ wanted: z.array(z.object({ sha256, held: z.int().min(0) })).max(10_000) });
export const partTaken = z.object({ held: z.int().min(0) });

export const errorReply = z.object({ error: z.object({ code, details: z.record(z.string(), z.unknown()) }) });

/** The paths of the requests that a paired laptop may make. */
export const LAN_ROUTES = {
  greet: '/lan/1/greet',
  positions: '/lan/1/positions',
  pull: '/lan/1/pull',
  push: '/lan/1/push',
  files: '/lan/1/files',
  /** With the file's SHA-256 behind it. */
  file: '/lan/1/file/',
} as const;

/** The longest bodies in bytes: questions and answers in JSON, and a pack of one frame with its certificates. */
export const LAN_JSON = 2 << 20;
export const LAN_PACK = 4 << 20;
