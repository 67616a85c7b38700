import { readFile, stat } from 'node:fs/promises';
import { readAwardToken, type AwardClaims } from '../../../../shared/features/award/award-token.ts';
import { LONGEST_TOLD, type awardContract } from '../../../../shared/features/award/contract.ts';
import type { ResultOf } from '../../../../shared/contract/call.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { nodeVerifier } from '../../../../shared/node/crypto.ts';
import { attributionOf } from '../../attribution.ts';
import type { EngineContext } from '../../context.ts';
import { lastSync } from '../../sync/history/run-history.ts';
import { awardByNumber, type AwardRow } from './award-rows.ts';
import { issuerNamed, type Issuer } from './issuers.ts';

type Verified = ResultOf<(typeof awardContract)['certificate.verify']>;

/** The claims of a certificate whose signature holds, as its token or its badge says them. */
interface SignedClaims {
  readonly is: 'signed';
  readonly issuer: Issuer;
  readonly claims: AwardClaims;
  /** Whether what else it says is what the record says. */
  agrees(row: AwardRow): boolean;
}
export type ReadCertificate = SignedClaims | { readonly is: 'issuerUnknown' } | { readonly is: 'forged' };

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

/** Says whether a certificate is genuine, by its token or its Open Badge and by what this laptop has. */
export async function verifyAward(context: EngineContext, told: string): Promise<Verified> {
  const { reader } = context.store;
  const asOf = lastSync(context.settings)?.at ?? null;
  const read = await readCertificate(context, told);
  if (read.is === 'forged') return { ...NOTHING, result: 'forged', asOf };
  if (read.is === 'issuerUnknown') return { ...NOTHING, result: 'unknown', why: 'issuer', asOf };
  const { claims, issuer } = read;
  const said = { ...NOTHING, ...claims, issuer: attributionOf(context, issuer.replica).author };
  const row = awardByNumber(reader, claims.number);
  if (!row) return { ...said, result: 'unknown', why: 'elsewhere', asOf };
  // Whoever may sign could sign another's number: what stands under it here was written by somebody who may issue. Of who was erased no name is left.
  const isAsRecorded = (row.name === null || row.name === claims.name) && row.kind === claims.kind && read.agrees(row);
  if (!isAsRecorded) return { ...NOTHING, result: 'forged', asOf };
  const known = { ...said, asOf: asOf ?? (issuer.isOwn ? new Date(context.clock.now()).toISOString() : null) };
  if (row.revokedOn !== null) return { ...known, result: 'revoked', revokedOn: row.revokedOn, revokedReason: row.revokedReason ?? '' };
  return { ...known, result: 'valid' };
}

/** Reads what was told: an object of JSON is a badge, whatever it is worth, and anything else a token. */
async function readCertificate(context: EngineContext, told: string): Promise<ReadCertificate> {
  if (!told.trimStart().startsWith('{')) return readToken(context, told);
  if (told.length > LONGEST_TOLD) return { is: 'forged' };
  return (await import('./signed-badge.ts')).readSignedBadge(context, told);
}

/** The text of a file that holds a token or a badge; of a longer one as much as shows that it is neither. */
export async function readTold(file: string): Promise<Result<string, 'file.missing' | 'file.unreadable'>> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return refuse('file.unreadable');
    return ok(found.size > BYTES_OF_ONE * LONGEST_TOLD ? '' : new TextDecoder().decode(await readFile(file)));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refuse(code === 'ENOENT' || code === 'ENOTDIR' ? 'file.missing' : 'file.unreadable');
  }
}

/** Of a character in UTF-8, at most. */
const BYTES_OF_ONE = 3;

function readToken(context: EngineContext, token: string): ReadCertificate {
  const read = readAwardToken(token, (issuer) => issuerNamed(context, issuer)?.key ?? null, verifier);
  return read.is === 'signed' ? { ...read, issuer: issuerNamed(context, read.issuer)!, agrees: () => true } : read;
}
