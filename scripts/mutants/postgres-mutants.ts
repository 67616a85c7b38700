import { faultsOf, type Mutant } from './mutants.ts';

const inFile = faultsOf('postgres', 'postgres');

const STORE = 'shared/node/store/postgres';
const CONFORMANCE = 'tests/conformance/postgres.test.ts';

const locking = inFile(`${STORE}/database.ts`, 'tests/sync/pulls/feed-order.test.ts');
const adding = inFile(`${STORE}/batch.ts`, CONFORMANCE, 'tests/sync/convergence.test.ts');
const ruling = inFile(`${STORE}/rulings.ts`, CONFORMANCE, 'tests/features/people/erasure.test.ts');
const showing = inFile(`${STORE}/projections.ts`, 'tests/features/sync/sync-files.test.ts', 'tests/features/people/erasure.test.ts');
const granting = inFile(`${STORE}/postgres-store.ts`, 'tests/features/sync/sync.test.ts', 'tests/features/sync/access-lost.test.ts');
const judging = inFile(
  'server/postgres/postgres-judge-context.ts',
  'tests/sync/server/route-matrix.test.ts',
  'tests/features/sync/sync-refused.test.ts',
  'tests/features/sync/read-rights.test.ts',
);
const keeping = inFile('server/postgres/postgres-repository-store.ts', 'tests/features/sync/access-lost.test.ts');
const registering = inFile(
  'server/postgres/postgres-registry.ts',
  'tests/sync/server/revocation.test.ts',
  'tests/sync/pushes/exchange-server.test.ts',
);
const uploading = inFile('server/http.ts', 'tests/sync/pushes/exchange-server.test.ts');
const counting = inFile(`${STORE}/batch-reads.ts`, 'tests/features/sync/foreign-authors.test.ts');
const asking = inFile(`${STORE}/batch-reads.ts`, CONFORMANCE);
const taking = inFile('server/postgres/postgres-repository-store.ts', 'tests/sync/pushes/early-reading.test.ts');
const early = inFile(`${STORE}/log-facts.ts`, 'tests/sync/pushes/early-reading.test.ts');
const saying = inFile(
  `${STORE}/batch-reads.ts`,
  'tests/sync/server/route-matrix.test.ts',
  'tests/features/sync/sync-refused.test.ts',
  'tests/features/sync/read-rights.test.ts',
);
const reading = inFile(`${STORE}/change-log.ts`, CONFORMANCE, 'tests/sync/histories.test.ts');

/** Faults planted in the store on PostgreSQL and in the servers that share it. */
export const POSTGRES_MUTANTS: readonly Mutant[] = [
  uploading('a part of a file is read when all is looked up', 'done(null, eagerBody(payload))', 'done(null, payload)'),
  asking(
    'a ruling is forgotten that came one step before what it names',
    'from refusal where exists (select from refusal)',
    'from refusal where false',
  ),
  asking('of several people named one is asked about', 'changeSet, type, id)) if', 'changeSet, type, id).slice(0, 1)) if'),
  counting('what an entity holds already is not counted', '/ SHORTEST_VALUE', '/ 1000000'),
  taking('all connections of a server may wait for one that waits for them', '          await reader.settled();\n', ''),
  early('what was read early counts whatever was added since', 'return isSame(state, this.#state) ?', 'return state ?'),
  early('what was read early of some counts for others', ' || changeSets.some(({ hash }, i) => asked[i]!.hash !== hash)', ''),
  early(
    'what was read early is of the log at another length alone',
    'const { head, hash, rulers } = row!;',
    'const { head, rulers } = row!, hash = null;',
  ),
  asking('what goes on in a chain from anywhere is taken for new', 'prev === null || !chain?.has(prev)', 'prev === null || !chain'),
  early('what was read early is given to two', '    this.#reading = null;\n', ''),
  early('a push may be asked about however much it writes', 'if (this.#room < 0 || ', 'if ('),
  locking('two may add to the log at once', 'pg_advisory_xact_lock(', 'pg_advisory_xact_lock_shared('),
  adding(
    'what was erased comes back with whoever had not heard',
    'isErasedPerson: (id) => erased.has(`${RECORD_RULES.personType} ${id}`),',
    'isErasedPerson: (id) => erased.has(`none ${id}`),',
  ),
  adding(
    'a chain goes on and its old end stays one',
    'if (prev !== null && !come.delete(prev)) gone.add(prev);',
    'if (prev !== null) come.delete(prev);',
  ),
  adding(
    'what was ruled out before it came has effect',
    'ruledOut: (hash, space) => reasons.get(`${hash} ${space}`) ?? null,',
    'ruledOut: () => null,',
  ),
  adding('a ruling spares what comes after it in the same step', "if (effect.effect === 'refuse') ruleOut(effect);", ''),
  ruling(
    'a ruling has no effect on what is here',
    'set refused = (select min(reason) from refusal r where r.hash = $1 and r.space = $2) where',
    'set refused = null where $2::text is not null and',
  ),
  ruling('whoever likes may rule', 'rulers.includes(replica)', '(rulers.includes(replica) || replica.length > 0)'),
  ruling(
    'what is about an erased person stays',
    'if (about !== undefined) await this.#eraseAbout(type, about, name.id);',
    'if (about !== undefined && type === name.id) await this.#eraseAbout(type, about, name.id);',
  ),
  showing(
    'the mark of what is shown moves, and nothing is shown',
    '    await projectEntities(tx, written);\n',
    '    await projectEntities(tx, written.slice(0, 0));\n',
  ),
  granting('who may read is not asked again', 'if (changesGrants) await', 'if (changesGrants && erased) await'),
  judging(
    'a workshop is in no country',
    "countriesIn(typeof cell === 'string' ? cell : null)",
    "countriesIn(typeof cell === 'number' ? cell : null)",
  ),
  keeping(
    'what was refused is told and not kept',
    'if (refused.length > 0) await addRefused(tx, refused);',
    'if (refused.length > 1_000) await addRefused(tx, refused);',
  ),
  keeping(
    'what stands now stays among what is refused',
    'stands.filter((hash) => refusedBefore.has(hash))',
    'stands.filter((hash) => refusedBefore.has(hash) && stands.length > 1_000)',
  ),
  saying('what was refused was the first word', ' and c.refused is null order by', ' order by'),
  registering(
    'a device that was turned out goes on',
    'if (!device || device.revokedAt !== null) return undefined;',
    'if (!device) return undefined;',
  ),
  registering(
    'a code is good for ever',
    'update invitation set used_by = $1, tries = 0 where name = $2',
    'update invitation set used_by = null, tries = 0 where name = $2 and $1 <> name',
  ),
  reading(
    'what lies between is passed by',
    'where x.space = p.space and x.feed > p.after',
    'where x.space = p.space and x.feed > p.after + 1',
  ),
];
