import { faultsOf, type Mutant } from './mutants.ts';

const inFile = faultsOf('identity');

const workshopId = inFile('shared/model/workshop-id.ts', 'tests/sync/workshop-id.test.ts');

/** Faults planted in what says who somebody is, and what is theirs. */
export const IDENTITY_MUTANTS: readonly Mutant[] = [
  workshopId('a workshop is opened by anybody', 'NONCE_BYTES), hasher) === id', 'NONCE_BYTES), hasher).length === id.length'),
  workshopId('the id of a workshop is not bound to its replica', ', ...fromHex(replica), ...nonce]', ', ...nonce]'),
];
