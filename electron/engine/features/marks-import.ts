import type { attendanceContract } from '../../../shared/features/attendance/contract.ts';
import type { NewMark } from '../../../shared/features/attendance/marking.ts';
import type { AgendaSession, SheetCalendar } from '../../../shared/features/attendance/occasions.ts';
import { planMarks } from '../../../shared/features/attendance/plan-marks.ts';
import type { CellMark } from '../../../shared/features/attendance/rules.ts';
import { readSheets } from '../../../shared/features/attendance/read-sheets.ts';
import type { KnownIdentity } from '../../../shared/features/intake/who.ts';
import { nameWords } from '../../../shared/features/intake/names.ts';
import type { Handlers } from '../../../shared/contract/rpc.ts';
import { splitHalfDay } from '../../../shared/kernel/dates.ts';
import { toHex } from '../../../shared/kernel/hex.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { fold, LANGUAGES, type Language } from '../../../shared/kernel/text.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { titleOf } from '../../../shared/model/title.ts';
import type { Reader } from '../../../shared/node/store/store.ts';
import { readSource } from '../../../shared/node/tables/read-source.ts';
import type { FieldWrite, Head } from '../../../shared/sync/types.ts';
import type { EngineContext } from '../context.ts';
import { activityRow } from './activity-rows.ts';
import { LISTED, listedIn, listOf, workshopOf, type Workshop } from './workshop.ts';

/** What letters were said to mean, by workshop and form of sheet: local state, which no sync carries. */
const LETTERS = 'intake/letters/';

/** What a tap does as well. */
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
    'attendance.import': async ({ activityId, path: file, apply, skipRejected, letters = {}, ...options }, call) => {
      const known = workshopOf(reader, activityId);
      if (!known.ok) return known;
      call.progress({ label: 'table.reading', done: 0, total: 1, unit: 'items' });
      const source = await readSource(file, options.encoding === undefined ? {} : { encoding: options.encoding });
      if (!source.ok) return source;
      // A cancel that came while the file was read is heard here.
      await new Promise((resolve) => setImmediate(resolve));
      if (call.signal.aborted) return refuse('job.cancelled');
      // The workshop is read again: it may have changed while the file was read. From here on nothing waits.
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const people = identitiesOf(reader, activityId);
      const calendar = calendarOf(reader, workshop.value);
      const read = readSheets(source.value, options, { calendar, known: knownWords(people) });
      if (!read.ok) return read;
      const form = LETTERS + activityId + '/' + toHex(context.hasher.sha256(new TextEncoder().encode(read.value.formKey))).slice(0, 32);
      const said = { ...settings.get<Record<string, string>>(form), ...lettersSaid(letters) };
      const plan = planMarks(source.value, read.value, {
        ...{ people, letters: said, options, sessions: calendar.sessions, marks: marksOf(activityId) },
        someLeft: reader.get('select 1 from participant where activityId = ? and live = 0 limit 1', activityId) !== undefined,
        languages: languagesOf(reader, activityId),
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
      if (applied && marked > 0) {
        call.progress({ label: 'attendance.saving', done: 0, total: marks.length, unit: 'items' });
        store.commit([{ space: peopleSpace(activityId), writes: changes.flat() }]);
      }
      if (applied) {
        const answers = Object.entries(options.answers ?? {}).flatMap(([key, answer]) =>
          key.startsWith('letter:') ? [[key.slice('letter:'.length), answer] as const] : [],
        );
        if (answers.length > 0 || Object.keys(letters).length > 0)
          settings.set(form, { ...said, ...Object.fromEntries(answers) }, 'settings');
      }
      return ok({
        ...{ applied, marked, unchanged: marks.length - marked, importId: null },
        understood: read.value.understood,
        questions: [...questions],
        rows: [...plan.value.rows],
        account: { ...plan.value.account, leftFor: [...plan.value.account.leftFor] },
        rejected: [...rejected],
        doubtful: [...plan.value.doubtful],
      });
    },
  };
}

/** Letters count in capitals; words as they are. */
function lettersSaid(letters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(letters).map(([letter, status]) => [letter.length <= 3 ? letter.toUpperCase() : fold(letter), status]),
  );
}

/** Everybody who is on the list, in its order. */
function identitiesOf(reader: Reader, activityId: Id): KnownIdentity[] {
  return reader.all<KnownIdentity>(
    `select id, ref, familyName, givenName, email, country, institution from participant where ${LISTED} order by coalesce("position", '~'), id`,
    ...listedIn(reader, activityId),
  );
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

function languagesOf(reader: Reader, activityId: Id): Language[] {
  const said = listOf<string>(activityRow(reader, activityId)?.languages ?? null);
  return LANGUAGES.filter((language) => said.includes(language));
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
