import { describe, expect, it } from 'vitest';
import { fingerprintSigns, invitationText, parseLanAddress } from '../../shared/features/sync/lan-address.ts';
import { isBeaconOf, newBeacon, readBeacon } from '../../shared/features/sync/lan-beacon.ts';
import {
  commitmentTo,
  isPairingProof,
  pairingNonce,
  pairingProof,
  pairingTranscript,
  shortCode,
  type PairingSide,
} from '../../shared/features/sync/lan-pairing.ts';
import { toHex } from '../../shared/kernel/hex.ts';
import type { Random } from '../../shared/kernel/ports.ts';
import { nodeHasher, nodeVerifier, signerOf } from '../../shared/node/crypto.ts';
import { seeded } from '../support/seeded.ts';

const next = seeded(20_261_126);
const random: Random = { bytes: (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256)) };

function side(name: string): PairingSide & { readonly seed: Uint8Array } {
  const seed = random.bytes(32);
  return { fingerprint: toHex(random.bytes(32)), publicKey: toHex(signerOf(seed).publicKey), name, repository: '', seed };
}

/** Both ends of one honest conversation. */
function codes(asking: PairingSide, asked: PairingSide, seenByAsking = asked, seenByAsked = asking) {
  const [n1, n2] = [pairingNonce(random), pairingNonce(random)];
  return [
    shortCode(pairingTranscript(asking, n1, seenByAsking, n2, nodeHasher)),
    shortCode(pairingTranscript(seenByAsked, n1, asked, n2, nodeHasher)),
  ];
}

describe('the short code', () => {
  it('is the same six digits on both screens', () => {
    for (let i = 0; i < 100; i++) {
      const [one, two] = codes(side('Awa'), side('Bento'));
      expect(one).toBe(two);
      expect(one).toMatch(/^\d{6}$/);
    }
  });

  it('differs as soon as a certificate, a key, a name or a repository was seen otherwise', () => {
    const [awa, bento, other] = [side('Awa'), side('Bento'), side('Bento')];
    for (const change of [
      { fingerprint: other.fingerprint },
      { publicKey: other.publicKey },
      { name: 'Bénto' },
      { repository: other.publicKey },
    ]) {
      const [one, two] = codes(awa, bento, { ...bento, ...change });
      expect(one).not.toBe(two);
    }
  });

  it('is a chance of one in a million for somebody in the middle who follows the commitment, and a certainty for one who need not', () => {
    const [awa, bento] = [side('Awa'), side('Bento')];
    // To Awa he is Bento, to Bento he is Awa; his certificates are his own.
    const [mallory, mallet] = [side('Bento'), side('Awa')];
    let met = 0;
    for (let i = 0; i < 2_000; i++) {
      const [toAwa] = codes(awa, mallory);
      const [, toBento] = codes(mallet, bento);
      if (toAwa === toBento) met++;
    }
    expect(met).toBeLessThanOrEqual(1);

    // Were the asking side's number known before the other must be said, he would only have to look for one that fits (three digits here).
    const wanted = codes(mallet, bento)[1]!.slice(-3);
    const revealed = pairingNonce(random);
    let tries = 0;
    for (let code = ''; code.slice(-3) !== wanted; tries++)
      code = shortCode(pairingTranscript(awa, revealed, mallory, pairingNonce(random), nodeHasher));
    expect(tries).toBeLessThan(20_000);
  });

  it('rests on a commitment that binds number, certificate and key', () => {
    const [awa, other] = [side('Awa'), side('Awa')];
    const nonce = pairingNonce(random);
    const commitment = commitmentTo(nonce, awa, nodeHasher);
    expect(commitmentTo(nonce, awa, nodeHasher)).toBe(commitment);
    expect(commitmentTo(pairingNonce(random), awa, nodeHasher)).not.toBe(commitment);
    expect(commitmentTo(nonce, { ...awa, fingerprint: other.fingerprint }, nodeHasher)).not.toBe(commitment);
    expect(commitmentTo(nonce, { ...awa, publicKey: other.publicKey }, nodeHasher)).not.toBe(commitment);
  });

  it('goes with a proof that each holds its replica’s key, for its own part in this pairing only', () => {
    const [awa, bento] = [side('Awa'), side('Bento')];
    const verifier = nodeVerifier();
    const transcript = pairingTranscript(awa, pairingNonce(random), bento, pairingNonce(random), nodeHasher);
    const proof = pairingProof(transcript, 'asking', signerOf(awa.seed));
    expect(isPairingProof(proof, transcript, 'asking', awa.publicKey, verifier)).toBe(true);
    expect(isPairingProof(proof, transcript, 'asked', awa.publicKey, verifier)).toBe(false);
    expect(isPairingProof(proof, transcript, 'asking', bento.publicKey, verifier)).toBe(false);
    const other = pairingTranscript(awa, pairingNonce(random), bento, pairingNonce(random), nodeHasher);
    expect(isPairingProof(proof, other, 'asking', awa.publicKey, verifier)).toBe(false);
  });
});

describe('addresses and invitations', () => {
  const fingerprint = toHex(random.bytes(32));

  it('are read as people write them', () => {
    expect(parseLanAddress(' 192.168.1.5:5000 ')).toEqual({ host: '192.168.1.5', port: 5000, fingerprint: null });
    expect(parseLanAddress('192.168.1.5')).toEqual({ host: '192.168.1.5', port: 47_474, fingerprint: null });
    expect(parseLanAddress('[fe80::1]:99')).toEqual({ host: 'fe80::1', port: 99, fingerprint: null });
    const invited = parseLanAddress(invitationText('10.0.0.2', 47_475, fingerprint));
    expect(invited).toEqual({ host: '10.0.0.2', port: 47_475, fingerprint: fingerprint.slice(0, 20) });
    const typed = `10.0.0.2:47475/${fingerprintSigns(fingerprint).toLowerCase().replaceAll('-', ' ')}`;
    expect(parseLanAddress(typed)).toEqual(invited);
  });

  it('are refused where they are something else', () => {
    const wrong = [
      '',
      '/',
      'a b',
      'http://x',
      '1.2.3.4:0',
      '1.2.3.4:70000',
      '1.2.3.4:',
      '[::1',
      '1.2.3.4/short',
      'x'.repeat(400),
      '1.2.3.4:1:2',
    ];
    for (const text of wrong) expect(parseLanAddress(text), text).toBeNull();
  });
});

describe('a beacon', () => {
  it('is known to those who pinned the certificate, and says nothing twice to the others', () => {
    const [mine, other] = [toHex(random.bytes(32)), toHex(random.bytes(32))];
    const [one, two] = [newBeacon(mine, random, nodeHasher), newBeacon(mine, random, nodeHasher)];
    expect(isBeaconOf(one, mine, nodeHasher)).toBe(true);
    expect(isBeaconOf(one, other, nodeHasher)).toBe(false);
    expect(one.tag).not.toBe(two.tag);
    expect(one.label).not.toBe(two.label);
    expect(readBeacon(one.label, one.salt, one.tag)).toEqual(one);
    for (const wrong of [undefined, 7, '<b>', 'x'.repeat(1000)]) expect(readBeacon(wrong, one.salt, one.tag)).toBeNull();
  });
});
