import { faultsOf, type Mutant } from './mutants.ts';

const TEST = 'tests/features/award/open-badge.test.ts';

const inFile = faultsOf('badge');
const read = inFile('shared/features/award/open-badge.ts', TEST);
const key = inFile('shared/features/award/did-key.ts', TEST);
const proof = inFile('electron/engine/features/award/badge-proof.ts', TEST);
const verified = inFile('electron/engine/features/award/verify-award.ts', TEST);
const signed = inFile('electron/engine/features/award/signed-badge.ts', TEST);

/** The promises of certificates as Open Badges, broken on purpose. */
export const BADGE_MUTANTS: readonly Mutant[] = [
  read('the id of a badge is not that of its number', ' || id !== badgeId(number, hasher)', ''),
  read('a key that is said twice is read', 'keys?.length === keysIn(value) ? value : undefined', 'keys ? value : undefined'),
  read('what is not ours is passed over', 'const credential = z.strictObject({', 'const credential = z.object({'),
  read('the proof may say more', 'const proof = z.strictObject({', 'const proof = z.object({'),
  key('a key of another kind is one of ours', ' || !hex.startsWith(ED25519)', ''),
  proof(
    'a document that is not bundled is given',
    "Promise.reject(new Error('a document that is not bundled'))",
    'Promise.resolve({ documentUrl: url, document: {} })',
  ),
  proof('every day has the proof of the first', 'if (last.said !== said)', "if (last.said === '')"),
  signed('the signature of a badge is not looked at', '!(await badgeProofs(resources).isSigned(badge))', '!(await badgeProofs(resources))'),
  signed('anybody may sign', 'if (!issuer || ', 'if (issuer && '),
  verified('a badge of another workshop is this one’s', ' && read.agrees(row)', ''),
  verified('any file is read whole', 'found.size > BYTES_OF_ONE * LONGEST_TOLD', 'found.size < 0'),
];
