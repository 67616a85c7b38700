import { formContent, type FormContent, type ItemRecord, type Values } from '../../../../shared/features/form/form-parts.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Entity } from '../../../../shared/model/entity.ts';
import { form, formItem, formVersion } from '../../../../shared/model/evaluation.ts';
import { fieldOf, isReadable, splitRegister } from '../../../../shared/model/judge.ts';
import { recordColumns, type RecordRow } from '../../../../shared/model/records.ts';
import { planSpace } from '../../../../shared/model/spaces.ts';
import { textsOf, type Texts } from '../../../../shared/model/title.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { FieldValue, ValueId } from '../../../../shared/sync/types.ts';
import { bundledItemId, type FormPorts, type StoredForm } from './form-records.ts';

/** Register (`text@fr`) -> the ids of its values. */
type Heads = Readonly<Record<string, readonly ValueId[]>>;
/** The values of a questionnaire and of each item that stood, by the id of the record. */
export type FormHeads = Readonly<Record<Id, Heads>>;

/** A version of a questionnaire: published, or the one that a workshop asks. */
export interface FormVersion {
  readonly id: Id;
  readonly formId: Id;
  readonly version: string;
  readonly notes: Texts;
  readonly publishedAt: string;
  readonly parts: FormHeads;
  /** The items that were drawn; null: all. */
  readonly drawn: readonly Id[] | null;
}

/** A published version as it is told. The ids of its values are many: they are read where they are wanted. */
export type Publication = Pick<FormVersion, 'id' | 'version' | 'notes' | 'publishedAt'>;

type VersionRow = RecordRow<typeof formVersion>;

const COLUMNS = recordColumns(formVersion);
/** Fields that say where a part comes from, and nothing of what is asked. */
const OF_THE_COPY: ReadonlySet<string> = new Set(['origin', 'originHeads']);

/** The published versions of a questionnaire, the earliest first. */
export function publishedVersions(reader: Reader, formId: Id): FormVersion[] {
  return reader
    .all<VersionRow>(
      `select ${COLUMNS} from formVersion where live = 1 and formId = ? and activityId is null order by publishedAt, id`,
      formId,
    )
    .map(versionOf);
}

/** The version of a questionnaire that was published last; null where none was. */
export function lastPublication(reader: Reader, formId: Id): Publication | null {
  const row = reader.get<Pick<VersionRow, 'id' | 'version' | 'notes' | 'publishedAt'>>(
    `select id, version, notes, publishedAt from formVersion where live = 1 and formId = ? and activityId is null
     order by publishedAt desc, id desc limit 1`,
    formId,
  );
  return row ? { id: row.id, version: row.version ?? '', notes: textsOf(row.notes), publishedAt: row.publishedAt ?? '' } : null;
}

/** A version by its id; undefined where it is not here. */
export function versionById(reader: Reader, id: Id): FormVersion | undefined {
  const row = reader.get<VersionRow>(`select ${COLUMNS} from formVersion where id = ?`, id);
  return row && versionOf(row);
}

/** The version of a questionnaire that a workshop asks; where two laptops froze one apart the same one everywhere. Undefined where none was frozen. */
export function workshopVersion(reader: Reader, activityId: Id, formId: Id): FormVersion | undefined {
  const row = reader.get<VersionRow>(
    `select ${COLUMNS} from formVersion where live = 1 and formId = ? and activityId = ? and space = ? order by id limit 1`,
    formId,
    activityId,
    planSpace(activityId),
  );
  return row && versionOf(row);
}

/** The values of a questionnaire as it stands: its own, and those of each item that was not removed. */
export function standingHeads(reader: Reader, { id, parts }: Pick<StoredForm, 'id' | 'parts'>): FormHeads {
  const items = parts.filter(({ live }) => live).map((part): [Id, Heads] => [part.id, headsOf(reader, formItem, part.id)]);
  return { [id]: headsOf(reader, form, id), ...Object.fromEntries(items) };
}

/** The content of a questionnaire in a version; null where its values are not here. */
export function contentOfVersion(
  ports: FormPorts,
  stored: Pick<StoredForm, 'id' | 'space' | 'parts'>,
  parts: FormHeads,
): FormContent | null {
  const { reader } = ports.store;
  const idOf = (code: string): Id => bundledItemId(ports, stored.space, stored.id, code);
  const own = parts[stored.id];
  if (!own) return null;
  const values = valuesOf(reader, form, stored.id, own);
  const items = Object.entries(parts).filter(([id]) => id !== stored.id);
  const records = items.map(([id, heads]): ItemRecord => ({ id, live: true, values: valuesOf(reader, formItem, id, heads) }));
  // What is named by no version was not part of it, though it may stand today.
  const content = formContent(values, records, idOf);
  return content && { ...content, parts: content.parts.map((part) => ({ ...part, live: Object.hasOwn(parts, part.id) })) };
}

/** The content of a questionnaire as it came with the program, without what was changed since; null where it did not come with it. */
export function bundledContent(ports: FormPorts, stored: Pick<StoredForm, 'id' | 'space'>): FormContent | null {
  const { reader } = ports.store;
  const heads = headsOf(reader, form, stored.id);
  const values = valuesOf(reader, form, stored.id, heads);
  if (values['items'] === undefined) return null;
  return formContent(values, [], (code) => bundledItemId(ports, stored.space, stored.id, code));
}

/** The values of a questionnaire whose items are those that came with the program, without what was changed since. */
export function bundledHeads({ store: { reader } }: FormPorts, { id }: Pick<StoredForm, 'id'>, { parts }: FormContent): FormHeads {
  return { [id]: headsOf(reader, form, id), ...Object.fromEntries(parts.map((part): [Id, Heads] => [part.id, {}])) };
}

function headsOf(reader: Reader, definition: Entity, id: Id): Heads {
  const heads: Record<string, ValueId[]> = {};
  for (const { field, id: value } of reader.headsOfEntity(definition.type, id))
    if (isAsked(definition, field)) (heads[field] ??= []).push(value);
  return heads;
}

function isAsked(definition: Entity, register: string): boolean {
  const field = fieldOf(definition, register);
  const { field: name, language } = splitRegister(register);
  return field !== undefined && !OF_THE_COPY.has(name) && field.localised === (language !== null);
}

/** The values of these ids by field, of those that a record ever had. */
function valuesOf(reader: Reader, definition: Entity, id: Id, heads: Heads): Values {
  const ever = new Map<ValueId, FieldValue>();
  for (const written of reader.effective(definition.type, id)) if (!written.erased) ever.set(written.id, written.value);
  const values: Record<string, FieldValue> = {};
  for (const [register, [first]] of Object.entries(heads)) {
    const value = first === undefined ? undefined : ever.get(first);
    if (value === undefined || value === null || !isReadable(definition.type, register, value)) continue;
    const { field: name, language } = splitRegister(register);
    if (language === null) values[name] = value;
    else values[name] = { ...(values[name] as Record<string, FieldValue> | undefined), [language]: value };
  }
  return values;
}

function versionOf({ id, formId, version, notes, publishedAt, parts, drawn }: VersionRow): FormVersion {
  return {
    ...{ id, formId: formId ?? '', version: version ?? '', notes: textsOf(notes), publishedAt: publishedAt ?? '' },
    parts: JSON.parse(parts ?? '{}') as FormHeads,
    drawn: drawn === null ? null : (JSON.parse(drawn) as Id[]),
  };
}
