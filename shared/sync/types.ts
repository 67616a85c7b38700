/** The parts of a change-set (see SPEC.md). Hashes, replica ids and signatures are lower-case hex here, bytes on the wire. */

/** SHA-256 of a change-set, 64 hex digits. */
export type Hash = string;
/** First 16 bytes of SHA-256(public key), 32 hex digits. */
export type ReplicaId = string;
/** The id of a space: `library`, `directory`, `calendar`, `institution/<id>`, `workshop/<id>/plan|people|answers`. */
export type SpaceId = string;
/** The id of a written value: `<hash>:<index of the op>`; never (device, counter). */
export type ValueId = string;

/** A value that a field may hold: JSON without undefined and NaN. Integers are safe integers. */
export type FieldValue = null | boolean | number | string | readonly FieldValue[] | { readonly [key: string]: FieldValue };

/** How far a device's clock could be trusted when it wrote: 0 never checked, 1 against a peer, 2 against the repository. */
export type ClockTrust = 0 | 1 | 2;

export type ChangeSetKind = 'data' | 'genesis' | 'refuse' | 'erase' | 'reissue';

export interface ChangeSetHeader {
  readonly version: 1;
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  /** 1, 2, 3 ... in this chain. */
  readonly seq: number;
  /** Hash of the one before in this chain; null for seq 1. */
  readonly prev: Hash | null;
  /** The device's clock, milliseconds; only for showing. */
  readonly t: number;
  readonly tq: ClockTrust;
  /** Version of the model that wrote it. */
  readonly schema: number;
  /** The user who acted (a user id, not a name). */
  readonly author: string;
  readonly kind: ChangeSetKind;
}

/** A written value: plain; erasable (hashed through a salted digest); or redacted after an erasure (the digest alone). */
export type OpValue =
  | { readonly form: 'plain'; readonly value: FieldValue }
  | { readonly form: 'erasable'; readonly value: FieldValue; readonly salt: string }
  | { readonly form: 'redacted'; readonly digest: Hash };

export interface Op {
  readonly entityType: string;
  readonly entityId: string;
  readonly field: string;
  /** The values that were on the author's screen and that this write replaces. */
  readonly supersedes: readonly ValueId[];
  readonly content: OpValue;
}

export interface ChangeSet {
  readonly header: ChangeSetHeader;
  readonly ops: readonly Op[];
  readonly hash: Hash;
  /** Ed25519 over the hash, 128 hex digits; '' where a signature further on in the chain vouches for it. */
  readonly signature: string;
}

/** A write of one field as a feature asks for it; where `supersedes` is left out the store fills in the current heads. */
export interface FieldWrite {
  readonly entityType: string;
  readonly entityId: string;
  readonly field: string;
  readonly value: FieldValue;
  /**
   * The value ids that the author's screen showed. Left out: the register's heads at the time of the commit,
   * which is right only where the command itself has just read them (a rule, an import), not for an open form.
   */
  readonly supersedes?: readonly ValueId[];
  /** The value is personal: hash it through a salted digest so that it can be erased. */
  readonly erasable?: boolean;
}

/** A value that is current in a register, with what is shown about it. */
export interface Head {
  readonly id: ValueId;
  readonly value: FieldValue;
  /** True when the value was erased; `value` is then null. */
  readonly erased: boolean;
  readonly replica: ReplicaId;
  readonly author: string;
  readonly t: number;
  readonly tq: ClockTrust;
}

/** The end of a chain (or of one branch of a forked chain). */
export interface Tip {
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly hash: Hash;
}
