import { create } from 'qrcode';
import { describe, expect, it } from 'vitest';
import { awardNumber } from '../../../shared/features/award/award-number.ts';
import { awardIssuer, readAwardToken, signAwardToken, type AwardClaims } from '../../../shared/features/award/award-token.ts';
import { fromHex, toHex } from '../../../shared/kernel/hex.ts';
import { newRecordId } from '../../../shared/model/record-id.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { AWARD_KINDS } from '../../../shared/model/vocabularies.ts';
import { encodeCanonical } from '../../../shared/sync/canonical.ts';
import { concat } from '../../../shared/sync/encode.ts';
import { newSeed, nodeHasher, nodeRandom, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { Dice } from '../../support/dice.ts';

/** The token of a certificate: nothing that was not signed as it stands is ever taken for one. */

const verifier = nodeVerifier();
const signer = signerOf(newSeed());
const other = signerOf(newSeed());
const keyOf = (issuer: string): Uint8Array | null =>
  [signer, other].find(({ publicKey }) => awardIssuer(publicKey, nodeHasher) === issuer)?.publicKey ?? null;
const SPACE = peopleSpace('0198c5a4-0000-7000-8000-000000000001');
const NAMES = ['N’GUESSAN Aya', 'MAÏGA Fatoumata', 'ĐORĐEVIĆ Ana', 'TRAORE Moussa', 'DE LA VISITATION Marie-Antoinette Anne'];
const FORTY = 'DE LA VISITATION Marie-Antoinette Annick';
const TITLE = 'Formation judiciaire introductive sur la cybercriminalité et les preuves électroniques, Dakar';

const claimsOf = (dice: Dice): AwardClaims => ({
  number: awardNumber(newRecordId(SPACE, nodeRandom, nodeHasher)),
  kind: dice.oneOf(AWARD_KINDS),
  name: dice.oneOf(NAMES),
  title: dice.chance(0.5) ? TITLE : 'Atelier',
  issuedOn: `20${20 + dice.upTo(30)}-0${1 + dice.upTo(9)}-1${dice.upTo(10)}`,
});
const dice = new Dice(20_211);
const TOKENS = Array.from({ length: 20 }, () => {
  const claims = claimsOf(dice);
  return { claims, token: signAwardToken(claims, signer, nodeHasher) };
});
const bytesOf = (token: string): Uint8Array => {
  const hex = BigInt(token).toString(16);
  return fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
};
const tokenOf = (bytes: Uint8Array): string => BigInt(`0x${toHex(bytes)}`).toString();
const isTaken = (token: string): boolean => readAwardToken(token, keyOf, verifier).is === 'signed';

describe('a token as it was signed', () => {
  it('says what it certifies and who signed, alone, in groups, and behind the # of an address', () => {
    for (const { claims, token } of TOKENS) {
      const cut = claims.title === TITLE ? 'Formation judiciaire introductive sur la cybercriminalité et les preuves…' : claims.title;
      const expected = { is: 'signed', issuer: awardIssuer(signer.publicKey, nodeHasher), claims: { ...claims, title: cut } };
      expect(readAwardToken(token, keyOf, verifier)).toEqual(expected);
      expect(readAwardToken(`https://example.org/v#${token}`, keyOf, verifier)).toEqual(expected);
      expect(readAwardToken(` ${token.replace(/.{5}/g, '$& ')}\n`, keyOf, verifier)).toEqual(expected);
    }
  });

  it('is at most 300 bytes and 65 modules at M for a name of forty signs, and leaves room for an address', () => {
    expect(FORTY.length).toBe(40);
    const token = signAwardToken({ ...TOKENS[0]!.claims, name: FORTY.replaceAll('e', 'é'), title: TITLE }, signer, nodeHasher);
    const sides = [token, `https://example.org/v#${token}`].map((text) => create(text, { errorCorrectionLevel: 'M' }).modules.size);
    expect(bytesOf(token).length).toBeLessThanOrEqual(300);
    expect(Math.max(...sides)).toBeLessThanOrEqual(65);
  });

  it('of an issuer whom nobody here knows says nothing else', () => {
    const stranger = signerOf(newSeed());
    const token = signAwardToken(TOKENS[0]!.claims, stranger, nodeHasher);
    expect(readAwardToken(token, keyOf, verifier)).toEqual({ is: 'issuerUnknown', issuer: awardIssuer(stranger.publicKey, nodeHasher) });
  });
});

const TWO = TOKENS.slice(0, 2);

describe('nothing that was altered is taken', () => {
  // Each byte of twenty to each of its 255 other values, and their digits: `award-tokens.long.test.ts`.
  it('no change of one bit', () => {
    let tried = 0;
    let taken = 0;
    for (const { token } of TWO) {
      const bytes = bytesOf(token);
      for (let at = 0; at < bytes.length; at++)
        for (let bit = 0; bit < 8; bit++) {
          tried++;
          if (isTaken(tokenOf(bytes.with(at, bytes[at]! ^ (1 << bit))))) taken++;
        }
    }
    expect(tried).toBeGreaterThan(2_000);
    expect(taken).toBe(0);
  });

  it('no change, loss or doubling of one digit, no two digits swapped, no zeros before it', () => {
    let taken = 0;
    for (const { token } of TWO)
      for (let at = 0; at < token.length; at++) {
        const [before, after] = [token.slice(0, at), token.slice(at + 1)];
        const forms = [...'0123456789'].filter((digit) => digit !== token[at]).map((digit) => `${before}${digit}${after}`);
        if (token[at] !== token[at + 1]) forms.push(`${before}${after}`, `${before}${after[0] ?? ''}${token[at]!}${after.slice(1)}`);
        forms.push(`${before}${token[at]!}${token[at]!}${after}`);
        taken += forms.filter((form) => form !== token && isTaken(form)).length;
      }
    expect(taken).toBe(0);
    expect(isTaken(`0${TOKENS[0]!.token}`)).toBe(false);
  });

  it('no shorter one, by digits or by bytes, and no longer one', () => {
    let taken = 0;
    for (const { token } of TOKENS) {
      const bytes = bytesOf(token);
      for (let length = 1; length < token.length; length++) if (isTaken(token.slice(0, length)) || isTaken(token.slice(-length))) taken++;
      for (let length = 1; length < bytes.length; length++) if (isTaken(tokenOf(bytes.slice(0, length)))) taken++;
      for (let value = 0; value < 256; value++) {
        if (isTaken(tokenOf(concat([bytes, Uint8Array.of(value)])))) taken++;
        // A zero before a number leaves it as it is.
        if (value > 0 && isTaken(tokenOf(concat([Uint8Array.of(value), bytes])))) taken++;
      }
    }
    expect(taken).toBe(0);
  });

  it('none with the parts of two, none by another key, none in other signs', () => {
    const [first, second] = TOKENS.map(({ token }) => bytesOf(token));
    const parts = (bytes: Uint8Array) => [bytes.slice(0, 9), bytes.slice(9, -64), bytes.slice(-64)] as const;
    const [mine, theirs] = [parts(first!), parts(second!)];
    expect(isTaken(tokenOf(concat([mine[0], theirs[1], mine[2]])))).toBe(false);
    expect(isTaken(tokenOf(concat([mine[0], mine[1], theirs[2]])))).toBe(false);
    // Signed by one key, and said to be another's.
    const foreign = bytesOf(signAwardToken(TOKENS[0]!.claims, other, nodeHasher));
    expect(isTaken(tokenOf(concat([mine[0], foreign.slice(9)])))).toBe(false);
    expect(isTaken(tokenOf(concat([foreign.slice(0, 9), first!.slice(9)])))).toBe(false);
    const { token } = TOKENS[0]!;
    for (const form of [`0x${toHex(first!)}`, `${token}.0`, `-${token}`, `${token}e0`, token.replace('1', '１'), `${token}n`, '', '#'])
      expect(isTaken(form), form.slice(0, 12)).toBe(false);
  });

  it('no rightly signed content in a form that this program does not write', () => {
    const domain = new TextEncoder().encode('itinera award 1\0');
    const sealed = (content: Uint8Array): string => {
      const signed = concat([Uint8Array.of(1), fromHex(awardIssuer(signer.publicKey, nodeHasher)), content]);
      return tokenOf(concat([signed, signer.sign(concat([domain, signed]))]));
    };
    const right = [TOKENS[0]!.claims.number.replaceAll('-', ''), 0, 'A', 'B', 9_000];
    expect(isTaken(sealed(encodeCanonical(right)))).toBe(true);
    const wrong = [
      [...right, 1],
      right.slice(0, 4),
      right.with(0, '000000000001'),
      right.with(0, (right[0] as string).toLowerCase()),
      right.with(1, 3),
      right.with(1, '0'),
      right.with(2, 1),
      right.with(4, 0.5),
      right.with(4, -1),
    ];
    for (const content of wrong) expect(isTaken(sealed(encodeCanonical(content))), JSON.stringify(content)).toBe(false);
    // The same list, its head one byte longer than it need be.
    const long = concat([Uint8Array.of(0x98, 5), encodeCanonical(right).slice(1)]);
    expect(isTaken(sealed(long))).toBe(false);
    expect(isTaken(sealed(concat([encodeCanonical(right), Uint8Array.of(0)])))).toBe(false);
  });
});
