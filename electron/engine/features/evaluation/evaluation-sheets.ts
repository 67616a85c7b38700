import type { Answers } from '../../../../shared/features/evaluation/answers.ts';
import { sealsNow } from '../../../../shared/features/evaluation/batches.ts';
import { shuffled } from '../../../../shared/features/evaluation/entry.ts';
import type { SurveyFigures, TestFigures } from '../../../../shared/features/evaluation/figures.ts';
import { surveyFigures, testFigures } from '../../../../shared/features/evaluation/figures.ts';
import {
  effectiveSheets,
  withoutPassedOver,
  type EffectiveSheet,
  type Points,
  type StoredSheet,
} from '../../../../shared/features/evaluation/sheets.ts';
import { dayInRoom, type Day } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { sheet } from '../../../../shared/model/evaluation.ts';
import { recordColumns, type RecordRow } from '../../../../shared/model/records.ts';
import { answersSpace } from '../../../../shared/model/spaces.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { ChangeSet, FieldWrite, ValueId } from '../../../../shared/sync/types.ts';
import type { Wave } from '../../../../shared/model/vocabularies.ts';
import type { EngineContext } from '../../context.ts';
import { objectionBefore } from '../../sync/access/entitled.ts';
import { passedOver } from '../people/linked-choices.ts';
import { linkedPeople } from '../attendance/linked-marks.ts';
import { peopleOf } from '../activity/workshop.ts';
import { workshopVersion } from '../form/form-versions.ts';
import { askedIn, freezing, type Form, type FormInWorkshop } from '../form/asked-forms.ts';
import { SHEET_DRAFTS } from '../../local-state/of-this-laptop.ts';

/** A sheet to be written; `personId` and `wave` are null for an anonymous one. */
export interface NewSheet {
  readonly id: Id;
  readonly personId: Id | null;
  readonly wave: Wave | null;
  readonly answers: Answers;
  readonly points: Points | null;
  readonly corrects: Id | null;
  /** The country whose answers they are, where they are no person's. */
  readonly country?: string | null;
  /** The day on which it was filled in, where a file says it; else that on which it is written. */
  readonly day?: Day | null;
  /** The version that it answers; null: the items that came with the program. */
  readonly version?: Id | null;
}

/** The sheets of a form that are in, each of the person whose it is: of a record that another stands for they are that one's. */
export function sheetsOf(context: Pick<EngineContext, 'store' | 'settings'>, activityId: Id, form: Pick<Form, 'id'>): StoredSheet[] {
  const { reader } = context.store;
  const { standsFor } = linkedPeople(reader, activityId);
  const ofPerson = ({ personId }: StoredSheet): Id | null => (personId === null ? null : standsFor(personId));
  const sheets = sheetsByRecord(context, activityId, form).map((one) => ({ ...one, personId: ofPerson(one) }));
  const over = passedOver(reader, activityId);
  if (over.size === 0) return sheets;
  const values = sheetValues(reader, activityId, form);
  return withoutPassedOver(sheets, ({ id }) => over.has(values(id)));
}

/** The value by which a choice names a sheet: that of its answers, which are written once. '' for one that is not here. */
export function sheetValues(reader: Reader, activityId: Id, form: Pick<Form, 'id'>): (id: Id) => ValueId {
  const heads = reader.headsWhere(sheet.type, 'answers', 'activityId = ? and formId = ?', activityId, form.id);
  return (id) => heads.get(id)?.[0]?.id ?? '';
}

/** The sheets of a form that are in, by the record that each was made for: those of the store, and of an anonymous form those typed in here and not sealed yet. */
export function sheetsByRecord(context: Pick<EngineContext, 'store' | 'settings'>, activityId: Id, form: Pick<Form, 'id'>): StoredSheet[] {
  const { reader } = context.store;
  const stored = recordedSheets(reader, activityId, form, true);
  const frozen = workshopVersion(reader, activityId, form.id)?.id ?? null;
  const drafts = SHEET_DRAFTS.list(context.settings, `${activityId}/${form.id}/`).map(({ id, value }): StoredSheet => ({
    id: idOfDraft(id),
    personId: null,
    wave: null,
    answers: value.answers,
    points: null,
    day: value.day ?? '',
    corrects: value.corrects ?? null,
    country: null,
    version: frozen,
  }));
  // A draft that a sealing cut short left behind has the id of its sheet: it counts once.
  return [...stored, ...drafts];
}

/** Returns the sheet of a country that counts; undefined where it has none. */
export function countrySheet(
  context: Pick<EngineContext, 'store' | 'settings'>,
  { activityId, ...form }: Pick<FormInWorkshop, 'id' | 'activityId'>,
  country: string,
): EffectiveSheet | undefined {
  return effectiveSheets(sheetsOf(context, activityId, form)).find((one) => one.country === country);
}

