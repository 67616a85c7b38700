import { z } from 'zod';

/**
 * The repository's contract over HTTP. Small questions and answers are JSON; change-sets travel as packs (shared/sync/SPEC.md). The server
 * makes its routes from `repositoryRoutes`, the client its requests, the tests their matrix.
 */

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const replica = z.string().regex(/^[0-9a-f]{32}$/);
const space = z.string().min(1).max(200);
const seq = z.int().min(0);
/** Opaque: only the repository that gave it can read it. */
const cursor = z.string().max(200);
const code = z.string().max(100);
const signature = z.string().regex(/^[0-9a-f]{128}$/);

// No database keeps it, and no name has it.
const hasNoNul = (text: string): boolean => !text.includes('\0');

export const enrolRequest = z.strictObject({
  code: z.string().max(100),
  /** The user's name as others will see it. */
  name: z.string().trim().min(1).max(200).refine(hasNoNul),
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** The user id that the device's change-sets name as author; '' for none. */
  userId: z.string().max(100).refine(hasNoNul),
  /** The device opens sessions with its key and wants no token: a reply is then worth nothing to whoever lacks the key. Older programs leave it out. */
  keyed: z.literal(true).optional(),
  /** The replica's signature over `enrolmentProof`. */
  proof: signature,
});
export type EnrolRequest = z.output<typeof enrolRequest>;

export const enrolReply = z.object({
  /** Bearer credential of programs from before sessions; the repository keeps only its hash. */
  token: z.string().min(40).max(100).optional(),
  /** base64url of a certificate (shared/sync/certificate.ts). */
  certificate: z.string().max(8_000),
  repositoryKey: z.string().regex(/^[0-9a-f]{64}$/),
});
export type EnrolReply = z.output<typeof enrolReply>;

/** The bytes that a device signs to show that the key it enrols is its own. */
export function enrolmentProof(request: Pick<EnrolRequest, 'code' | 'name' | 'publicKey' | 'userId' | 'keyed'>): Uint8Array {
  const { code: given, name, publicKey, userId, keyed } = request;
  return said([keyed ? 'itinera enrolment 2' : 'itinera enrolment 1', given, name, publicKey, userId]);
}

// The first of the list names what is signed, so that no signature serves for another purpose.
function said(list: readonly string[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(list));
}

/**
 * The request that opens a session: the answer is sealed to a key that the device made for this, so that a request sent again by another gives them nothing.
 */
export const sessionRequest = z.strictObject({
  replica,
  /** A fresh X25519 public key. */
  agreement: hash,
  /** The replica's signature over `sessionProof`. */
  proof: signature,
});
export type SessionRequest = z.output<typeof sessionRequest>;

export const sessionReply = z.object({
  /** The repository's clock, milliseconds. */
  now: z.int(),
  /** When the session ends, seconds by the repository's clock. */
  until: z.int().min(0).max(0xffff_ffff),
  /** The secret that requests are signed with, sealed to `agreement`. */
  sealed: z.string().regex(/^[0-9a-f]{160}$/),
  /** The repository's signature over `sessionAnswer`. */
  signature,
});
export type SessionReply = z.output<typeof sessionReply>;

/** The bytes that a device signs to open a session. It names the repository, so that another one cannot pass it on. */
export function sessionProof(repositoryKey: string, request: Pick<SessionRequest, 'replica' | 'agreement'>): Uint8Array {
  return said(['itinera session 1', repositoryKey, request.replica, request.agreement]);
}

/** The bytes that the repository signs in its answer to a session request, so that nobody else gives a laptop a secret. */
export function sessionAnswer(agreement: string, reply: Pick<SessionReply, 'now' | 'until' | 'sealed'>): Uint8Array {
  return said(['itinera session answer 1', agreement, `${reply.now}`, `${reply.until}`, reply.sealed]);
}

/** The request to certify a new replica of the same device (its store was restored from a backup). */
export const renewRequest = z.strictObject({
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  keyed: z.literal(true).optional(),
  /** The new replica's signature over `renewalProof`; of an older program over `enrolmentProof` with the certified name and user, and no code. */
  proof: signature,
});
export type RenewRequest = z.output<typeof renewRequest>;

