import path from 'node:path';
import { repositorySigner } from '../../server/folder/folder.ts';
import { toHex } from '../../shared/kernel/hex.ts';
import type { Signer } from '../../shared/kernel/ports.ts';
import { newSeed, nodeHasher, signerOf } from '../../shared/node/crypto.ts';
import { putCertificate } from '../../shared/node/store/sqlite/certificates.ts';
import { encodeCertificate, issueCertificate } from '../../shared/sync/certificate.ts';
import { replicaIdOf, sealChangeSet } from '../../shared/sync/change-set.ts';
import type { ChangeSet, SpaceId } from '../../shared/sync/types.ts';
import type { TestRepository } from './repository/repository.ts';

/** Somebody of whom a repository has one change-set and a certificate. */
export interface Author {
  readonly signer: Signer;
  readonly replica: string;
  readonly name: string;
}

/** Has a repository in a folder hold one change-set each by so many certified authors, as years of enrolments leave it; their names fill certificates with 1.5 kB. */
export function addAuthors({ folder, repository }: TestRepository, space: SpaceId, count: number, nameLength = 490): Author[] {
  const { store } = repository;
  const issuer = repositorySigner(path.join(folder, 'repository.key'));
  const authors: Author[] = [];
  for (let done = 0; done < count; done += STEP) {
    const changeSets: ChangeSet[] = [];
    store.transaction(() => {
      for (let i = done; i < Math.min(count, done + STEP); i++) {
        const signer = signerOf(newSeed());
        const replica = replicaIdOf(signer.publicKey, nodeHasher);
        const name = `Author ${i} `.padEnd(nameLength, 'é');
        const claims = { replica, publicKey: toHex(signer.publicKey), user: `u${i}`, name, role: 'trainer', scope: 'all', issuedAt: 1 };
        const bytes = encodeCertificate(issueCertificate(claims, issuer));
        putCertificate(store.db, { replica, publicKey: signer.publicKey, name, bytes });
        changeSets.push(changeSetBy(signer, space, `thing-${replica}`, i));
        authors.push({ signer, replica, name });
      }
      store.ingest(changeSets);
    });
  }
  return authors;
}

const STEP = 1_000;

/** The first change-set of a chain. */
export function changeSetBy(signer: Signer, space: SpaceId, entityId: string, value: number): ChangeSet {
  const replica = replicaIdOf(signer.publicKey, nodeHasher);
  const header = { version: 1, space, replica, seq: 1, prev: null, t: value, tq: 0, schema: 1, author: '', kind: 'data' } as const;
  const op = { entityType: 'newerThing', entityId, field: 'note', supersedes: [], content: { form: 'plain', value } } as const;
  return sealChangeSet(header, [op], signer, nodeHasher);
}
