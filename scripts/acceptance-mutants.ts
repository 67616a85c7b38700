import { faultsOf, type Mutant } from './mutants.ts';

const inFile = faultsOf('accept');

const core = inFile('shared/sync/accept.ts', 'tests/sync/accept.test.ts', 'tests/conformance/stores.test.ts');
const records = inFile('shared/model/record-rules.ts', 'tests/sync/accept.test.ts', 'tests/conformance/stores.test.ts');

/** Faults planted in the acceptance core. */
export const ACCEPTANCE_MUTANTS: readonly Mutant[] = [
  core(
    'what calls itself a ruling cannot be ruled out, whoever made it',
    'return isRulingKind(header.kind) && facts.mayRule(header.replica);',
    'return isRulingKind(header.kind);',
  ),
  core('a ruling can be ruled out', 'return isRulingKind(header.kind) && facts.mayRule(header.replica);', 'return header.seq === 0;'),
  core('a refusal spares what comes later', 'null : facts.ruledOut(changeSet.hash, changeSet.header.space);', 'null : null;'),
  core('a refusal spares what is here already', 'const here = target !== null &&', 'const here = target === null &&'),
  core('a ruling counts in other spaces too', 'target.space === space && !isRuling', '!isRuling'),
  core('a ruling rules a ruling out', 'target.space === space && !isRuling(facts, target);', 'target.space === space;'),
  core('what is quarantined rules', 'if (quarantined === null) yield* rulingEffects', 'yield* rulingEffects'),
  core('the quarantine is not asked', 'ruledOut === null ? quarantine(changeSet) : null', 'null'),
  core(
    'an erasure spares what comes later',
    'changeSet: withoutErased(facts, changeSet), ruledOut, quarantined',
    'changeSet, ruledOut, quarantined',
  ),
  core('an erasure spares what is about the person', '|| isAboutErased(facts, changeSet, entityType, entityId)', ''),
  core(
    'a known change-set is taken in again',
    "facts.logged(changeSet.hash) ? 'known' : linkOf(changeSet, facts.logged)",
    'linkOf(changeSet, facts.logged)',
  ),
  core('a chain may have a hole', "if (link !== 'extends') {", "if (link === 'known') {"),
  core('people come before the plan', 'a.at - b.at', 'b.at - a.at'),
  core('what waited is not released', '...facts.takeHeld(changeSet.hash)]', ']'),
  core(
    'a change-set of kind refuse writes what it likes',
    "if (kind === 'refuse') return entityType === RULED_TYPE && field === REFUSED;",
    '',
  ),
  core(
    'a change-set of kind erase writes what it likes',
    "if (kind === 'erase') return field === ERASED &&",
    "if (kind === 'erase') return",
  ),
  core('anything erases', 'return entityType !== RULED_TYPE && field !== ERASED &&', 'return entityType !== RULED_TYPE &&'),
  records('a record takes effect wherever it was written', 'return definition.spaces.includes(place.kind) &&', 'return'),
  records('a plan holds other workshops too', '|| place.owner === entityId', '|| place.owner !== null'),
];
