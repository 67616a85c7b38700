import { readAwardToken } from '../../../../shared/features/award/award-token.ts';
import type { awardContract } from '../../../../shared/features/award/contract.ts';
import type { ResultOf } from '../../../../shared/contract/call.ts';
import { nodeVerifier } from '../../../../shared/node/crypto.ts';
import { attributionOf } from '../../attribution.ts';
import type { EngineContext } from '../../context.ts';
import { lastSync } from '../../sync/history/run-history.ts';
import { awardByNumber } from './award-rows.ts';
import { issuerNamed } from './issuers.ts';

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
  const asOf = lastSync(context.settings)?.at ?? null;
  const read = readAwardToken(token, (issuer) => issuerNamed(context, issuer)?.key ?? null, verifier);
  if (read.is === 'forged') return { ...NOTHING, result: 'forged', asOf };
  if (read.is === 'issuerUnknown') return { ...NOTHING, result: 'unknown', why: 'issuer', asOf };
  const { claims } = read;
  const { replica, isOwn } = issuerNamed(context, read.issuer)!;
  const said = { ...NOTHING, ...claims, issuer: attributionOf(context, replica).author };
  const row = awardByNumber(reader, claims.number);
  if (!row) return { ...said, result: 'unknown', why: 'elsewhere', asOf };
  // Whoever may sign could sign another's number: what stands under it here was written by somebody who may issue. Of who was erased no name is left.
  if ((row.name !== null && row.name !== claims.name) || row.kind !== claims.kind) return { ...NOTHING, result: 'forged', asOf };
  const known = { ...said, asOf: asOf ?? (isOwn ? new Date(context.clock.now()).toISOString() : null) };
  if (row.revokedOn !== null) return { ...known, result: 'revoked', revokedOn: row.revokedOn, revokedReason: row.revokedReason ?? '' };
  return { ...known, result: 'valid' };
}
