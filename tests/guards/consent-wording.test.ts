import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CONSENT_WORDING } from '../../shared/features/people/consents.ts';
import { LANGUAGES } from '../../shared/kernel/text.ts';
import { nodeHasher } from '../../shared/node/crypto.ts';
import { toHex } from '../../shared/kernel/hex.ts';

/** Digests of the questions of each wording, in all languages: what was agreed to must be found again. */
const WORDINGS: Readonly<Record<number, string>> = { 1: 'ab5b7cf142a90ab9' };

it('a changed question about consent is a wording of its own', () => {
  const asked = LANGUAGES.map((language) => {
    const file = path.resolve(import.meta.dirname, `../../locales/${language}/people.json`);
    return (JSON.parse(readFileSync(file, 'utf8')) as { consent: { ask: Record<string, string> } }).consent.ask;
  });
  const digest = toHex(nodeHasher.sha256(new TextEncoder().encode(JSON.stringify(asked)))).slice(0, 16);
  expect(digest, 'raise CONSENT_WORDING and add its digest here').toBe(WORDINGS[CONSENT_WORDING]);
});