/** The bytes that a new replica signs: by which repository it wants to be certified, and on the word of which replica. */
export function renewalProof(repositoryKey: string, of: string, publicKey: string): Uint8Array {
  return said(['itinera renewal 2', repositoryKey, of, publicKey]);
}

/** The request to be admitted again by the certificate that this repository issued: first without, then with an answer to its challenge. */
export const readmitRequest = z.strictObject({
  /** base64url. */
  certificate: z.string().max(8_000),
  challenge: z.string().max(200),
  keyed: z.literal(true).optional(),
  /** The certified key's signature over `readmissionProof`; '' the first time. */
  proof: z.string().max(128),
});
export type ReadmitRequest = z.output<typeof readmitRequest>;

export const readmitReply = z.object({ challenge: z.string().max(200) });
export type ReadmitReply = z.output<typeof readmitReply>;

/** The bytes that a device signs to show that it still holds the key that was certified. */
export function readmissionProof(challenge: string, certified: string, keyed = false): Uint8Array {
  return said([keyed ? 'itinera readmission 2' : 'itinera readmission 1', challenge, certified]);
}

const chain = z.object({ space, seq, hash });
export type ChainPosition = z.output<typeof chain>;

/** `positionsDigest` of some places of chains. */
const digest = z.string().max(64);

export const helloRequest = z.strictObject({
  /** Where this device stands in the repository's feed; null: nowhere yet. */
  cursor: cursor.nullable(),
  /** Names the list of spaces that this device has; null: none yet. */
  grants: z.string().max(64).nullable(),
  /** `positionsDigest` of what the repository is believed to hold of this device's own chains. */
  own: digest,
  /** Spaces that are here and not known to agree with the repository's, each with the digest of its tips. */
  here: z.array(z.tuple([space, digest])).max(200),
});
export type HelloRequest = z.output<typeof helloRequest>;

export const helloReply = z.object({
  now: z.int(),
  /** The repository's position at this moment, when it is not the one that was sent. */
  cursor: cursor.optional(),
  /** The cursor that was sent is of another history (the repository was restored): compare positions. */
  reset: z.boolean(),
  /** Something lies between the cursor that was sent and this one. */
  behind: z.boolean(),
  /** The spaces that this device may read, in the order to fetch them, when the list has changed. */
  grants: z.object({ tag: z.string().max(64), spaces: z.array(space) }).optional(),
  /** What the repository holds of this device's own chains, when it is not what the device believes. */
  chains: z.array(chain).optional(),
  /** Those of the spaces named `here` in which both hold the same. */
  agreed: z.array(space).optional(),
  /** base64url of the signed list of devices turned out (shared/sync/revocation.ts), with the grants. */
  revocations: z.string().max(1_400_000).optional(),
});
export type HelloReply = z.output<typeof helloReply>;

/**
 * The short form of `hello`, a list, shortest where nothing is new: it is what every laptop asks again and again, over links where each byte is paid for.
 * `[cursor, grants, own]` or `[cursor, grants, own, here]`; the answer `[now]`, `[now, cursor]`, or `[now, cursor or null, {what else is to be said}]`.
 */
export const helloOnTheWire = {
  request: ({ cursor: at, grants, own, here }: HelloRequest): unknown[] =>
    here.length === 0 ? [at, grants, own] : [at, grants, own, here],
  readRequest: (body: unknown): HelloRequest | null => {
    if (!Array.isArray(body) || body.length > 4) return null;
    const [at, grants, own, here = []] = body as unknown[];
    return helloRequest.safeParse({ cursor: at, grants, own, here }).data ?? null;
  },
  reply: ({ now, cursor: at, reset, behind, ...rest }: HelloReply): unknown[] => {
    const said = { ...(reset && { reset }), ...(behind && { behind }), ...rest };
    if (Object.keys(said).length > 0) return [now, at ?? null, said];
    return at === undefined ? [now] : [now, at];
  },
  readReply: (body: unknown): HelloReply | null => {
    if (!Array.isArray(body) || body.length > 3) return null;
    const [now, at = null, said = {}] = body as unknown[];
    if (typeof said !== 'object') return null;
    return helloReply.safeParse({ reset: false, behind: false, ...said, now, ...(at !== null && { cursor: at }) }).data ?? null;
  },
};

