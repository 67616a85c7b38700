import { faultsOf, type Mutant } from './mutants.ts';

const values = faultsOf('values');
const judge = values('shared/model/judge.ts', 'tests/model/judge.test.ts');
const allowing = values('shared/model/entity.ts', 'tests/model/judge.test.ts');
const model = values('shared/kernel/dates.ts', 'tests/model/judge.test.ts');
const authorisation = values('shared/features/sync/rights.ts', 'tests/sync/pushes/exchange-authorisation.test.ts');

const entitled = values('electron/engine/sync/access/entitled.ts', 'tests/features/sync/entitled.test.ts');

const batches = values('shared/features/evaluation/batches.ts', 'tests/features/evaluation/evaluation.test.ts');
const departing = (file: string, name: string, find: string, replace: string): Mutant =>
  faultsOf('departures')(file, 'tests/features/store/departures.test.ts')(name, find, replace);

/** Rules of what a value is, and of what happens before records leave. */
export const VALUE_MUTANTS: readonly Mutant[] = [
  judge(
    'a personal value passes in plain',
    "if (isErasable(field) !== (content.form === 'erasable') &&",
    "if (!isErasable(field) && content.form === 'erasable' &&",
  ),
  judge(
    'what is not personal passes as erasable',
    "if (isErasable(field) !== (content.form === 'erasable') &&",
    "if (isErasable(field) && content.form !== 'erasable' &&",
  ),
  allowing('a known field is judged by the newer model alone', 'isNewer ? field.newer : field.schema', 'field.newer'),
  allowing('a new word of a newer model is refused', 'isNewer ? field.newer : field.schema', 'field.schema'),
  judge(
    'a register passes without its language',
    'if ((language !== null) !== field.localised)',
    'if (language !== null && !field.localised)',
  ),
  judge('an unknown language passes', 'if (language !== null && !isNewer &&', 'if (language !== null && isNewer &&'),
  judge(
    'a field of no model reads the prototype',
    'Object.hasOwn(definition.fields, field) ? definition.fields[field] : undefined',
    'definition.fields[field]',
  ),
  judge('a workshop without end passes', "return isSpan(start, end) ? null : 'sync.valueInvalid';", 'return null;'),
  judge('deletion may be anything', "(value === null || typeof value === 'boolean')", '(value !== undefined)'),
  model('an end before the start is a span', 'days >= 1 && days <= LONGEST_DAYS', 'days <= LONGEST_DAYS'),
  model('ten thousand years are a span', 'days >= 1 && days <= LONGEST_DAYS', 'days >= 1'),
  authorisation('values are not judged', 'return judgeValues(changeSet);', 'return null;'),
  batches('fewer than five leave', 'closing || days.length >= SMALLEST_BATCH', 'closing || days.length >= 1'),
  batches('after the workshop they leave one by one', 'day === null || day < today', 'day !== undefined'),
  departing(
    'electron/engine/sync/lan/answering.ts',
    'nothing is done where a laptop in the room asks',
    '      ports.departures.prepare();\n',
    '',
  ),
  departing(
    'electron/engine/sync/lan/runs.ts',
    'nothing is done where this laptop asks one in the room',
    'ports.departures.prepare();',
    '',
  ),
  departing('electron/engine/sync/repository/driver.ts', 'nothing is done before a sync', 'ports.departures.prepare();', ''),
  departing('electron/engine/features/sync/sync-usb.ts', 'nothing is done before a stick is written', 'ports.departures.prepare();', ''),
  entitled('a laptop writes what its user may not', 'isOfPlace(verdict) ? THROWN[verdict] : null;', 'isOfPlace(verdict) ? null : null;'),
  entitled(
    'a sample is nobody’s to try',
    'if (!actor || makesSample(changeSet) || isOfSample(store, changeSet.header.space)) return null;',
    'if (!actor) return null;',
  ),
  entitled(
    'an anonymous sheet is asked about when it leaves',
    'return verdict === null ? ok(null) :',
    'return verdict !== null ? ok(null) :',
  ),
  entitled('what is not here is one’s own to open', "if (isAway && kind !== 'library' && ", "if (isAway && kind === 'library' && "),
  entitled('whoever writes may erase', "return mayErase(actor, workshop) ? null : 'sync.notEntitled';", 'return null;'),
];
