import { awardIssuer } from '../../../../shared/features/award/award-token.ts';
import { fromHex } from '../../../../shared/kernel/hex.ts';
import { replicaIdOf } from '../../../../shared/sync/change-set.ts';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { isRevoked } from '../../sync/revocations.ts';

/** A replica that signs certificates, whose key is known for certain: this laptop's own, or one that its repository certified. */
export interface Issuer {
  readonly replica: ReplicaId;
  readonly key: Uint8Array;
  /** It is this laptop, or one that it was before. */
  readonly isOwn: boolean;
}

/**
 * Returns the issuer that a token names by the first bytes of its replica; null where its key is not known here. One that was turned out since is returned too: whether a certificate
 * was issued, its record says.
 */
export function issuerNamed(context: EngineContext, issuer: string): Issuer | null {
  const own = ownIssuers(context).find(({ key }) => awardIssuer(key, context.hasher) === issuer);
  if (own) return own;
  const [named] = context.store.reader.all<{ replica: ReplicaId }>(
    'select replica from certificate where replica >= ? and replica < ? limit 1',
    issuer,
    `${issuer}g`,
  );
  return named ? certifiedIssuer(context, named.replica) : null;
}

/**
 * Returns the issuers whose signature alone is believed, where no record can be asked: this laptop's own, and those that its repository certified and has not turned out. Whoever
 * holds a laptop that was turned out could sign what was never issued.
 */
export function issuersBelieved(context: EngineContext): Issuer[] {
  const own = ownIssuers(context);
  const others = context.store.reader
    .all<{ replica: ReplicaId }>('select replica from certificate order by replica')
    .flatMap(({ replica }) => {
      const isLeftOut =
        own.some((one) => one.replica === replica) || !context.trust.actorOf(replica) || isRevoked(context.settings, replica);
      return isLeftOut ? [] : (certifiedIssuer(context, replica) ?? []);
    });
  return [...own, ...others];
}

function ownIssuers({ vault, hasher }: EngineContext): Issuer[] {
  return vault.publicKeys().map((key) => ({ replica: replicaIdOf(key, hasher), key, isOwn: true }));
}

function certifiedIssuer({ trust }: EngineContext, replica: ReplicaId): Issuer | null {
  const certificate = trust.certificateOf(replica);
  return certificate && { replica: certificate.replica, key: fromHex(certificate.publicKey), isOwn: false };
}
