import type { attendanceContract } from '../../../../shared/features/attendance/contract.ts';
import type { NewMark } from '../../../../shared/features/attendance/marking.ts';
import type { AgendaSession, SheetCalendar } from '../../../../shared/features/attendance/sheets/occasions.ts';
import { planMarks } from '../../../../shared/features/attendance/sheets/plan-marks.ts';
import type { CellMark } from '../../../../shared/features/attendance/rules.ts';
import { waysToReadSheets } from '../../../../shared/features/attendance/sheets/read-sheets.ts';
import type { OwnHeadings } from '../../../../shared/features/attendance/sheets/sheets-reading.ts';
import { isLineField } from '../../../../shared/features/attendance/sheets/sheet-headings.ts';
import { isListField } from '../../../../shared/features/people/list/headings.ts';
import { understoodAsRead } from '../../../../shared/features/intake/form-choices.ts';
import { readEitherWay } from '../../../../shared/features/intake/turned-sheets.ts';
import { planUnknownColumns } from '../../../../shared/features/intake/unknown-columns.ts';
import type { KnownIdentity } from '../../../../shared/features/intake/people-index.ts';
import { nameWords } from '../../../../shared/features/intake/names.ts';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { splitHalfDay } from '../../../../shared/kernel/dates.ts';
import { toHex } from '../../../../shared/kernel/hex.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { fold, LANGUAGES } from '../../../../shared/kernel/text.ts';
import { peopleSpace } from '../../../../shared/model/spaces.ts';
import { titleOf } from '../../../../shared/model/title.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { FieldWrite, Head } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { rememberImport } from '../../import-log.ts';
import { readRecalled, rememberChoices } from '../../form-memory.ts';
import { nameOfSource } from '../../intake-source.ts';
import { spokenLanguagesOf } from '../activity/activity-rows.ts';
import { identitiesOf, workshopOf, type Workshop } from '../activity/workshop.ts';
import { LETTERS_SAID } from '../../local-state/of-this-laptop.ts';

/** How the question about a letter begins. */
const LETTER = 'letter:';

/** The rules of a tap, which an import goes by as well. */
interface MarkWays {
  /** The marks of the workshop as its sheet shows them. */
  marksOf(activityId: Id): readonly CellMark[];
  writesOfMark(wanted: NewMark, headsOfMark: (id: Id) => readonly Head[]): FieldWrite[];
}

/** The call that takes a file of attendance. */
export function marksImportHandlers(
  context: EngineContext,
  { marksOf, writesOfMark }: MarkWays,
): Pick<Handlers<typeof attendanceContract>, 'attendance.import'> {
  const { store, settings } = context;
  const { reader } = store;
  return {
    'attendance.import': async ({ activityId, path, text, apply, skipRejected, remember, letters = {}, ...chosen }, call) => {
      const known = workshopOf(reader, activityId);
      if (!known.ok) return known;
      call.progress({ label: 'table.reading', done: 0, total: 1, unit: 'items' });
      const given = await readRecalled(
        context,
        { activityId, kind: 'attendance', isMeaning: (field) => isListField(field) || isLineField(field) },
        { path, text },
        chosen,
      );
      if (!given.ok) return given;
      const { options, recalled } = given.value;
      // A cancel that came while the file was read is heard here.
      await new Promise((resolve) => setImmediate(resolve));
      if (call.signal.aborted) return refuse('job.cancelled');
      // The workshop is read again: it may have changed while the file was read. From here on nothing waits.
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const people = identitiesOf(reader, activityId);
      const calendar = calendarOf(reader, workshop.value);
      const ways = waysToReadSheets(options, { calendar, known: knownWords(people), ownHeadings: ownHeadings(context) });
      const { source, turned, read } = readEitherWay(given.value.source, options, ways);
      if (!read.ok) {
        const shown = apply ? null : planUnknownColumns(source, options, read.refusal, turned);
        return shown ? ok({ ...shown, applied: false, marked: 0, unchanged: 0 }) : read;
      }
      const form = `${activityId}/${toHex(context.hasher.sha256(new TextEncoder().encode(read.value.formKey))).slice(0, 32)}`;
      const said = { ...LETTERS_SAID.read(settings, form), ...lettersSaid(letters) };
      const plan = planMarks(source, read.value, {
        ...{ people, letters: said, options, sessions: calendar.sessions, marks: marksOf(activityId) },
        someLeft: reader.get('select 1 from participant where activityId = ? and live = 0 limit 1', activityId) !== undefined,
        languages: spokenLanguagesOf(reader, activityId),
        workshopLetters: workshop.value.letters,
      });
      if (!plan.ok) return plan;
      const { marks, questions, rejected } = plan.value;
      const heads = reader.headsWhere('mark', 'status', 'activityId = ?', activityId);
      const changes = marks.map((wanted): FieldWrite[] => {
        const happenedAt = splitHalfDay(wanted.halfDay).day;
        return writesOfMark({ ...wanted, activityId, method: 'import', happenedAt }, (id) => heads.get(id) ?? []);
      });
      const marked = changes.filter((writes) => writes.length > 0).length;
      const isOpen = marks.length === 0 && questions.some(({ code, chosen }) => code === 'session' && chosen === null);
      if (apply && isOpen) return refuse('attendance.sessionOpen');
      const applied = apply && (rejected.length === 0 || (skipRejected && marks.length > 0));
      let importId: string | null = null;
      if (applied) {
        call.progress({ label: 'attendance.saving', done: 0, total: marks.length, unit: 'items' });
        importId = store.transaction(() => {
          const meant = { ...said, ...answersOf(options.answers) };
          if (Object.keys(meant).length > 0) LETTERS_SAID.write(settings, form, meant);
          rememberChoices(context, { activityId, kind: 'attendance', remember }, read.value.understood, { questions, options: chosen });
          if (marked === 0) return null;
          const changeSets = store.commit([{ space: peopleSpace(activityId), writes: changes.flat() }]);
          return rememberImport(context, { activityId, kind: 'attendance', file: nameOfSource({ path }) }, changeSets);
        });
      }
      return ok({
        ...{ applied, marked, unchanged: marks.length - marked, importId },
        understood: understoodAsRead(read.value.understood, { recalled, turned }),
        questions: [...questions],
        rows: [...plan.value.rows],
        account: { ...plan.value.account, leftFor: [...plan.value.account.leftFor] },
        columnsUnknown: null,
        rejected: [...rejected],
        doubtful: [...plan.value.doubtful],
      });
    },
  };
}

