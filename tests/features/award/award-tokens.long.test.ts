import { expect, it } from 'vitest';
import { awardNumber } from '../../../shared/features/award/award-number.ts';
import { awardIssuer, readAwardToken, signAwardToken } from '../../../shared/features/award/award-token.ts';
import { fromHex, toHex } from '../../../shared/kernel/hex.ts';
import { newRecordId } from '../../../shared/model/record-id.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { newSeed, nodeHasher, nodeRandom, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';

/** Every change of one byte of twenty tokens, to each of its other values: a million of them, none of which is taken for a certificate. */

it.each(Array.from({ length: 20 }, (_, at) => at))('of token %i none is taken', { timeout: 300_000 }, (at) => {
  const verifier = nodeVerifier();
  const signer = signerOf(newSeed());
  const own = awardIssuer(signer.publicKey, nodeHasher);
  const keyOf = (issuer: string) => (issuer === own ? signer.publicKey : null);
  const number = awardNumber(newRecordId(peopleSpace('0198c5a4-0000-7000-8000-000000000001'), nodeRandom, nodeHasher));
  const claims = {
    number,
    kind: 'attendance',
    name: `N’GUESSAN ${'Aya'.repeat(1 + (at % 5))}`,
    title: 'Atelier',
    issuedOn: '2021-07-15',
  } as const;
  const token = signAwardToken(claims, signer, nodeHasher);
  const hex = BigInt(token).toString(16);
  const bytes = fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
  let [tried, taken] = [0, 0];
  for (let place = 0; place < bytes.length; place++)
    for (let value = 0; value < 256; value++) {
      if (value === bytes[place]) continue;
      tried++;
      if (readAwardToken(BigInt(`0x${toHex(bytes.with(place, value))}`).toString(), keyOf, verifier).is === 'signed') taken++;
    }
  for (let place = 0; place < token.length; place++)
    for (const digit of '0123456789') {
      if (digit === token[place]) continue;
      tried++;
      if (readAwardToken(`${token.slice(0, place)}${digit}${token.slice(place + 1)}`, keyOf, verifier).is === 'signed') taken++;
    }
  expect([tried, taken]).toEqual([255 * bytes.length + 9 * token.length, 0]);
});