export const positionsRequest = z.strictObject({
  spaces: z.array(space).max(1_000),
  /** A space that the device may have lost, with change-sets of it that are there: does the repository hold them all? */
  leaving: z.strictObject({ space, hashes: z.array(hash).max(4_000) }).optional(),
});
export const positionsReply = z.object({
  /** Tips per space: [replica, seq, hash]. */
  spaces: z.record(z.string(), z.array(z.tuple([replica, seq, hash]))),
  /** Those of them that it lacks. Said only where it holds the space, the device may not read it, and one of them shows that the device had it. */
  lacks: z.array(hash).optional(),
});
export type PositionsReply = z.output<typeof positionsReply>;

export const pushReply = z.object({
  applied: z.int(),
  /** When it was received. */
  at: z.int().optional(),
  known: z.int().default(0),
  /** Chains whose next link is not here, with the seq and hash that are (0 and '' where there is nothing). */
  missing: z.array(z.object({ space, replica, seq, hash: z.union([hash, z.literal('')]) })).default([]),
  /** Change-sets of this push that do not stand, and why. */
  refused: z.array(z.object({ hash, code })).default([]),
});
export type PushReply = z.output<typeof pushReply>;

export const pullRequest = z.strictObject({
  /** The running cursor; null: only fill. */
  cursor: cursor.nullable(),
  /** Spaces to send from the start, in this order, each after its own position ('' for the start). */
  fill: z.array(z.object({ space, after: cursor })).max(1_000),
  /** Bytes on the wire to put in a frame. */
  frame: z.int().min(1_024).max(262_144),
});
export type PullRequest = z.output<typeof pullRequest>;

/** Note in a pull that says how far the frame before it leads. */
export const pullPosition = z.object({
  /** Set once the running feed is being sent. */
  cursor: cursor.nullable(),
  /** The spaces being filled that it touched; `done`: all of the space is sent. */
  fills: z.array(z.object({ space, after: cursor, done: z.boolean() })).max(1_000),
  /** False on the last one when all was sent. */
  more: z.boolean(),
});
export type PullPosition = z.output<typeof pullPosition>;

/** Answer to a list of devices turned out that a laptop brings back: the list as it stands now, base64url of the signed bytes. */
export const revocationsReply = z.object({ revocations: z.string().max(1_400_000) });

/** The facts that a laptop gives beside the request when it pulls in the short form. */
export interface PullWish extends PullRequest {
  /** Every space that may be read and is not named in `fill` is here up to the cursor: then what lies before it need not be spelt out. */
  readonly complete: boolean;
}

/**
 * A note in a pull of the short form: how far a frame led and when its change-sets were received (`writeReceipts`), or certificates that the next frame needs.
 */
export type PullNote =
  | { readonly note: 'position'; readonly position: PullPosition; readonly received: Uint8Array }
  | { readonly note: 'certificates'; readonly certificates: readonly Uint8Array[] };

/**
 * The short form of a pull: asked as a list without a content type, answered by an abridged pack whose notes are lists in CBOR. `[cursor, [[space, after],
 * ...], frame]`, with a 1 behind it where the laptop is `complete`.
 */
