import { setImmediate } from 'node:timers/promises';
import type { AskedIn } from '../../../../shared/features/evaluation/figures.ts';
import { offeredForms } from '../../../../shared/features/evaluation/offered.ts';
import { askedQuestions, drawnItems, type AskedQuestions } from '../../../../shared/features/form/asked-form.ts';
import type { FormContent } from '../../../../shared/features/form/form-parts.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { formVersion } from '../../../../shared/model/evaluation.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import { derivedRecordId } from '../../../../shared/model/record-id.ts';
import { planSpace } from '../../../../shared/model/spaces.ts';
import type { Texts } from '../../../../shared/model/title.ts';
import { FORM_KINDS } from '../../../../shared/model/vocabularies.ts';
import type { FieldValue } from '../../../../shared/sync/types.ts';
import type { CommitRequest } from '../../../../shared/node/store/store.ts';
import { workshopOf } from '../activity/workshop.ts';
import { courseLine } from '../course/course-line.ts';
import { findForm, formIdsWhere, formsWhere, type FormPorts, type StoredForm } from './form-records.ts';
import {
  bundledContent,
  bundledHeads,
  contentOfVersion,
  publishedVersions,
  standingHeads,
  versionById,
  workshopVersion,
  type FormHeads,
} from './form-versions.ts';
import { AT_ONCE, type KeptForm, type KeptForms } from './kept-forms.ts';

/** A questionnaire as it is asked: as it stands, or in a workshop. */
export interface Form extends AskedQuestions {
  readonly id: Id;
  readonly code: string;
  readonly title: Texts;
  /** The course whose test it is; null: that of any workshop. */
  readonly courseId: Id | null;
  readonly removed: boolean;
  /** See `unreadableIn`. */
  readonly unreadable: readonly string[];
}

interface Frozen {
  readonly parts: FormHeads;
  readonly version: string;
  readonly drawn: readonly Id[] | null;
}

/** A questionnaire as a workshop asks it: frozen by its first sheet, or by a draw. */
export interface FormInWorkshop extends Form {
  readonly activityId: Id;
  /** The version that is frozen; null: none yet, or the items that came with the program. */
  readonly version: Id | null;
  /** Whether it asks the items that came with the program and no others: sheets of these need no version. */
  readonly bundled: boolean;
  /** The values that would be frozen. */
  freezes(): Frozen;
}

/** Every questionnaire that is here as it stands, tests first; one that was removed stays as long as there are sheets of it, or these would be nowhere. */
export async function formsOf(ports: FormPorts, kept: KeptForms): Promise<Form[]> {
  return inKinds(await kept.read(() => formIdsWhere(ports.store.reader, IS_ASKED)), ({ stored }) => stored).map(keptAsItStands);
}

/** Every questionnaire that a workshop is offered, as it asks it; refuses `activity.unknown`. */
export async function formsInWorkshop(ports: FormPorts, kept: KeptForms, activityId: Id): Promise<Result<Form[], 'activity.unknown'>> {
  const { reader } = ports.store;
  const here = await kept.read(() => formIdsWhere(reader, IS_ASKED));
  const workshop = workshopOf(reader, activityId);
  if (!workshop.ok) return workshop;
  const idsOf = (sql: string): ReadonlySet<Id> => new Set(reader.all<{ formId: Id }>(sql, activityId).map(({ formId }) => formId));
  const used = idsOf('select distinct formId from sheet where activityId = ? and live = 1');
  const frozen = idsOf('select distinct formId from formVersion where activityId = ? and live = 1');
  const offerable = here.map((one) => ({ id: one.stored.id, courseId: one.stored.courseId, one }));
  const offered = offeredForms(offerable, courseLine(reader, workshop.value.courseId), used).map(({ one }) => one);
  const asked: Form[] = [];
  for (const [at, one] of inKinds(offered, ({ stored }) => stored).entries()) {
    if (at > 0 && at % AT_ONCE === 0) await setImmediate();
    const { id } = one.stored;
    asked.push(used.has(id) || frozen.has(id) ? inWorkshopOf(ports, activityId, one.stored) : begunIn(ports, activityId, one));
  }
  return ok(asked);
}

/** A questionnaire that somebody can be asked, or was. */
const IS_ASKED = 'live = 1 or exists (select 1 from sheet where formId = form.id and sheet.live = 1)';

/** The questionnaires of which a workshop has sheets, or waits to seal some. */
export function answeredForms(ports: FormPorts, activityId: Id, waiting: readonly Id[]): FormInWorkshop[] {
  const forms = formsWhere(
    ports,
    `id in (select formId from sheet where activityId = ? and sheet.live = 1 union select value from json_each(?))`,
    activityId,
    JSON.stringify(waiting),
  );
  return inKinds(forms, (stored) => stored).map((stored) => inWorkshopOf(ports, activityId, stored));
}

/** A questionnaire by its id or its code as it stands; refuses `evaluation.formUnknown`. */
export function formOf(ports: FormPorts, idOrCode: string): Result<Form, 'evaluation.formUnknown'> {
  const stored = askable(ports, idOrCode);
  return stored ? ok(standingForm(stored)) : refuse('evaluation.formUnknown');
}

/** Returns a form as a workshop asks it, where the workshop is here; refuses `activity.unknown`, `evaluation.formUnknown`. */
export function inWorkshop(
  ports: FormPorts,
  activityId: Id,
  formId: string,
): Result<FormInWorkshop, 'activity.unknown' | 'evaluation.formUnknown'> {
  const workshop = workshopOf(ports.store.reader, activityId);
  if (!workshop.ok) return workshop;
  const stored = askable(ports, formId);
  return stored ? ok(inWorkshopOf(ports, activityId, stored)) : refuse('evaluation.formUnknown');
}

