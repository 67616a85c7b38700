import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { awardNumber } from '../../shared/features/award/award-number.ts';
import { awardPage } from '../../shared/features/award/award-page.ts';
import { signAwardToken, type AwardClaims } from '../../shared/features/award/award-token.ts';
import { newSeed, nodeHasher, signerOf } from '../../shared/node/crypto.ts';
import type { OpenWindow } from './window.ts';

const [number, revokedNumber] = ['0198c5a4-1234-7000-8000-000000000001', '0198c5a4-5678-7000-8000-000000000001'].map((id) =>
  awardNumber(id),
);
export const CLAIMS: AwardClaims = {
  number: number!,
  kind: 'achievement',
  name: 'DE LA VISITATION <b>Marie-Antoinette</b> Annick',
  title: 'Formation judiciaire introductive sur la cybercriminalité et les preuves électroniques',
  issuedOn: '2026-03-01',
};
export const REVOKED_ON = '2026-03-20';

export interface VerificationPage {
  readonly file: string;
  /** The digits of a code for each of its answers. */
  readonly codes: Readonly<Record<'valid' | 'revoked' | 'later' | 'issuerUnknown' | 'forged', string>>;
}

/** Writes into `folder` the page that verifies certificates, of a school that issued one, to a person of this name, and revoked another. */
export function makeVerificationPage(folder: string, name = CLAIMS.name): VerificationPage {
  const signer = signerOf(newSeed());
  const codeOf = (more: Partial<AwardClaims>, by = signer) => signAwardToken({ ...CLAIMS, name, ...more }, by, nodeHasher);
  const made = awardPage(readFileSync(path.resolve(import.meta.dirname, '../../resources/verification.html'), 'utf8'), {
    repository: 'École nationale',
    issuers: [{ key: signer.publicKey, name: 'École nationale de la magistrature' }],
    revoked: [{ number: revokedNumber!, on: REVOKED_ON }],
    asOf: '2026-04-01',
  });
  if (!made.ok) throw new Error(made.refusal.code);
  const file = path.join(folder, 'vérifier.html');
  writeFileSync(file, made.value);
  const valid = codeOf({});
  return {
    file,
    codes: {
      valid,
      revoked: codeOf({ number: revokedNumber! }),
      later: codeOf({ issuedOn: '2026-05-01' }),
      issuerUnknown: codeOf({}, signerOf(newSeed())),
      forged: `${valid.slice(0, 300)}${(Number(valid[300]) + 1) % 10}${valid.slice(301)}`,
    },
  };
}

/** Opens the page in a bare window of Chromium's, without the shell's bridge, which keeps every address that it asks for as `requests` of the shell. */
export async function openVerificationPage(
  { app }: OpenWindow,
  { file, codes }: VerificationPage,
  size: { readonly width: number; readonly height: number },
): Promise<Page> {
  const shown = app.waitForEvent('window');
  await app.evaluate(
    async ({ BrowserWindow, session }, { address, ...inner }) => {
      const own = session.fromPartition('verification');
      const requests: string[] = [];
      Object.assign(globalThis, { requests });
      own.webRequest.onBeforeRequest(({ url }, answer) => {
        requests.push(url);
        answer({});
      });
      const window = new BrowserWindow({ ...inner, useContentSize: true, webPreferences: { session: own, sandbox: true } });
      await window.loadURL(address);
    },
    { address: `${pathToFileURL(file).href}#${codes.valid}`, ...size },
  );
  return shown;
}
