import { faultsOf, type Mutant } from './mutants.ts';

const inFile = faultsOf('accept');

const core = inFile('shared/sync/accept.ts', 'tests/sync/acceptance/accept-rules.test.ts', 'tests/sync/acceptance/accept.test.ts');
const records = inFile('shared/model/record-rules.ts', 'tests/sync/acceptance/accept.test.ts');

const rights = inFile('shared/features/sync/rights.ts', 'tests/sync/pushes/exchange-authorisation.test.ts');
const ids = inFile('shared/model/derivations.ts', 'tests/sync/pushes/exchange-authorisation.test.ts');
const pushing = inFile('server/push/push.ts', 'tests/sync/pushes/cut-runs.test.ts', 'tests/sync/pushes/personal-form.test.ts');
const pulling = inFile('server/pull/pull-answer.ts', 'tests/sync/pushes/unproven-log.test.ts');
const laptop = inFile('shared/features/sync/author-quarantine.ts', 'tests/features/sync/foreign-authors.test.ts');
const verdicts = inFile('shared/sync/exchange.ts', 'tests/sync/pushes/exchange.test.ts', 'tests/features/sync/foreign-authors.test.ts');
const NEVER = 'tests/sync/acceptance/never-allowed.test.ts';
const ADVERSARY = 'tests/sync/acceptance/adversary-pure.test.ts';
const hostile = inFile('shared/features/sync/author-quarantine.ts', ADVERSARY);
const showing = inFile('shared/node/store/projection.ts', 'tests/sync/sqlite/sqlite-projection.test.ts');

const places = inFile('shared/features/sync/refused-place.ts', 'tests/sync/pushes/refused-place.test.ts');

const lacking = inFile('shared/sync/accept.ts', 'tests/sync/acceptance/accept.test.ts');
const TAKEN_OUT = 'tests/sync/acceptance/values-taken-out.test.ts';