/** Returns a look-up of the country of a person; null where none is recorded. */
export function countryOf(reader: Reader): (person: Id) => string | null {
  return (person) => reader.get<{ country: string | null }>('select country from participant where id = ?', person)?.country ?? null;
}

/** The sheets of a form that were removed, and not erased with their person. */
export function removedSheetsOf(reader: Reader, activityId: Id, form: Pick<Form, 'id'>): StoredSheet[] {
  return recordedSheets(reader, activityId, form, false);
}

function recordedSheets(reader: Reader, activityId: Id, form: Pick<Form, 'id'>, live: boolean): StoredSheet[] {
  const rows = reader.all<RecordRow<typeof sheet>>(
    `select ${recordColumns(sheet)} from sheet where activityId = ? and formId = ? and live = ?`,
    activityId,
    form.id,
    live ? 1 : 0,
  );
  return rows
    .filter(({ answers }) => live || answers !== null)
    .map((row): StoredSheet => ({
      id: row.id,
      personId: row.personId,
      wave: row.wave,
      answers: JSON.parse(row.answers ?? '{}') as Answers,
      points: JSON.parse(row.points ?? 'null') as Points | null,
      day: row.day ?? '',
      corrects: row.corrects,
      country: row.country,
      version: row.version,
    }));
}

/** The figures of one form in a workshop. */
export function figuresOf(
  context: Pick<EngineContext, 'store' | 'settings' | 'hasher'>,
  activityId: Id,
  form: Form,
): TestFigures | SurveyFigures {
  const sheets = sheetsOf(context, activityId, form);
  const people = peopleOf(context.store.reader, activityId);
  const { kind } = form;
  if (kind === 'prepost') return testFigures(form, sheets, new Set(people.map(({ id }) => id)), askedIn(context, form));
  return surveyFigures({ ...form, kind }, sheets, people.length);
}

/** The people of whom a post-test is in, each by the record that stands for them (`standsFor`). */
export function postTested(reader: Reader, activityId: Id, standsFor: (record: Id) => Id): ReadonlySet<Id> {
  const tested = reader.all<{ personId: Id | null }>(
    "select personId from sheet where activityId = ? and wave = 'post' and live = 1",
    activityId,
  );
  return new Set(tested.flatMap(({ personId }) => (personId === null ? [] : [standsFor(personId)])));
}

/** The secret by which earlier programs made the ids of a workshop's sheets with tokens; '' where there is none. Nothing is made by it any more. */
export function bookKeyOf(reader: Reader, activityId: Id): string {
  const book = reader.get<{ key: string }>(
    'select "key" from answerBook where activityId = ? and live = 1 and "key" is not null order by id limit 1',
    activityId,
  );
  return book?.key ?? '';
}

/**
 * Seals sheets as one action, in an order that tells nothing and with the day only: neither the chain nor a clock says who
 * handed in when. It goes for tests too, for a minute beside them would date what lies between.
 */
export function sealSheets(
  context: Pick<EngineContext, 'store' | 'clock' | 'random' | 'hasher'>,
  form: FormInWorkshop,
  sheets: readonly Omit<NewSheet, 'version'>[],
  before: readonly FieldWrite[] = [],
): ChangeSet[] {
  const { activityId, id: formId } = form;
  const version = sheets.length === 0 ? null : frozenIn(context, form);
  return sealBatch(
    context,
    activityId,
    sheets.map((one) => ({ ...one, formId, version })),
    before,
  );
}

/** Freezes a form for its workshop where it is not, and returns the version that its sheets name. */
export function frozenIn(context: Pick<EngineContext, 'store' | 'clock' | 'hasher'>, form: FormInWorkshop): Id | null {
  const { id, writes } = freezing(context, form, { t: Date.parse(`${dayInRoom(context.clock.now())}T00:00:00Z`) });
  if (writes.length > 0) context.store.commit(writes);
  return id;
}

/**
 * Stores an anonymous sheet durably and without its time, until the next sealing that may take it. `corrects`: the sheet it takes the place of. Returns its id.
 */
export function keepDraft(
  context: Pick<EngineContext, 'settings' | 'clock' | 'store' | 'hasher'>,
  form: FormInWorkshop,
  { id, answers, corrects }: Pick<NewSheet, 'id' | 'answers' | 'corrects'>,
): void {
  frozenIn(context, form);
  const draft: Draft = { answers, day: dayInRoom(context.clock.now()), ...(corrects !== null && { corrects }) };
  SHEET_DRAFTS.write(context.settings, `${form.activityId}/${form.id}/${id}`, draft);
}