/** Returns the function that tells what a sheet was asked: the version that it names, else the items that came with the program, else the form itself. */
export function askedIn(ports: FormPorts, form: Form): AskedIn {
  const known = new Map<Id | null, AskedQuestions>();
  const stored = findForm(ports, form.id);
  const find = (version: Id | null): AskedQuestions => {
    if (!stored) return form;
    if (version === null) {
      const bundled = stored.untouched ? null : bundledContent(ports, stored);
      return bundled ? askedQuestions(bundled, null) : form;
    }
    const found = versionById(ports.store.reader, version);
    const content = found?.formId === form.id ? contentOfVersion(ports, stored, found.parts) : null;
    return content ? askedQuestions(content, found!.drawn) : form;
  };
  return ({ version = null }) => {
    const asked = known.get(version) ?? find(version);
    known.set(version, asked);
    return asked;
  };
}

/**
 * The version that sheets of a form name from now on, and the writes that freeze it where none is frozen. It goes by the day as sheets do: the minute of the first one is told by
 * nothing. `id` null: the items that came with the program, which are frozen only where `always` is said.
 */
export function freezing(
  ports: FormPorts,
  form: FormInWorkshop,
  { t, always = false }: { readonly t: number; readonly always?: boolean },
): { readonly id: Id | null; readonly writes: CommitRequest[] } {
  const { activityId, bundled, version: frozen } = form;
  if (frozen !== null || (bundled && !always)) return { id: frozen, writes: [] };
  const { parts, version, drawn } = form.freezes();
  const space = planSpace(activityId);
  const id = derivedRecordId(space, ports.hasher, 'asked form', form.id, JSON.stringify([parts, drawn]));
  const values = { formId: form.id, activityId, version, parts: parts as FieldValue, ...(drawn !== null && { drawn: [...drawn] }) };
  return { id, writes: [{ space, writes: writesOf(formVersion, id, values), t }] };
}

function askable(ports: FormPorts, idOrCode: string): StoredForm | undefined {
  const stored = findForm(ports, idOrCode);
  if (!stored) return undefined;
  const isAsked = stored.live || ports.store.reader.get('select 1 from sheet where formId = ? and live = 1', stored.id) !== undefined;
  return isAsked ? stored : undefined;
}

function inKinds<F>(forms: readonly F[], storedOf: (form: F) => StoredForm): F[] {
  return forms.toSorted((a, b) => FORM_KINDS.indexOf(storedOf(a).kind) - FORM_KINDS.indexOf(storedOf(b).kind));
}

function keptAsItStands({ stored, asked }: KeptForm): Form {
  return formWith(stored, stored, asked());
}

/** A questionnaire as a workshop asks it that has frozen none of its versions and has no sheet of it. */
function begunIn({ hasher }: FormPorts, activityId: Id, { stored, begins }: KeptForm): Form {
  const { content, asked } = begins();
  const drawn = drawnItems(content, [activityId, stored.id], hasher);
  return formWith(stored, content, drawn === null ? asked : askedQuestions(content, drawn));
}

function standingForm(stored: StoredForm): Form {
  return formFrom(stored, stored, null);
}

function formFrom(stored: StoredForm, content: FormContent, drawn: readonly Id[] | null): Form {
  return formWith(stored, content, askedQuestions(content, drawn));
}

function formWith({ id, live, unreadable, courseId }: StoredForm, { code, title }: FormContent, asked: AskedQuestions): Form {
  return { ...asked, id, code, title, courseId, removed: !live, unreadable };
}

function inWorkshopOf(ports: FormPorts, activityId: Id, stored: StoredForm): FormInWorkshop {
  const { reader } = ports.store;
  const frozen = workshopVersion(reader, activityId, stored.id);
  const content = frozen && contentOfVersion(ports, stored, frozen.parts);
  if (frozen && content) {
    const { parts, version, drawn } = frozen;
    const asked = formFrom(stored, content, drawn);
    return { ...asked, activityId, version: frozen.id, bundled: false, freezes: () => ({ parts, version, drawn }) };
  }
  const last = publishedVersions(reader, stored.id).at(-1);
  const bundled = stored.untouched && stored.draws.length === 0 && !last ? stored : bundledBefore(ports, activityId, stored);
  if (bundled) {
    const freezes = (): Frozen => ({ parts: bundledHeads(ports, stored, bundled), version: '', drawn: null });
    return { ...formFrom(stored, bundled, null), activityId, version: null, bundled: true, freezes };
  }
  const published = last && contentOfVersion(ports, stored, last.parts);
  const asked = published ?? stored;
  const drawn = drawnItems(asked, [activityId, stored.id], ports.hasher);
  const freezes = (): Frozen =>
    last && published ? { parts: last.parts, version: last.version, drawn } : { parts: standingHeads(reader, stored), version: '', drawn };
  return { ...formFrom(stored, asked, drawn), activityId, version: null, bundled: false, freezes };
}

/** The items that came with the program, where sheets of the workshop answered them before anything of them was changed: those that follow answer the same. */
function bundledBefore(ports: FormPorts, activityId: Id, stored: StoredForm): FormContent | null {
  const isAnswered =
    ports.store.reader.get(
      'select 1 from sheet where activityId = ? and formId = ? and version is null and live = 1',
      activityId,
      stored.id,
    ) !== undefined;
  return isAnswered ? bundledContent(ports, stored) : null;
}
