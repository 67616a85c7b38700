import { createHmac, timingSafeEqual } from 'node:crypto';
import { fromHex } from '../../shared/kernel/hex.ts';
import { readmissionProof, type EnrolReply, type ReadmitReply, type ReadmitRequest } from '../../shared/contract/repository.ts';
import { ok, refuse, type Result } from '../../shared/kernel/result.ts';
import { decodeCertificate, verifyCertificate } from '../../shared/sync/certificate.ts';
import { admit, type EnrolmentPorts } from './enrolment.ts';

/** How long a challenge can be answered, by this repository's clock. */
const LIFETIME = 2 * 60_000;

/**
 * Admits again a device that shows that it holds the key of a replica certified here, where the register has lost it (the repository was put back
 * from an older copy). First it is told what to sign, then it sends that back signed. No code is needed, for the certificate
 * came of one. Refuses `sync.proofWrong`, and `sync.deviceRevoked` for whoever was turned out.
 */
export async function recoverCredential(
  request: ReadmitRequest,
  challengeKey: Uint8Array,
  ports: EnrolmentPorts,
): Promise<Result<ReadmitReply | EnrolReply>> {
  const { registry, clock, hasher, verifier, signer } = ports;
  const { keyed = false } = request;
  const decoded = decodeCertificate(Uint8Array.from(Buffer.from(request.certificate, 'base64url')));
  if (!decoded.ok || !verifyCertificate(decoded.value, signer.publicKey, verifier, hasher)) return refuse('sync.proofWrong');
  const { replica, publicKey, user, name, role, scope } = decoded.value;
  const known = await registry.device(replica);
  if (known?.revokedAt) return refuse('sync.deviceRevoked');
  const now = clock.now();
  if (request.challenge === '') return ok({ challenge: challengeFor(replica, now + LIFETIME, challengeKey) });

  const [until = ''] = request.challenge.split('.');
  const expected = Buffer.from(challengeFor(replica, Number(until), challengeKey));
  const given = Buffer.from(request.challenge);
  const isOurs =
    given.length === expected.length && timingSafeEqual(given, expected) && Number(until) >= now && Number(until) <= now + LIFETIME;
  const proof = /^[0-9a-f]{128}$/.test(request.proof) ? fromHex(request.proof) : new Uint8Array(0);
  if (!isOurs || !verifier.verify(fromHex(publicKey), readmissionProof(request.challenge, replica, keyed), proof))
    return refuse('sync.proofWrong');
  // To a program from before sessions a token is given, once for a challenge: the request sent again by another is worth nothing.
  const token = keyed ? null : sealedWith(challengeKey, `token ${replica} ${request.challenge}`);
  if (token !== null && (await registry.deviceByToken(token, now))) return refuse('sync.proofWrong');
  // What the register says counts; the certificate only where the register has lost the device.
  const act = { who: `device:${replica}`, what: 'readmit', details: { device: replica } } as const;
  return ok(await admit(known ?? { replica, user, name, role, scope }, publicKey, { invitation: null, act, token }, ports));
}

function challengeFor(replica: string, until: number, key: Uint8Array): string {
  return `${until}.${sealedWith(key, `readmission ${replica} ${until}`)}`;
}

function sealedWith(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}
