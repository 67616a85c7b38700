import {
  bundledCodes,
  codeOfItem,
  formContent,
  isBundled,
  type FormContent,
  type FormPart,
  type ItemRecord,
  type Values,
} from '../../../../shared/features/form/form-parts.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { form, formItem } from '../../../../shared/model/evaluation.ts';
import { derivedRecordId } from '../../../../shared/model/record-id.ts';
import { recordColumns, type RecordRow } from '../../../../shared/model/records.ts';
import type { Entity } from '../../../../shared/model/entity.ts';
import type { FieldValue, SpaceId } from '../../../../shared/sync/types.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { EngineContext } from '../../context.ts';
import { unreadableIn } from '../unreadable.ts';

/** The ports by which questionnaires are read: the store, and the hasher by which the record of a bundled item's changes is named. */
export type FormPorts = { readonly store: Pick<EngineContext['store'], 'reader'> } & Pick<EngineContext, 'hasher'>;

/** A questionnaire as it stands here. */
export interface StoredForm extends FormContent {
  readonly id: Id;
  readonly space: SpaceId;
  readonly live: boolean;
  readonly origin: Id | null;
  /** The course whose test it is; null: that of any workshop. */
  readonly courseId: Id | null;
  /** Whether its items came with the program and nobody changed one, took one out or added one. */
  readonly untouched: boolean;
  readonly unreadable: readonly string[];
}

type FormRow = RecordRow<typeof form>;
type ItemRow = RecordRow<typeof formItem>;

const ITEM_COLUMNS = recordColumns(formItem);

/** The id of the record that says what was changed of an item that came with the program. */
export function bundledItemId({ hasher }: Pick<FormPorts, 'hasher'>, space: SpaceId, formId: Id, code: string): Id {
  return derivedRecordId(space, hasher, 'form item', formId, code);
}

/** A questionnaire by its id or its code, removed or not; of several of one code the library's. Undefined where there is none, or one of a kind that this program does not know. */
export function findForm(ports: FormPorts, idOrCode: string): StoredForm | undefined {
  const { reader } = ports.store;
  const row =
    reader.get<FormRow>(`select ${recordColumns(form)} from form where id = ?`, idOrCode) ??
    reader.get<FormRow>(
      `select ${recordColumns(form)} from form where code = ? order by live desc, space <> 'library', id limit 1`,
      idOrCode,
    );
  return row && storedForm(ports, row, itemRows(ports, row));
}

/** Every questionnaire whose row meets a condition, as `formIdsWhere`: for conditions that few meet. Of many each is kept as it was read (`kept-forms.ts`). */
export function formsWhere(ports: FormPorts, condition: string, ...params: readonly (string | number)[]): StoredForm[] {
  const rows = ports.store.reader.all<FormRow>(`select ${recordColumns(form)} from form where ${condition} ${IN_ORDER}`, ...params);
  return rows.flatMap((row) => storedForm(ports, row, itemRows(ports, row)) ?? []);
}

/** The ids of the questionnaires whose row meets a condition (SQL over the columns of `form`), those of a course in the order of their courses, then by their codes. */
export function formIdsWhere(reader: Reader, condition: string, ...params: readonly (string | number)[]): Id[] {
  return reader.all<{ id: Id }>(`select id from form where ${condition} ${IN_ORDER}`, ...params).map(({ id }) => id);
}

const IN_ORDER = 'order by (select code from course where id = form.courseId), code, id';

function storedForm(ports: FormPorts, row: FormRow, items: readonly ItemRow[]): StoredForm | undefined {
  const values = valuesOfRow(form, row);
  const records = items.map((item): ItemRecord => ({ id: item.id, live: item.live === 1, values: valuesOfRow(formItem, item) }));
  const content = formContent(values, records, (code) => bundledItemId(ports, row.space, row.id, code));
  if (!content) return undefined;
  const { id, space, origin, courseId } = row;
  return {
    ...content,
    ...{ id, space, origin, courseId, live: row.live === 1 },
    untouched: isBundled(values) && items.length === 0,
    unreadable: [...new Set([...unreadableIn(row), ...items.filter(({ live }) => live === 1).flatMap(unreadableIn)])],
  };
}

/** The records of a questionnaire's items: those that stand in it, and those that say what was changed of bundled ones. */
function itemRows(ports: FormPorts, row: Pick<FormRow, 'id' | 'space' | 'items' | 'key'>): ItemRow[] {
  return ports.store.reader.all<ItemRow>(
    `select ${ITEM_COLUMNS} from formItem where json_extract(placement, '$[0]') = ?
     union select ${ITEM_COLUMNS} from formItem where id in (select value from json_each(?))`,
    row.id,
    JSON.stringify(changedIds(ports, row)),
  );
}

function changedIds(ports: FormPorts, row: Pick<FormRow, 'id' | 'space' | 'items'>): Id[] {
  if (row.items === null) return [];
  const codes = bundledCodes({ items: JSON.parse(row.items) as FieldValue });
  return codes.map((code) => bundledItemId(ports, row.space, row.id, code));
}

function parentOf({ placement }: Pick<ItemRow, 'placement'>): Id | null {
  return placement === null ? null : (JSON.parse(placement) as [Id, string])[0];
}

/** The values of a row by field, as the records say them. */
function valuesOfRow(definition: Entity, row: object): Values {
  const cells = row as Readonly<Record<string, string | number | null>>;
  return Object.fromEntries(
    Object.entries(definition.fields).flatMap(([name, { kind }]): [string, FieldValue][] => {
      const cell = cells[name] ?? null;
      if (cell === null) return [];
      return [[name, kind === 'json' ? (JSON.parse(String(cell)) as FieldValue) : kind === 'boolean' ? cell === 1 : cell]];
    }),
  );
}

/** The questionnaire in which an item stands, removed or not: by the place that its record says, or where it came with the program. Undefined where it is none that is here. */
export function formOfItem(ports: FormPorts, id: Id): StoredForm | undefined {
  const parent = formWithItem(ports.store.reader, id);
  if (parent) return findForm(ports, parent);
  return formsWhere(ports, 'items is not null').find(({ parts }) => parts.some((part) => part.id === id));
}

/** The id of the questionnaire in which an item stands by the place that its record says; null where it says none. */
export function formWithItem(reader: Reader, id: Id): Id | null {
  const row = reader.get<Pick<ItemRow, 'placement'>>('select placement from formItem where id = ?', id);
  return row ? parentOf(row) : null;
}

/** Whether an item came with the program: what was written over it then is all that its record says. */
export function isBundledItem({ id, code }: Pick<FormPart, 'id' | 'code'>): boolean {
  return code !== codeOfItem(id);
}
