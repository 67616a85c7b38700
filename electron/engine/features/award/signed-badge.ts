import { awardIssuer } from '../../../../shared/features/award/award-token.ts';
import { achievementId, readBadge } from '../../../../shared/features/award/open-badge.ts';
import type { EngineContext } from '../../context.ts';
import { badgeProofs } from './badge-proof.ts';
import { issuerNamed } from './issuers.ts';
import type { ReadCertificate } from './verify-award.ts';

/** Reads a badge. It names the key that signed it, so that an alteration is seen even where nobody here knows that key. */
export async function readSignedBadge(context: EngineContext, told: string): Promise<ReadCertificate> {
  const { hasher, resources } = context;
  const read = readBadge(told, hasher);
  if (!read) return { is: 'forged' };
  const { badge, publicKey, claims } = read;
  if (!(await badgeProofs(resources).isSigned(badge))) return { is: 'forged' };
  const issuer = issuerNamed(context, awardIssuer(publicKey, hasher));
  if (!issuer || Buffer.compare(issuer.key, publicKey) !== 0) return { is: 'issuerUnknown' };
  const { id } = badge.credentialSubject.achievement;
  return { is: 'signed', issuer, claims, agrees: ({ activityId, kind }) => id === achievementId(activityId, kind, hasher) };
}
