import { z } from 'zod';
import { isDay, type Day } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Hasher } from '../../kernel/ports.ts';
import { LANGUAGES, type Language } from '../../kernel/text.ts';
import { badgeAchievementId, numberedBadgeId } from '../../model/derivations.ts';
import type { AwardKind } from '../../model/vocabularies.ts';
import { isWellFormed } from '../../sync/canonical.ts';
import { readAwardNumber } from './award-number.ts';
import type { AwardClaims } from './award-token.ts';
import { didOfKey, keyOfDid, methodOfDid } from './did-key.ts';

/**
 * A certificate as an Open Badge (Open Badges 3.0, which is a W3C Verifiable Credential 2.0): what the paper says and no more, for wallets and for other programs.
 * Of one certificate, in one language, by one laptop, there is one badge; only this form is read back, so that no change passes that the signature does not see.
 */

export const BADGE_CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
] as const;
const [CREDENTIALS, OPEN_BADGES] = BADGE_CONTEXTS;
export const CRYPTOSUITE = 'eddsa-rdfc-2022';

/** The kinds in the words of Open Badges. */
const ACHIEVEMENT_TYPES: Readonly<Record<AwardKind, 'CertificateOfCompletion' | 'Certificate' | 'Certification'>> = {
  attendance: 'CertificateOfCompletion',
  achievement: 'Certificate',
  trainer: 'Certification',
};

