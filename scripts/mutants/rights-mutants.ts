import { faultsOf, type Mutant } from './mutants.ts';

const inFile = faultsOf('rights');

const RIGHTS = 'tests/sync/acceptance/rights.test.ts';
const MATRIX = 'tests/sync/pushes/exchange-authorisation.test.ts';
const rights = inFile('shared/features/sync/rights.ts', RIGHTS, MATRIX);
const never = inFile('shared/features/sync/rights.ts', 'tests/sync/acceptance/never-allowed.test.ts');
const reading = inFile('shared/features/sync/reading.ts', RIGHTS, MATRIX);

/** Faults planted in what goes by the table of who may write what, and in who may read. */
export const RIGHTS_MUTANTS: readonly Mutant[] = [
  rights('a workshop that is known is opened once more', 'return isUnknownWorkshop(space, facts) && CREATES', 'return CREATES'),
  rights('whoever likes opens workshops', '&& CREATES_WORKSHOPS.includes(actor.role)', ''),
  rights(
    'every workshop is known',
    'return id !== null && facts.workshop(id) === null;',
    'return id === null && facts.workshop("") === null;',
  ),
  rights(
    'what is no workshop is one that nobody knows',
    'return id !== null && facts.workshop(id) === null;',
    'return id === null || facts.workshop(id) === null;',
  ),
  rights(
    'before a write a workshop of one’s own is closed',
    'isUnknownWorkshop(space, facts) ? mayOpen(actor, space, facts) : mayRead',
    'mayRead',
  ),
  rights('before a write every space is open', "if (!isOpen) return 'sync.spaceClosed';", ''),
  rights(
    'before a write everybody may write everything',
    "return isPermitted(actor, parseSpace(space)!.kind, wanted) ? null : 'sync.notEntitled';",
    'return null;',
  ),
  rights('what is closed to somebody is written into', ': !mayRead(actor, space, facts)) return', ': false) return'),
  rights('a workshop is opened by whoever may read it', '? !opens(actor, changeSet.header, facts) :', '? !mayRead(actor, space, facts) :'),
  rights('an erasure is judged as an ordinary write', "if (kind === 'erase') return authoriseErasure(actor, changeSet, facts);", ''),
  rights('devices refuse', "if (kind === 'refuse') return true;", "if (kind === 'refuse') return false;"),
  never('what no device may make is judged by what stands', "  if (isNeverAllowed(changeSet)) return 'sync.kindNotAllowed';\n", ''),
  never('a ruling among other writes may be allowed', 'entityType === RULED_TYPE || field === ERASED', 'field === ERASED'),
  never('an erasure among other writes may be allowed', 'entityType === RULED_TYPE || field === ERASED', 'entityType === RULED_TYPE'),
  rights('one op speaks for all', 'for (const op of changeSet.ops) {', 'for (const op of changeSet.ops.slice(0, 1)) {'),
  rights('the last op speaks for all', 'for (const op of changeSet.ops) {', 'for (const op of changeSet.ops.slice(-1)) {'),
  rights('anything is erased', 'entityType === RECORD_RULES.personType && field === ERASED;', 'field === ERASED;'),
  rights(
    'an erasure writes, too',
    'entityType === RECORD_RULES.personType && field === ERASED;',
    'entityType === RECORD_RULES.personType;',
  ),
  rights(
    'people of another space are erased',
    'facts.record(entityType, entityId)?.space === space);',
    'facts.record(entityType, entityId) !== null);',
  ),
  rights('one person makes an erasure of people', '!ops.every(isErasure)', '!ops.some(isErasure)'),
  rights('people are erased where there are none', "parseSpace(space)?.kind !== 'people' || !ops.every", '!ops.every'),
  rights('one person who is here makes an erasure of people', 'const areHere = ops.every(', 'const areHere = ops.some('),
  rights(
    'whoever reads people erases them',
    "return mayErase(actor, facts.workshop(parseSpace(space)!.owner!)) ? null : 'sync.notEntitled';",
    'return null;',
  ),
  rights('a record goes from space to space', '(record !== null && record.space !== space) ||\n', ''),
  rights('a record lives anywhere', '!RECORD_RULES.livesIn(entityType, entityId, space) ||\n', ''),
  rights('what no row allows is allowed', "if (!subject.isPermitted) return 'sync.notEntitled';", ''),
  rights('an answer sheet is written over', 'if (op.supersedes.length > 0 || written.has(address))', 'if (written.has(address))'),
  rights(
    'an answer sheet says two things at once',
    'if (op.supersedes.length > 0 || written.has(address))',
    'if (op.supersedes.length > 0)',
  ),
  rights('every record is written once', 'entityOf(entityType)?.appendOnly === true', 'entityOf(entityType) !== undefined'),
  rights(
    'what was asked of one record counts for the next',
    'subject?.entityId !== op.entityId || subject.entityType !== op.entityType',
    'subject === null',
  ),
  rights(
    'what was asked of one record counts for another of that id',
    'subject?.entityId !== op.entityId || subject.entityType !== op.entityType',
    'subject?.entityId !== op.entityId',
  ),
  rights('a newer program’s records name no other workshop', "&& entityOf(entityType)?.fields['activityId'] !== undefined", ''),
  rights(
    'what is redacted names another workshop',
    "!isNamed || content.form === 'redacted' ||",
    '!isNamed || (content.form as string) === "" ||',
  ),
  rights('what is cleared names another workshop', '|| content.value === null) return false;', ') return false;'),
  rights('an institution names a workshop by its own id', "return kind === 'institution' || content.value", 'return content.value'),
  rights('a row is everybody’s', 'permit.role !== actor.role || permit.space !== kind', 'permit.space !== kind'),
  rights('a row is of every space', 'permit.role !== actor.role || permit.space !== kind', 'permit.role !== actor.role'),
  rights('what is central is everybody’s', "if (permit.central && actor.scope.kind !== 'all') return false;", ''),
  rights('a row is of every type', "if (permit.types !== 'every' && !permit.types.includes(entityType)) return false;", ''),
  rights(
    'what is only to be begun is written on',
    "if (permit.records === 'new') return record === null;",
    "if (permit.records === 'new') return true;",
  ),
  rights(
    'others’ records are one’s own',
    '|| record === null || record.creator === actor.user',
    '|| record === null || actor.user.length > 0',
  ),
  rights('a new record is nobody’s to make', '|| record === null || record.creator === actor.user', '|| record?.creator === actor.user'),
  rights('one’s own record is another’s', '|| record === null || record.creator === actor.user', '|| record === null'),
  reading('every role reads everything', '|| !READS[actor.role].includes(parsed.kind)', ''),
  reading(
    'the directory is open to every scope',
    "case 'directory':\n      return scope.kind === 'all';",
    "case 'directory':\n      return true;",
  ),
  reading('every institution is one’s own', ' && scope.id === parsed.owner);', ');'),
  reading(
    'all does not reach institutions',
    "return scope.kind === 'all' || (scope.kind === 'institution'",
    "return (scope.kind === 'institution'",
  ),
  reading('who opened a workshop loses sight of it', 'if (facts?.creator === actor.user) return true;', ''),
  reading('all does not reach workshops', "      if (scope.kind === 'all') return true;\n", ''),
  reading(
    'one workshop is every workshop',
    "if (scope.kind === 'workshop') return scope.id === parsed.owner;",
    "if (scope.kind === 'workshop') return true;",
  ),
  reading('one country is every country', '&& facts.countries.includes(scope.country)', ''),
  reading(
    'an institution’s reader reads every workshop',
    'facts.countries.includes(scope.country);\n      return false;',
    'facts.countries.includes(scope.country);\n      return true;',
  ),
  reading(
    'who opened a workshop erases nobody',
    'return workshop === null || workshop.creator === actor.user;',
    'return workshop === null;',
  ),
  reading(
    'nobody erases in a workshop of their own that is not known',
    'return workshop === null || workshop.creator',
    'return workshop?.creator',
  ),
  reading(
    'a coordinator erases nobody',
    "if (actor.role === 'coordinator' || actor.role === 'administrator') return true;",
    "if (actor.role === 'administrator') return true;",
  ),
  reading(
    'an administrator erases nobody',
    "if (actor.role === 'coordinator' || actor.role === 'administrator') return true;",
    "if (actor.role === 'coordinator') return true;",
  ),
];
