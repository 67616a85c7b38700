import { X509Certificate, webcrypto } from 'node:crypto';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import type { OpenedVault } from '../../vault/vault.ts';

/** The identity of this laptop on the network: a key of its own and the certificate that it signed itself. */
export interface LanIdentity {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
  /** SHA-256 of the certificate, 64 hex digits: what others pin. */
  readonly fingerprint: string;
}

const LAN_KEY = 'lan.key';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
// Clocks in the field are wrong by years, and what is pinned needs no end: the pin is taken back instead.
const NOT_BEFORE = new Date(0);
const NOT_AFTER = new Date('9999-12-31T23:59:59Z');

/**
 * The identity of a data folder; made on first use. It names the replica: a folder that was restored or copied has another one, and
 * then gets a key of its own too, so that two laptops never answer to one pin.
 */
export async function readOrMakeIdentity(vault: OpenedVault, replica: ReplicaId): Promise<LanIdentity> {
  const kept = vault.readSecret(LAN_KEY);
  const known = kept === null ? null : read(kept, replica);
  if (known) return known;
  const text = await make(replica);
  vault.keepSecret(LAN_KEY, text);
  return read(text, replica)!;
}

/** The SHA-256 of a certificate in DER, as `fingerprint` has it. */
export function fingerprintOf(der: Uint8Array): string {
  return new X509Certificate(der).fingerprint256.replaceAll(':', '').toLowerCase();
}

function read(text: string, replica: ReplicaId): LanIdentity | null {
  const parts = text.split(/(?<=-----END [A-Z ]+-----\n)/);
  const key = parts.find((part) => part.includes('BEGIN PRIVATE KEY'));
  const certificate = parts.find((part) => part.includes('BEGIN CERTIFICATE'));
  if (!key || !certificate) return null;
  try {
    const parsed = new X509Certificate(certificate);
    return parsed.subject === `CN=${replica}` ? { key, certificate, fingerprint: fingerprintOf(parsed.raw) } : null;
  } catch {
    return null;
  }
}

async function make(replica: ReplicaId): Promise<string> {
  // Only a laptop that syncs in a room pays for loading these.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  x509.cryptoProvider.set(webcrypto as never);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${replica}`,
    keys: keys as unknown as Parameters<typeof x509.X509CertificateGenerator.createSelfSigned>[0]['keys'],
    signingAlgorithm: ALGORITHM,
    notBefore: NOT_BEFORE,
    notAfter: NOT_AFTER,
    extensions: [
      // It vouches for itself and for nothing else. Without key usages: Electron's TLS would ask for one that signs certificates, and not believe it.
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
    ],
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return `${key.trim()}\n${certificate.toString('pem').trim()}\n`;
}
