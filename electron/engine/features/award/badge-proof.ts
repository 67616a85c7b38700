import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue, verifyCredential } from '@digitalbazaar/vc';
import { methodOfDid } from '../../../../shared/features/award/did-key.ts';
import {
  BADGE_CONTEXTS,
  proofOptions,
  type Badge,
  type BadgeProof,
  type UnsignedBadge,
} from '../../../../shared/features/award/open-badge.ts';
import type { Signer } from '../../../../shared/kernel/ports.ts';

// Only what makes or verifies a badge imports this file, late: the libraries take a fifth of a second to load.

/** The function by which the libraries get at documents. */
export type DocumentLoader = (url: string) => Promise<{ readonly documentUrl: string; readonly document: object; readonly tag?: 'static' }>;

const CONTEXT_FILES: Readonly<Record<string, string>> = {
  [BADGE_CONTEXTS[0]]: 'credentials-v2.json',
  [BADGE_CONTEXTS[1]]: 'ob-v3p0-context-3.0.3.json',
};

/** Signs badges, and says whether the signature on one is that of the key it names. */
export interface BadgeProofs {
  sign(unsigned: UnsignedBadge, signer: Signer): Promise<Badge>;
  isSigned(badge: Badge): Promise<boolean>;
}

/**
 * Returns the proofs of badges, over the contexts that lie in `resources`. Nothing is ever fetched: any other document is refused, and the key of a signer is in its name.
 * `watched`: stands between the libraries and the documents.
 */
export function badgeProofs(resources: string, watched: (load: DocumentLoader) => DocumentLoader = (load) => load): BadgeProofs {
  const contexts = new Map(
    BADGE_CONTEXTS.map((url) => [
      url as string,
      JSON.parse(readFileSync(path.join(resources, 'open-badges', CONTEXT_FILES[url]!), 'utf8')) as object,
    ]),
  );
  const loaderFor = (did: string): DocumentLoader =>
    watched((url) => {
      const document = contexts.get(url) ?? (url === methodOfDid(did) ? multikeyOf(did) : undefined);
      if (!document) return Promise.reject(new Error('a document that is not bundled'));
      // What is bundled never changes; the libraries then read it once.
      return Promise.resolve({ contextUrl: null, documentUrl: url, document, ...(contexts.has(url) && { tag: 'static' as const }) });
    });
  const suite = { ...cryptosuite, canonize: canonizing() };

  return {
    async sign(unsigned, signer) {
      const { created, verificationMethod: id } = proofOptions(unsigned);
      const byKey = {
        id,
        algorithm: 'Ed25519' as const,
        sign: ({ data }: { readonly data: Uint8Array }) => Promise.resolve(signer.sign(data)),
      };
      const { proof } = await issue({
        credential: { ...unsigned },
        suite: new DataIntegrityProof({ cryptosuite: suite, signer: byKey, date: created }),
        documentLoader: loaderFor(unsigned.issuer.id),
        now: created,
      });
      const { proofValue } = proof as BadgeProof;
      // The schema of Open Badges asks for a list.
      return { ...unsigned, proof: [{ ...proofOptions(unsigned), proofValue }] };
    },

    async isSigned(badge) {
      const { issuer, validFrom } = badge;
      const { verified } = await verifyCredential({
        credential: badge,
        suite: new DataIntegrityProof({ cryptosuite: suite }),
        documentLoader: loaderFor(issuer.id),
        controller: { id: issuer.id, assertionMethod: [methodOfDid(issuer.id)] },
        // That a certificate bears a day to come is told with it, and is no reason to call it forged.
        now: validFrom,
      });
      return verified;
    },
  };
}

function multikeyOf(did: string): object {
  const id = methodOfDid(did);
  return {
    '@context': 'https://w3id.org/security/multikey/v1',
    ...{ id, type: 'Multikey', controller: did, publicKeyMultibase: id.slice(id.indexOf('#') + 1) },
  };
}

/** Canonizes documents; the options of a proof, which all badges of one day share, once. A third less of the time that five hundred take. */
function canonizing(): typeof cryptosuite.canonize {
  let last = { said: '', quads: '' };
  return async (input, options) => {
    if (!('type' in input) || input.type !== 'DataIntegrityProof') return cryptosuite.canonize(input, options);
    const said = JSON.stringify(input);
    if (last.said !== said) last = { said, quads: await cryptosuite.canonize(input, options) };
    return last.quads;
  };
}