/** Faults planted in the acceptance core, in the rights, and where both are asked. */
export const ACCEPTANCE_MUTANTS: readonly Mutant[] = [
  lacking('what somebody took a name out of is taken', "if (content.form !== 'redacted' ||", "if (content.form !== 'plain' ||"),
  lacking('a record about somebody is taken without what it says', 'return people.length > 0 &&', 'return people.length < 0 &&'),
  lacking('of who was erased nothing is taken any more', '!people.some((person) => facts.isErasedPerson(person))', 'true'),
  lacking('what was ruled out is asked for whole', 'if (ruledOut === null && lacks?.(changeSet))', 'if (lacks?.(changeSet))'),
  lacking('what had waited is not looked at', 'counting(judgeHeld), lacks, isReleased', 'counting(judgeHeld), isReleased'),
  lacking('who was erased is not said behind what is about them', 'late.push(changeSet);', 'yield* take(changeSet, { ...direct, lacks });'),
  lacking('an asking for an erasure counts for nothing', '|| facts.isErasureAsked(type, id, space)', ''),
  lacking('what had waited is judged by nobody', 'direct.quarantine ?? counting(judgeHeld)', 'direct.quarantine ?? standsHere'),
  inFile('server/push/push.ts', TAKEN_OUT)(
    'the repository takes what somebody took a name out of',
    '&& context.lacksValues(changeSet)',
    '&& false',
  ),
  inFile('electron/engine/sync/repository/pull.ts', TAKEN_OUT)(
    'what a stick brought is judged by nobody',
    'judgeAuthors(run, null)',
    '() => null',
  ),
  rights('anybody opens a workshop', '&& mayOpenWorkshopId(workshopOf(space)!, replica, facts.hasher)', ''),
  rights(
    'anybody begins the spaces of a workshop',
    '!mayOpenWorkshopId(workshop, replica, facts.hasher)',
    'mayOpenWorkshopId(workshop, replica, facts.hasher) && false',
  ),
  rights('a record names another workshop', 'namesAnotherWorkshop(op, kind, owner) || ', ''),
  rights('a record takes an id that is not its own', '|| subject.hasForeignId', ''),
  rights('values are not judged', 'return judgeValues(changeSet);', 'return null;'),
  ids('a new record hides what its id follows from', 'return isNew;', 'return false;'),
  ids('an id is not worked out', '|| derivedId(hasher, derivation.namespace, ...parts) !== entityId', ''),
  pushing(
    'a run is taken without the signature at its end',
    'if (open.length > 0) throw new Unprovable',
    'if (open.length < 0) throw new Unprovable',
  ),
  inFile('shared/features/sync/refused-place.ts', 'tests/sync/pushes/personal-form.test.ts', 'tests/sync/pushes/refused-place.test.ts')(
    'a person’s value in plain form stays in the log',
    "if (isKeptNowhere(changeSet)) return 'nowhere';",
    '',
  ),
  places('what is kept nowhere is carried', 'return evadesErasure(changeSet);', 'return changeSet.ops.length === 0;'),
  places('what was written into the wrong space is shown to who reads it', "code === 'sync.wrongSpace' ? 'bareInLog' : 'log'", "'log'"),
  places('what nobody is entitled to for good stands when rights change', "OUT_OF_LOG.get(code) === 'forGood'", 'false'),
  places('a chain that waits for its signature never gets it', "if (code === SPACE_CLOSED && isChainOpen) return 'bareInLog';", ''),
  pulling('an unproven end of a chain stops every pull', 'if (unproven.size === 0) throw', 'if (unproven.size > 0) throw'),
  laptop('a stick may write what it likes', 'return actor && authorise(actor, changeSet, facts);', 'return actor && null;'),
  verdicts(
    'a verdict about somebody else closes the space',
    'if (code === SPACE_CLOSED && replica === own) closed.add(space);',
    'if (code === SPACE_CLOSED) closed.add(space);',
  ),
  showing(
    'a record is of the workshop that it names',
    'name === OWN_WORKSHOP ? ownWorkshop(space, merged)',
    'name === null ? ownWorkshop(space, merged)',
  ),
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
  core('an author piles up what they like', 'if (after > MOST_SIDE_BY_SIDE && after > standing.size) return false;', ''),
  core('what was many before can be made no fewer', '&& after > standing.size) return', ') return'),
  core('what has no effect is counted', 'if (isOwn && value.effective) note', 'if (isOwn) note'),
  core('what others wrote is counted against an author', 'value.replica === replica && value.space', 'value.space'),
  core('other fields are counted too', '&& value.field === field;', ';'),
  core('what its author wrote over is counted', '    standing.delete(before);\n', ''),
  inFile('shared/features/sync/rights.ts', 'tests/sync/acceptance/taken-ids.test.ts')(
    'a record that nobody has yet is whoever writes it first',
    '||\n      isOfAnotherSpace(entityId, space, hasher),',
    ',',
  ),
  inFile('server/folder/folder-push.ts', 'tests/sync/pushes/refused-beside.test.ts')(
    'what is refused has its effect until the end of the push',
    'verdict === null ? dated : { ...dated, quarantine: () => verdict }',
    'dated',
  ),
  inFile('server/push/push.ts', 'tests/features/sync/foreign-authors.test.ts')(
    'the repository counts nothing',
    'return context.admits(changeSet) ? null : TOO_MANY_VALUES;',
    'return null;',
  ),
  core(
    'what a program itself writes of who was erased stays',
    'changeSet: withoutErased(facts, changeSet), ruledOut: null',
    'changeSet, ruledOut: null',
  ),
  core(
    'what this replica rules itself has no effect',
    'released: false };\n  yield* rulingEffects(facts, changeSet);',
    'released: false };',
  ),
  core(
    'a ruling that is named before it comes is ruled out',
    'isRuling(facts, changeSet.header) ? null : facts.ruledOut',
    'facts.ruledOut',
  ),
  core('what is ruled out is asked about once more', 'ruledOut === null ? quarantine(changeSet) : null', 'quarantine(changeSet)'),
  core('only refusals rule', "return kind === 'refuse' || kind === 'erase';", "return kind === 'refuse';"),
  core('only erasures rule', "return kind === 'refuse' || kind === 'erase';", "return kind === 'erase';"),
  core('an erasure of anything takes a person along', 'isPerson: entityType === facts.rules.personType', 'isPerson: true'),
  core('a person leaves behind what is about them', 'isPerson: entityType === facts.rules.personType', 'isPerson: false'),
  core(
    'what waits for one that is not here is lost',
    'if (!(yield* acceptOne(facts, changeSet, judging))) return;',
    'yield* acceptOne(facts, changeSet, judging);',
  ),
  core('what waited twice is taken twice', 'if (facts.logged(next.hash) || linkOf', 'if (linkOf'),
  core(
    'what waited is taken though it is broken',
    "facts.logged(next.hash) || linkOf(next, facts.logged) !== 'extends'",
    'facts.logged(next.hash)',
  ),
  core('what waited for what waited is not released', '      waiting.push(...facts.takeHeld(next.hash));\n', ''),
  core(
    'the quarantine spares what waited',
    'yield* acceptOne(facts, next, waited);',
    'yield* acceptOne(facts, next, { lacks, isReleased: true });',
  ),
  core(
    'what waited is told as if it had just come',
    'yield* acceptOne(facts, next, waited);',
    'yield* acceptOne(facts, next, { ...waited, isReleased: false });',
  ),
  core('change-sets are taken as they came', 'return inChainOrder(changeSets)\n', 'return changeSets\n'),
  core('what rulers wrote comes with the rest', '(rulers.has(header.replica) ? 0 : opens ? 1 : 2)', '(opens ? 1 : 2)'),
  core(
    'what opens a space comes with the rest',
    '(rulers.has(header.replica) ? 0 : opens ? 1 : 2)',
    '(rulers.has(header.replica) ? 0 : 2)',
  ),
  core('whatever calls itself a beginning comes first', "header.kind === 'genesis' && header.seq === 1", "header.kind === 'genesis'"),
  core('a refusal is written on anything', 'return entityType === RULED_TYPE && field === REFUSED;', 'return field === REFUSED;'),
  core(
    'a refusal writes other fields of what it rules',
    'return entityType === RULED_TYPE && field === REFUSED;',
    'return entityType === RULED_TYPE;',
  ),
  core(
    'an erasure is written on a change-set',
    'field === ERASED && entityType !== RULED_TYPE && rules.livesIn(entityType, entityId, space)',
    'field === ERASED && rules.livesIn(entityType, entityId, space)',
  ),
  core(
    'somebody is erased where nobody like them is',
    'field === ERASED && entityType !== RULED_TYPE && rules.livesIn(entityType, entityId, space)',
    'field === ERASED && entityType !== RULED_TYPE',
  ),
  core('anything refuses', 'return entityType !== RULED_TYPE && field !== ERASED &&', 'return field !== ERASED &&'),
  core('anything lives anywhere', 'field !== ERASED && rules.livesIn(entityType, entityId, space);', 'field !== ERASED;'),
  core('what is written of who was erased stays', '(facts.isErased(entityType, entityId, changeSet.header.space) || isAbout', '(isAbout'),
  core('what another record says makes this one about a person', 'op.entityId === entityId && op.entityType', 'op.entityType'),
  core('what another type says makes this one about a person', '&& op.entityType === entityType && op.field', '&& op.field'),
  core('of several people named one counts', 'entityId).some((person) =>', 'entityId).slice(0, 1).some((person) =>'),
  core('any field names the person', '&& op.field === about)', ')'),
  records('a record takes effect wherever it was written', 'if (!definition.spaces.includes(place.kind)) return false;', ''),
  records('a plan holds other workshops too', 'place.owner === entityId :', 'place.owner !== null :'),
  inFile('shared/model/record-rules.ts', 'tests/sync/acceptance/taken-ids.test.ts')(
    'a workshop that nobody has yet is whoever writes it into the calendar first',
    ': !isBoundWorkshopId(entityId);',
    ': true;',
  ),
  hostile('a laptop believes whatever a stick brings', 'return actor && authorise(actor, changeSet, facts);', 'return null;'),
  hostile('what follows what is never logged stands on a laptop', 'if (isNeverLogged(before)) return before;', ''),
  inFile('shared/features/sync/rights.ts', ADVERSARY)(
    'every device writes everything that it reads',
    'return PERMITS.some((permit) => permits(permit, actor, kind, wanted));',
    'return true;',
  ),
  inFile('shared/features/sync/author-quarantine.ts', NEVER)(
    'a laptop says first of what no device may make that its author was turned out',
    "    if (isNeverAllowed(changeSet)) return 'sync.kindNotAllowed';\n",
    '',
  ),
  inFile('server/push/push.ts', NEVER)(
    'the repository says first of what no device may make that its author was turned out',
    "    if (replica !== this.#ruler && isNeverAllowed(changeSet)) return 'sync.kindNotAllowed';\n",
    '',
  ),
  inFile('server/push/push.ts', ADVERSARY)(
    'the repository judges clocks alone',
    'const verdict = authorise(author, changeSet, facts) ?? this.#judgeClock(changeSet);',
    'const verdict = this.#judgeClock(changeSet);',
  ),
];
