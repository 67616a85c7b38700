import { createHash, createPublicKey, verify } from 'node:crypto';

/**
 * A verifier of Open Badges that shares nothing with the program's: no JSON-LD library, no list of contexts. The terms that our badges use are written down as their
 * vocabularies define them, and the signature is checked as *Data Integrity EdDSA Cryptosuites* (3.2) and *RDF Dataset Canonicalization* say.
 */

type Json = { readonly [key: string]: unknown };

const RDF_TYPE = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>';
const VC = 'https://www.w3.org/2018/credentials#';
const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#';
const SEC = 'https://w3id.org/security#';
const SCHEMA = 'https://schema.org/';
/** As each context writes it: the one with `http`, the other with `https`. */
const DATE_TIME = 'http://www.w3.org/2001/XMLSchema#dateTime';
const OB_DATE = 'https://www.w3.org/2001/XMLSchema#date';
const OB_BOOLEAN = 'https://www.w3.org/2001/XMLSchema#boolean';

const TYPES: Readonly<Record<string, string>> = {
  VerifiableCredential: VC,
  OpenBadgeCredential: OB,
  Profile: OB,
  AchievementSubject: OB,
  IdentityObject: OB,
  Achievement: OB,
  Evidence: OB,
  DataIntegrityProof: SEC,
};

/** Of each property what it is called, and what its values are: plain text, a name, another node, or a literal of a datatype. */
const PROPERTIES: Readonly<Record<string, readonly [iri: string, is: string]>> = {
  name: [`${SCHEMA}name`, 'text'],
  description: [`${SCHEMA}description`, 'text'],
  inLanguage: [`${SCHEMA}inLanguage`, 'text'],
  issuer: [`${VC}issuer`, 'node'],
  validFrom: [`${VC}validFrom`, DATE_TIME],
  credentialSubject: [`${VC}credentialSubject`, 'node'],
  evidence: [`${VC}evidence`, 'node'],
  identifier: [`${OB}identifier`, 'node'],
  identityType: [`${OB}identityType`, 'text'],
  identityHash: [`${OB}identityHash`, 'text'],
  hashed: [`${OB}hashed`, OB_BOOLEAN],
  licenseNumber: [`${OB}licenseNumber`, 'text'],
  activityStartDate: [`${OB}activityStartDate`, OB_DATE],
  activityEndDate: [`${OB}activityEndDate`, OB_DATE],
  achievement: [`${OB}achievement`, 'node'],
  achievementType: [`${OB}achievementType`, 'text'],
  criteria: [`${OB}Criteria`, 'node'],
  narrative: [`${OB}narrative`, 'text'],
  created: ['http://purl.org/dc/terms/created', DATE_TIME],
  cryptosuite: [`${SEC}cryptosuite`, `${SEC}cryptosuiteString`],
  proofPurpose: [`${SEC}proofPurpose`, 'purpose'],
  verificationMethod: [`${SEC}verificationMethod`, 'name'],
};

/** Whether a credential bears the signature of the key that its issuer's name is. */
export function isSignedBadge(badge: Json): boolean {
  const { proof, ...document } = badge;
  if (!Array.isArray(proof) || proof.length !== 1) return false;
  const { proofValue, ...options } = proof[0] as Json;
  const did = (document['issuer'] as Json)['id'] as string;
  if (options['verificationMethod'] !== `${did}#${did.slice('did:key:'.length)}`) return false;
  const key = fromBase58(did.slice('did:key:z'.length));
  if (key.length !== 34 || key[0] !== 0xed || key[1] !== 0x01) return false;
  const data = Buffer.concat([sha256(canonicalQuads(options)), sha256(canonicalQuads(document))]);
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.subarray(2).toString('base64url') }, format: 'jwk' });
  return verify(null, data, publicKey, fromBase58((proofValue as string).slice(1)));
}

/** RDFC-1.0 for a graph in which every blank node is told from the others by its own statements; throws on another. */
function canonicalQuads(document: Json): string {
  const quads: (readonly [string, string, string])[] = [];
  let blanks = 0;
  const add = (node: Json): string => {
    const subject = typeof node['id'] === 'string' ? `<${node['id']}>` : `_:b${blanks++}`;
    for (const [key, value] of Object.entries(node)) {
      if (key === '@context' || key === 'id') continue;
      for (const one of [value].flat()) {
        if (key === 'type') quads.push([subject, RDF_TYPE, `<${known(TYPES, one as string)}${one as string}>`]);
        else {
          const [iri, is] = known(PROPERTIES, key);
          quads.push([subject, `<${iri}>`, objectOf(one, is)]);
        }
      }
    }
    return subject;
  };
  const objectOf = (value: unknown, is: string): string => {
    if (is === 'node') return add(value as Json);
    if (is === 'name') return `<${value as string}>`;
    if (is === 'purpose') return `<${SEC}${value as string}>`;
    return is === 'text' ? literal(value as string) : `${literal(String(value))}^^<${is}>`;
  };
  add(document);

  const line = (quad: readonly string[], naming: (blank: string) => string): string =>
    `${quad.map((term) => (term.startsWith('_:') ? naming(term) : term)).join(' ')} .\n`;
  const hashOf = (blank: string): string => {
    const own = quads.filter((quad) => quad.includes(blank)).map((quad) => line(quad, (one) => (one === blank ? '_:a' : '_:z')));
    return sha256(byCodePoint([...new Set(own)]).join('')).toString('hex');
  };
  const hashes = Array.from({ length: blanks }, (_, at) => [`_:b${at}`, hashOf(`_:b${at}`)] as const);
  if (new Set(hashes.map(([, hash]) => hash)).size !== blanks) throw new Error('two blank nodes that are alike');
  const names = new Map<string, string>(hashes.toSorted(([, a], [, b]) => (a < b ? -1 : 1)).map(([blank], at) => [blank, `_:c14n${at}`]));
  const lines = quads.map((quad) => line(quad, (one) => names.get(one)!));
  return byCodePoint([...new Set(lines)]).join('');
}

function known<T>(table: Readonly<Record<string, T>>, key: string): T {
  const found = table[key];
  if (found === undefined) throw new Error(`a term that is not ours: ${key}`);
  return found;
}

function literal(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return `"${text.replace(/["\\\n\r\t]/g, (sign) => escapes[sign]!)}"`;
}

function byCodePoint(lines: readonly string[]): string[] {
  return lines.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function fromBase58(text: string): Buffer {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  let value = 0n;
  for (const sign of text) value = value * 58n + BigInt(alphabet.indexOf(sign));
  const hex = value.toString(16);
  const leading = /^1*/.exec(text)![0].length;
  return Buffer.concat([Buffer.alloc(leading), Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')]);
}