export const pullOnTheWire = {
  request: ({ cursor: at, fill, frame, complete }: PullWish): unknown[] => [
    at,
    fill.map(({ space: name, after }) => [name, after]),
    frame,
    ...(complete ? [1] : []),
  ],
  readRequest: (body: unknown): PullWish | null => {
    if (!Array.isArray(body) || body.length < 3 || body.length > 4 || !Array.isArray(body[1]) || !(body.length === 3 || body[3] === 1))
      return null;
    const fill = (body[1] as unknown[]).map((one) =>
      Array.isArray(one) && one.length === 2 ? { space: one[0] as unknown, after: one[1] as unknown } : null,
    );
    const asked = pullRequest.safeParse({ cursor: body[0] as unknown, fill, frame: body[2] as unknown });
    return asked.success ? { ...asked.data, complete: body.length === 4 } : null;
  },
  note: (note: PullNote): unknown[] => {
    if (note.note === 'certificates') return [2, note.certificates];
    const { cursor: at, fills, more } = note.position;
    return [1, at, fills.map(({ space: name, after, done }) => [name, after, done]), more, note.received];
  },
  readNote: (item: unknown): PullNote | null => {
    if (!Array.isArray(item)) return null;
    const [kind, ...rest] = item as unknown[];
    if (kind === 2) {
      const [certificates] = rest;
      const isList = rest.length === 1 && Array.isArray(certificates) && certificates.every((one) => one instanceof Uint8Array);
      return isList ? { note: 'certificates', certificates } : null;
    }
    const [at, fills, more, received] = rest;
    if (kind !== 1 || rest.length !== 4 || !Array.isArray(fills) || !(received instanceof Uint8Array)) return null;
    const named = (fills as unknown[]).map((one) => {
      const [name, after, done] = Array.isArray(one) && one.length === 3 ? (one as unknown[]) : [];
      return { space: name, after, done };
    });
    const position = pullPosition.safeParse({ cursor: at, fills: named, more });
    return position.success ? { note: 'position', position: position.data, received } : null;
  },
};

/** The short form of a push: an abridged pack without a content type, answered `[applied, received at]`, or in the long form where there is more to say. */
export const pushOnTheWire = {
  reply: ({ applied, known, missing, refused, at }: PushReply): unknown =>
    known === 0 && missing.length === 0 && refused.length === 0 ? [applied, at] : { applied, known, missing, refused, at },
  readReply: (body: unknown): PushReply | null =>
    pushReply.safeParse(Array.isArray(body) && body.length === 2 ? { applied: body[0] as unknown, at: body[1] as unknown } : body).data ??
    null,
};

export const errorReply = z.object({ error: z.object({ code: z.string().max(100), details: z.record(z.string(), z.json()).optional() }) });

/** The longest body of one request in bytes (a frame of a push with its envelope, or a part of a file); more is answered 413. */
export const MAX_BODY = 1 << 20;
/** Content type of packs. */
export const BINARY = 'application/octet-stream';
/** Content type of a part of a file: what has arrived of it when the link breaks is kept. */
export const FILE_PART = 'application/vnd.itinera.file-part';

export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly path: string;
  /** `anyone` needs no credential; `device` an enrolled one that was not revoked. */
  readonly who: 'anyone' | 'device';
  /** A request's code covers its body. Packs are signed by themselves, and files verified by their hash. */
  readonly signed?: 'body';
  readonly effect: 'reads' | 'writes';
}

/** Every route of the repository; no other exists. */
export const repositoryRoutes = {
  enrol: { method: 'POST', path: '/v1/enrol', who: 'anyone', effect: 'writes' },
  readmit: { method: 'POST', path: '/v1/readmit', who: 'anyone', effect: 'writes' },
  session: { method: 'POST', path: '/v1/session', who: 'anyone', effect: 'writes' },
  renew: { method: 'POST', path: '/v1/renew', who: 'device', effect: 'writes', signed: 'body' },
  hello: { method: 'POST', path: '/v1/hello', who: 'device', effect: 'reads', signed: 'body' },
  positions: { method: 'POST', path: '/v1/positions', who: 'device', effect: 'reads', signed: 'body' },
  revocations: { method: 'POST', path: '/v1/revocations', who: 'device', effect: 'writes' },
  push: { method: 'POST', path: '/v1/push', who: 'device', effect: 'writes' },
  pull: { method: 'POST', path: '/v1/pull', who: 'device', effect: 'reads', signed: 'body' },
  fileHeld: { method: 'HEAD', path: '/v1/files/:sha256', who: 'device', effect: 'reads' },
  fileGet: { method: 'GET', path: '/v1/files/:sha256', who: 'device', effect: 'reads' },
  filePut: { method: 'PUT', path: '/v1/files/:sha256', who: 'device', effect: 'writes' },
} as const satisfies Record<string, Route>;
export type RouteName = keyof typeof repositoryRoutes;
