import { awardIssuer, readAwardToken } from '../../../../shared/features/award/award-token.ts';
import type { awardContract } from '../../../../shared/features/award/contract.ts';
import type { ResultOf } from '../../../../shared/contract/call.ts';
import { fromHex } from '../../../../shared/kernel/hex.ts';
import { nodeVerifier } from '../../../../shared/node/crypto.ts';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import { replicaIdOf } from '../../../../shared/sync/change-set.ts';
import { attributionOf } from '../../attribution.ts';
import type { EngineContext } from '../../context.ts';
import { lastRun } from '../../sync/history/run-history.ts';
import { awardByNumber } from './award-rows.ts';

type Verified = ResultOf<(typeof awardContract)['certificate.verify']>;

const verifier = nodeVerifier();
const NOTHING = {
  why: '',
  number: '',
  kind: null,
  name: '',
  title: '',
  issuedOn: '',
  issuer: '',
  revokedOn: '',
  revokedReason: '',
} as const;

/** Says whether a certificate is genuine, by its token and by what this laptop has. */
export function verifyAward(context: EngineContext, token: string): Verified {
  const { reader } = context.store;
  const run = lastRun(context.settings);
  const asOf = run?.ok === true ? run.at : null;
  const issuers = issuersOf(context);
  const read = readAwardToken(token, (issuer) => issuers(issuer)?.key ?? null, verifier);
  if (read.is === 'forged') return { ...NOTHING, result: 'forged', asOf };
  if (read.is === 'issuerUnknown') return { ...NOTHING, result: 'unknown', why: 'issuer', asOf };
  const { claims } = read;
  const { replica, isOwn } = issuers(read.issuer)!;
  const said = { ...NOTHING, ...claims, issuer: attributionOf(context, replica).author };
  const row = awardByNumber(reader, claims.number);
  if (!row) return { ...said, result: 'unknown', why: 'elsewhere', asOf };
  // Whoever may sign could sign another's number: what stands under it here was written by somebody who may issue. Of who was erased no name is left.
  if ((row.name !== null && row.name !== claims.name) || row.kind !== claims.kind) return { ...NOTHING, result: 'forged', asOf };
  const known = { ...said, asOf: asOf ?? (isOwn ? new Date(context.clock.now()).toISOString() : null) };
  if (row.revokedOn !== null) return { ...known, result: 'revoked', revokedOn: row.revokedOn, revokedReason: row.revokedReason ?? '' };
  return { ...known, result: 'valid' };
}

interface Issuer {
  readonly replica: ReplicaId;
  readonly key: Uint8Array;
  /** It is this laptop, or one that it was before. */
  readonly isOwn: boolean;
}

/** The replicas whose key is known for certain: this laptop's own, and those that its repository certified. */
function issuersOf({ vault, hasher, trust, store }: EngineContext): (issuer: string) => Issuer | null {
  return (issuer) => {
    const own = vault.publicKeys().find((key) => awardIssuer(key, hasher) === issuer);
    if (own) return { replica: replicaIdOf(own, hasher), key: own, isOwn: true };
    const [named] = store.reader.all<{ replica: ReplicaId }>(
      'select replica from certificate where replica >= ? and replica < ? limit 1',
      issuer,
      `${issuer}g`,
    );
    const certificate = named ? trust.certificateOf(named.replica) : null;
    return certificate && { replica: certificate.replica, key: fromHex(certificate.publicKey), isOwn: false };
  };
}