/** Deletes an anonymous sheet that waits on this laptop; false where it does not wait here any more. */
export function forgetDraft(
  { settings, store }: Pick<EngineContext, 'settings' | 'store'>,
  activityId: Id,
  form: Pick<Form, 'id'>,
  id: Id,
): boolean {
  const kept = `${activityId}/${form.id}/${id}`;
  const isSealed = store.reader.get('select 1 from sheet where id = ?', id) !== undefined;
  if (isSealed || !SHEET_DRAFTS.has(settings, kept)) return false;
  SHEET_DRAFTS.remove(settings, kept);
  return true;
}

/** The forms of a workshop of which anonymous sheets wait on this laptop. */
export function waitingForms({ settings }: Pick<EngineContext, 'settings'>, activityId: Id): Id[] {
  return [...new Set(SHEET_DRAFTS.ids(settings, `${activityId}/`).map((id) => id.split('/')[1]!))];
}

/** How many anonymous sheets of a form wait on this laptop until they may leave. */
export function draftsWaiting({ settings }: Pick<EngineContext, 'settings'>, activityId: Id, form: Pick<Form, 'id'>): number {
  return SHEET_DRAFTS.ids(settings, `${activityId}/${form.id}/`).length;
}

/**
 * Seals the anonymous sheets that wait on this laptop and may leave (see `sealsNow`), shuffled, one batch a workshop; registered for every departure of
 * records. Killed in between, it goes on the next time: a sheet that is in the store already is only taken off the drafts. `closing`: the form that a person
 * closes. Returns how many were sealed.
 */
export function sealDrafts(
  context: Pick<EngineContext, 'store' | 'settings' | 'clock' | 'random' | 'trust'>,
  closing?: { readonly activityId: Id; readonly formId: Id },
): number {
  const { settings, store } = context;
  const today = dayInRoom(context.clock.now());
  const drafts = SHEET_DRAFTS.list(settings).map(({ id, value }) => {
    const [activityId, formId] = id.split('/');
    const corrects = value.corrects ?? null;
    const version = workshopVersion(store.reader, activityId!, formId!)?.id ?? null;
    const kept: NewSheet = { id: idOfDraft(id), personId: null, wave: null, answers: value.answers, points: null, corrects, version };
    return { id, activityId: activityId!, formId: formId!, day: value.day ?? null, kept };
  });
  const [sealed, waiting] = [[], []] as [typeof drafts, typeof drafts];
  for (const draft of drafts) (store.reader.get('select 1 from sheet where id = ?', draft.kept.id) ? sealed : waiting).push(draft);
  const endOf = (id: Id): string => store.reader.get<{ end: string | null }>('select "end" from activity where id = ?', id)?.end ?? '';
  const leaving = grouped(waiting, ({ activityId, formId }) => `${activityId}/${formId}`).filter((batch) => {
    const { activityId, formId } = batch[0]!;
    // Rights may have been taken since they were entered: they wait, and nothing else that leaves waits for them.
    if (objectionBefore(context, answersSpace(activityId), { entityType: sheet.type, record: null }) !== null) return false;
    const isClosing = closing !== undefined && closing.activityId === activityId && closing.formId === formId;
    return sealsNow({ days: batch.map(({ day }) => day), end: endOf(activityId), today, closing: isClosing });
  });
  const goes = leaving.flat();
  for (const batch of grouped(goes, ({ activityId }) => activityId)) {
    sealBatch(
      context,
      batch[0]!.activityId,
      batch.map(({ kept, formId }) => ({ ...kept, formId })),
      [],
    );
  }
  for (const { id } of [...sealed, ...goes]) SHEET_DRAFTS.remove(settings, id);
  return goes.length;
}

function grouped<T>(list: readonly T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()];
}

/** An anonymous sheet as it waits on this laptop. */
export interface Draft {
  readonly answers: Answers;
  /** The day in the room; earlier programs kept none. */
  readonly day?: Day;
  readonly corrects?: Id;
}

function idOfDraft(kept: string): Id {
  return kept.slice(kept.lastIndexOf('/') + 1);
}

function sealBatch(
  { store, clock, random }: Pick<EngineContext, 'store' | 'clock' | 'random'>,
  activityId: Id,
  sheets: readonly (NewSheet & { readonly formId: Id })[],
  before: readonly FieldWrite[],
): ChangeSet[] {
  const day = dayInRoom(clock.now());
  const t = Date.parse(`${day}T00:00:00Z`);
  const order = shuffled(sheets, (length) => random.bytes(length));
  const writes = order.flatMap(({ id, formId, personId, wave, answers, points, corrects, country, version, day: filled }) =>
    writesOf(sheet, id, {
      activityId,
      formId,
      answers: { ...answers },
      day: filled ?? day,
      ...(personId !== null && { personId }),
      ...(wave !== null && { wave }),
      ...(points !== null && { points: { ...points } }),
      ...(corrects !== null && { corrects }),
      ...(country && { country }),
      ...(version && { version }),
    }),
  );
  return store.commit([{ space: answersSpace(activityId), writes: [...before, ...writes], t }]);
}
