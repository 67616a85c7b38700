import { afterEach, beforeEach, describe } from 'vitest';
import { newSeed, signerOf } from '../../shared/node/crypto.ts';
import { ingestSuite } from './ingest-suite.ts';
import { rulingsSuite } from './rulings-suite.ts';
import type { OpenSubject, Subject } from './subject.ts';
import { writingSuite } from './writing-suite.ts';

/** What every store must do, whatever it is built on. Called once per kind of store. */
export function conformance(name: string, open: OpenSubject): void {
  describe(`store ${name}`, () => {
    let clock = 1_000;
    const signers = [signerOf(newSeed()), signerOf(newSeed())] as const;
    let one: Subject;
    let other: Subject;
    const opened: Subject[] = [];

    const openOne = async (signer = signers[0]): Promise<Subject> => {
      const subject = await open({ signer, now: () => (clock += 1), clockTrust: () => 0, author: () => 'somebody' });
      opened.push(subject);
      return subject;
    };
    const stores = {
      signers,
      openOne,
      get one() {
        return one;
      },
      get other() {
        return other;
      },
    };

    beforeEach(async () => {
      clock = 1_000;
      one = await openOne(signers[0]);
      other = await openOne(signers[1]);
    });
    afterEach(async () => {
      for (const subject of opened.splice(0)) await subject.close();
    });

    writingSuite(stores);
    rulingsSuite(stores);
    ingestSuite(stores);
  });
}