/** Returns the answers about letters, by letter. */
function answersOf(answers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([key, answer]) => (key.startsWith(LETTER) ? [[key.slice(LETTER.length), answer]] : [])),
  );
}

/** Letters count in capitals; words as they are. */
function lettersSaid(letters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(letters).map(([letter, status]) => [letter.length <= 3 ? letter.toUpperCase() : fold(letter), status]),
  );
}

/** The headings over people of the sheets that `attendance.export` writes, in each language. */
function ownHeadings({ translate }: EngineContext): OwnHeadings[] {
  return LANGUAGES.map((language) => ({
    language,
    headings: ['people:table.ref', 'people:field.familyName', 'people:field.givenName'].map((key) => translate(language, key)),
  }));
}

function knownWords(people: readonly KnownIdentity[]) {
  const said = (values: readonly (string | null)[]): Set<string> => new Set(values.flatMap((value) => (value ? [fold(value)] : [])));
  return {
    refs: said(people.map(({ ref }) => ref)),
    emails: said(people.map(({ email }) => email)),
    names: new Set(
      people.flatMap(({ familyName, givenName }) => nameWords(`${familyName ?? ''} ${givenName ?? ''}`)).filter((word) => word.length > 2),
    ),
  };
}

/** The half-days and the sessions that count, in order. */
function calendarOf(reader: Reader, { id, halfDays, expected }: Workshop): SheetCalendar {
  const items = reader.all<{
    name: string | null;
    title: string | null;
    placement: string | null;
    start: string | null;
    end: string | null;
  }>(
    'select "name", "title", placement, "start", "end" from agendaItem where activityId = ? and live = 1 and coalesce(counts, 1) <> 0',
    id,
  );
  const placed = items.flatMap(({ placement, ...item }) => {
    if (placement === null) return [];
    const [halfDay, order] = JSON.parse(placement) as [string, string];
    return halfDays.includes(halfDay) ? [{ ...item, halfDay, order }] : [];
  });
  const sessions = placed
    .sort((a, b) => (a.halfDay < b.halfDay ? -1 : a.halfDay > b.halfDay ? 1 : a.order < b.order ? -1 : 1))
    .map(({ halfDay, start, end, ...named }): AgendaSession => ({ titles: titlesOf(named), halfDay, start: start ?? '', end: end ?? '' }));
  return { halfDays, expected, sessions };
}

function titlesOf(named: { readonly name: string | null; readonly title: string | null }): string[] {
  const title = titleOf(named);
  return typeof title === 'string' ? [title] : Object.values(title ?? {}).filter((text) => typeof text === 'string');
}
