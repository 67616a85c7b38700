/** What is used of the libraries that sign and verify credentials; they bring no types. */

declare module '@digitalbazaar/vc' {
  import type { DataIntegrityProof } from '@digitalbazaar/data-integrity';

  interface Options {
    readonly credential: object;
    readonly suite: DataIntegrityProof;
    readonly documentLoader: (url: string) => Promise<{ readonly documentUrl: string; readonly document: object }>;
    /** The instant at which a credential must be valid. */
    readonly now: string;
  }
  /** Adds a proof to the credential and returns it. */
  export function issue(options: Options): Promise<{ readonly proof: unknown }>;
  export function verifyCredential(options: Options & { readonly controller: object }): Promise<{ readonly verified: boolean }>;
}

declare module '@digitalbazaar/data-integrity' {
  import type { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

  interface ProofSigner {
    readonly id: string;
    readonly algorithm: 'Ed25519';
    sign(options: { readonly data: Uint8Array }): Promise<Uint8Array>;
  }
  export class DataIntegrityProof {
    constructor(options: { readonly cryptosuite: typeof cryptosuite; readonly signer?: ProofSigner; readonly date?: string });
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: {
    readonly name: string;
    /** The canonical N-Quads of a document. */
    canonize(input: object, options: object): Promise<string>;
  };
}
