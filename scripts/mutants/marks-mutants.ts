import { faultsOf, type Mutant } from './mutants.ts';

const inFile = faultsOf('marks');

const RULES = 'tests/features/attendance/orphan-rules.test.ts';
const orphans = inFile('shared/features/attendance/orphans.ts', RULES);
const moves = inFile('shared/features/attendance/moves.ts', RULES);
const taps = inFile('shared/features/attendance/marking.ts', 'tests/features/attendance/marking.test.ts');
const cells = inFile('shared/features/attendance/cells.ts', 'tests/features/attendance/marking.test.ts');
const removal = inFile('shared/features/activity/removal.ts', RULES);
const comesBack = inFile('shared/features/activity/bring-back.ts', RULES);
const forms = inFile('shared/model/field-writes.ts', RULES);
const openForms = inFile('renderer/desktop/app/open-form.ts', 'tests/renderer/open-form.test.ts');
const contract = inFile('shared/features/activity/contract.ts', 'tests/guards/seen.test.ts');
const inTheEngine = inFile('electron/engine/features/attendance/orphans.ts', 'tests/features/activity/random-plans.test.ts');

const letters = inFile('shared/features/attendance/letters.ts', 'tests/features/attendance/workshop-letters.test.ts');
const letterValues = inFile('shared/model/values.ts', 'tests/features/attendance/workshop-letters.test.ts');
const letterSheets = inFile('electron/engine/features/attendance/attendance-export.ts', 'tests/features/sync/ways-out.test.ts');
const ownLetters = inFile('electron/engine/features/activity/activity.ts', 'tests/features/attendance/workshop-letters.test.ts');

/** Faults planted in what keeps marks, people and workshops in sight, and in what a form says that it showed. */
export const MARKS_MUTANTS: readonly Mutant[] = [
  letters('a letter of a workshop is two letters', 'if (wrong !== undefined) return', 'if (wrong === null) return'),
  letters('a letter of a workshop is a key of the sheet', 'if (ofKey !== undefined) return', 'if (ofKey === null) return'),
  letters('a letter of a workshop means two things', 'return twice === undefined ?', 'return twice !== null ?'),
  letters('letters of a workshop are kept as they were typed', 'chosen[mark].trim().toUpperCase()', 'chosen[mark]'),
  ownLetters('letters of a workshop are not asked about', 'letters ? checkLetters(letters) : ok(letters)', 'ok(letters)'),
  letterValues(
    'a record has one letter for two statuses',
    'new Set(Object.values(set)).size === Object.keys(set).length',
    'Object.keys(set).length > 0',
  ),
  letterSheets('a file is written in the letters of the language', 'letters ?? lettersOf(language)', 'lettersOf(language)'),
  orphans('a mark outside the sheet is not told', "? null : 'halfDayGone'", '? null : null'),
  orphans('a mark of a person removed unseen is not told', 'places.removed.has(mark.personId) && !mark.seenByPersonRemoval', 'false'),
  orphans('a mark of a workshop removed unseen is not told', 'places.workshopRemoved && !mark.seenByWorkshopRemoval', 'false'),
  orphans(
    'what went on purpose is asked about',
    "return places.removed.has(mark.personId) ? null : 'personRemoved'",
    "return 'personRemoved'",
  ),
  orphans('a half-day moves by calendar and not by day', 'dayCount(before, day) - 1', 'dayCount(before, day)'),
  moves(
    'a mark is written over unasked',
    "there.length > 0 && !isSame && taken !== 'replace'",
    "there.length > 0 && !isSame && taken === 'keep'",
  ),
  taps('a mark that was let go shows', 'gone ? [] : heads', 'heads'),
  taps('a mark that comes back stays let go', "...restorationOver('mark', id, removal), ", ''),
  taps('a tap goes over what was not on screen', 'shown ? { status: shown } : {}', '{}'),
  cells('a tap that shows already is written', 'cell.status === status && !cell.conflict', 'false && cell.status === status'),
  cells('a conflict is not settled by the status that shows', ' && !cell.conflict', ''),
  removal('a removal had seen what came later', 'end.seq >= written.seq && ', ''),
  removal('a removal that names nothing had seen all', 'return by.replica === written.replica', 'return true'),
  removal('a fork passes for the branch that was seen', ' && leadsTo(end, written)', ''),
  comesBack('a half-day that does not count stays away', 'planned.every(({ counts }) => !counts)', 'false'),
  forms('a form supersedes what it did not show', '{ ...write, supersedes: [] }', 'write'),
  openForms('a form takes away what is being typed', 'isTouched && !same(form.fields[field], arrived.fields[field])', 'false'),
  contract(
    'a form is written without what it showed',
    '      letters: letterSet.nullable().optional(),\n      seen: shape.seen.optional(),',
    '      letters: letterSet.nullable().optional(),',
  ),
  inTheEngine(
    'marks of whoever has no ordinary place are not looked at',
    'halfDay not in (select value from json_each(?))',
    '(1 = 0 and ?)',
  ),
];
