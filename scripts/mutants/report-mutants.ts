import { faultsOf, type Mutant } from './mutants.ts';

const inFile = faultsOf('report');

const FIGURES = 'tests/features/report/period-figures.test.ts';
const across = inFile('shared/features/people/people-across.ts', FIGURES);
const period = inFile('shared/features/report/period-figures.ts', FIGURES, 'tests/features/report/period-subtraction.test.ts');
const survey = inFile('shared/features/evaluation/figures.ts', 'tests/features/report/report-figures.test.ts');
const unprinted = inFile('shared/features/paper/unprinted.ts', 'tests/features/paper/unprinted.test.ts');

/** Faults planted in what reports count, and in what they withhold. */
export const REPORT_MUTANTS: readonly Mutant[] = [
  across('a name and a country alone are certain', "country === '' || institution === '' ?", "country === '' ?"),
  across(
    'who was told apart is one person by name and institution',
    'if (!certain.areApart(those[0]!.id, id)) certain.join',
    'certain.join',
  ),
  across('who was told apart may still be one person', ' && !perhaps.areApart(person.first, other.first)', ''),
  across(
    'two people of one workshop may be one person',
    'if ([...one.workshops].some((workshop) => other.workshops.has(workshop))) return false;',
    '',
  ),
  across('homonyms of one workshop join whoever comes again', 'if (!isUnambiguous(those, certain.rootOf)) continue;', ''),
  period('four people are told of by sex', 'first.length >= SMALLEST_GROUP && inPeriod', 'first.length >= SMALLEST_GROUP - 1 && inPeriod'),
  period('who came before is told of again', 'for (const person of first) met.add(person);', ''),
  period('who somebody is depends on the period', 'for (const activity of calendar) {', 'for (const activity of inPeriod) {'),
  survey('an item of four answers is told', 'const withheld = given.length < SMALLEST_GROUP;', 'const withheld = given.length < 1;'),
  survey('what is withheld is in the mean of all', 'mean: mean(told.flatMap(given)', 'mean: mean(scale.flatMap(given)'),
  unprinted('a sign is marked where nobody is quoted', 'if (cell.quoted !== true) return cell;', ''),
];