const text = z.string().refine(isWellFormed);
const uuid = z.string().regex(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
/** A day as its first instant; only in this form. */
const instant = z.string().refine((said) => said === instantOf(said.slice(0, 10)) && isDay(said.slice(0, 10)));

const credential = z.strictObject({
  '@context': z.tuple([z.literal(CREDENTIALS), z.literal(OPEN_BADGES)]),
  id: uuid,
  type: z.tuple([z.literal('VerifiableCredential'), z.literal('OpenBadgeCredential')]),
  name: text,
  issuer: z.strictObject({ id: z.string(), type: z.tuple([z.literal('Profile')]), name: text.optional() }),
  validFrom: instant,
  credentialSubject: z.strictObject({
    type: z.tuple([z.literal('AchievementSubject')]),
    identifier: z.tuple([
      z.strictObject({ type: z.literal('IdentityObject'), identityType: z.literal('name'), hashed: z.literal(false), identityHash: text }),
    ]),
    licenseNumber: z.string(),
    activityStartDate: instant.optional(),
    activityEndDate: instant.optional(),
    achievement: z.strictObject({
      id: uuid,
      type: z.tuple([z.literal('Achievement')]),
      achievementType: z.enum(ACHIEVEMENT_TYPES),
      name: text,
      description: text,
      criteria: z.strictObject({ narrative: text }),
      inLanguage: z.enum(LANGUAGES),
    }),
  }),
  evidence: z
    .tuple([z.strictObject({ id: z.string().regex(/^https:\/\/[\w.~:/-]+#\d+$/), type: z.tuple([z.literal('Evidence')]), name: text })])
    .optional(),
});
const proof = z.strictObject({
  type: z.literal('DataIntegrityProof'),
  created: instant,
  verificationMethod: z.string(),
  cryptosuite: z.literal(CRYPTOSUITE),
  proofPurpose: z.literal('assertionMethod'),
  proofValue: z.string().regex(/^z[1-9A-HJ-NP-Za-km-z]{64,90}$/),
});
const badge = credential.extend({ proof: z.tuple([proof]) });

/** A badge before it is signed. */
export type UnsignedBadge = z.infer<typeof credential>;
export type BadgeProof = z.infer<typeof proof>;
/** A badge with the one proof of its issuer. */
export type Badge = z.infer<typeof badge>;

/** The facts of a badge: the claims, and what else the paper says, as it says it. */
export interface BadgeFacts extends AwardClaims {
  readonly activityId: Id;
  readonly language: Language;
  /** What it is called: *Certificate of participation*. */
  readonly heading: string;
  /** What it is given for. */
  readonly earned: string;
  /** The days and the place of the workshop. */
  readonly when: string;
  readonly start: Day;
  readonly end: Day;
  /** Who gives it; '' where the paper names nobody. */
  readonly from: string;
  /** The address that opens the page which verifies it, and what that is called; null where there is none. */
  readonly page: { readonly address: string; readonly name: string } | null;
}

/** Returns the badge of a certificate for the key that is to sign it. */
export function badgeOf(facts: BadgeFacts, publicKey: Uint8Array, hasher: Hasher): UnsignedBadge {
  const { number, kind, name, title, issuedOn, activityId, language, heading, earned, when, start, end, from, page } = facts;
  return {
    '@context': [...BADGE_CONTEXTS],
    id: badgeId(number, hasher),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: heading,
    issuer: { id: didOfKey(publicKey), type: ['Profile'], ...(from !== '' && { name: from }) },
    validFrom: instantOf(issuedOn),
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [{ type: 'IdentityObject', identityType: 'name', hashed: false, identityHash: name }],
      licenseNumber: number,
      ...(isDay(start) && { activityStartDate: instantOf(start) }),
      ...(isDay(end) && { activityEndDate: instantOf(end) }),
      achievement: {
        id: achievementId(activityId, kind, hasher),
        type: ['Achievement'],
        achievementType: ACHIEVEMENT_TYPES[kind],
        name: title,
        description: when,
        criteria: { narrative: earned },
        inLanguage: language,
      },
    },
    ...(page && { evidence: [{ id: page.address, type: ['Evidence'], name: page.name }] }),
  };
}

/** The proof of a badge but for its value: dated as the certificate, so that one badge is the same bytes whenever it is made. */
export function proofOptions({ issuer, validFrom }: Pick<UnsignedBadge, 'issuer' | 'validFrom'>): Omit<BadgeProof, 'proofValue'> {
  return {
    type: 'DataIntegrityProof',
    created: validFrom,
    verificationMethod: methodOfDid(issuer.id),
    cryptosuite: CRYPTOSUITE,
    proofPurpose: 'assertionMethod',
  };
}

/** The file of a badge. */
export function writeBadge(signed: Badge): string {
  return `${JSON.stringify(signed, null, 2)}\n`;
}

/** A badge as it was read: well formed, whoever signed it. */
export interface ReadBadge {
  readonly badge: Badge;
  readonly publicKey: Uint8Array;
  readonly claims: AwardClaims;
}

/** Reads a badge that a program may have laid out anew; null for what this program would not have said. Its signature is another question. */
export function readBadge(said: string, hasher: Hasher): ReadBadge | null {
  const parsed = badge.safeParse(valueIn(said));
  if (!parsed.success) return null;
  const { id, issuer, validFrom, credentialSubject: subject, proof: proofs } = parsed.data;
  const { achievement, licenseNumber: number } = subject;
  const publicKey = keyOfDid(issuer.id);
  const kind = KINDS.get(achievement.achievementType);
  if (!publicKey || !kind || readAwardNumber(number) !== number || id !== badgeId(number, hasher)) return null;
  const { proofValue: _, ...options } = proofs[0];
  const due: Readonly<Record<string, string>> = proofOptions(parsed.data);
  if (Object.entries(options).some(([key, value]) => due[key] !== value)) return null;
  const claims = { number, kind, name: subject.identifier[0].identityHash, title: achievement.name, issuedOn: validFrom.slice(0, 10) };
  return { badge: parsed.data, publicKey, claims };
}

/** The id of what a kind of certificate of a workshop is given for: it says nothing of the workshop. */
export function achievementId(activityId: Id, kind: AwardKind, hasher: Hasher): string {
  return `urn:uuid:${badgeAchievementId(hasher, activityId, kind)}`;
}

const KINDS = new Map(Object.entries(ACHIEVEMENT_TYPES).map(([kind, type]) => [type, kind as AwardKind]));

/** The id of a badge, which follows from the number on the paper. */
function badgeId(number: string, hasher: Hasher): string {
  return `urn:uuid:${numberedBadgeId(hasher, number)}`;
}

function instantOf(day: Day): string {
  return `${day}T00:00:00Z`;
}

/** The value of a JSON text; undefined where it is none, and where an object says one key twice: other programs may read the other one. */
function valueIn(said: string): unknown {
  try {
    const value: unknown = JSON.parse(said);
    const keys = said.match(/"(?:[^"\\]|\\.)*"(?:\s*:)?/g)?.filter((one) => one.endsWith(':'));
    return keys?.length === keysIn(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** How many keys there are in a value that was JSON. */
function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return (Array.isArray(value) ? 0 : Object.keys(value).length) + Object.values(value).reduce<number>((sum, one) => sum + keysIn(one), 0);
}
