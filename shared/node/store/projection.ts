import { fold, LANGUAGES } from '../../kernel/text.ts';
import { ENTITIES, MODEL_VERSION } from '../../model/entities.ts';
import { allowsValue, type Entity, type Field } from '../../model/entity.ts';
import { fieldOf, splitRegister } from '../../model/judge.ts';
import { workshopOf } from '../../model/spaces.ts';
import type { MergedEntity } from '../../sync/merge.ts';
import type { WrittenValue } from '../../sync/register.ts';
import type { FieldValue, SpaceId } from '../../sync/types.ts';

/** The values that a projection's column may hold. */
export type Cell = string | number | null;

/** The columns that every projection table has beside its fields. `unreadable`: a JSON list of the fields whose value is not of this model; null for none. */
const FIXED = ['id', 'space', 'live', 'flagged', 'conflicts', 'unreadable'] as const;

/** One entity's projection table, derived from the model. */
export interface Projection {
  readonly type: string;
  readonly columns: readonly string[];
  /** Columns that queries select by; each has an index. */
  readonly indexed: readonly string[];
  /** Whether any of its fields is in the search index. */
  readonly searched: boolean;
  /** The cells of a row, in the order of `columns`. */
  rowOf(id: string, space: SpaceId, merged: MergedEntity): Cell[];
  /** The cells that differ between two merges of one entity in one space, by the place of their column. */
  changes(
    space: SpaceId,
    before: MergedEntity,
    after: MergedEntity,
  ): { readonly places: readonly number[]; readonly cells: readonly Cell[] };
  /** The folded text under which the entity is found; '' when it is not searched or not live. */
  searchTextOf(merged: MergedEntity): string;
}

const INDEXED = new Set(['activityId', 'materialId', 'courseId', 'formId']);
/** The field that says in which record another stands: [parent, fractional key]. */
export const PLACEMENT = 'placement';

/** The projections of every entity that the model knows. */
export const PROJECTIONS: readonly Projection[] = ENTITIES.map(projectionOf);

/** The columns of a projection that are not 0 where a person must choose; each has an index over those few rows. */
export const ASKED = ['conflicts', 'flagged'] as const;

/**
 * The field that names the workshop of a record. A record means something only in its own space, so its column holds the workshop of the space, whatever the
 * record says: who asks for a workshop's records is given those of its spaces and no others. Any value that stands has it there: somebody whose name a colleague corrected stays on
 * the list where the record was begun by somebody who had no right to it.
 */
const OWN_WORKSHOP = 'activityId';

/**
 * The shape of the projection tables as one text: another shape means that they are made anew. `unreadable` among the asked ones tells tables that judge values
 * from older ones.
 */
export const PROJECTION_SHAPE = JSON.stringify(
  ENTITIES.map((definition) => [
    definition.type,
    Object.entries(definition.fields).map(([name, field]) => [name, field.kind, field.localised, field.merge, field.search]),
    [...ASKED, 'unreadable', `${OWN_WORKSHOP} of any value`, MODEL_VERSION],
  ]),
);

function projectionOf(definition: Entity): Projection {
  const fields = Object.entries(definition.fields);
  return {
    type: definition.type,
    columns: [...FIXED, ...fields.map(([name]) => name)],
    indexed: fields.filter(([name, field]) => INDEXED.has(name) && field.kind === 'text').map(([name]) => name),
    searched: fields.some(([, field]) => field.search),
    rowOf: (id, space, merged) => [
      id,
      space,
      merged.live ? 1 : 0,
      merged.flagged ? 1 : 0,
      conflictsOf(definition, merged),
      ...cellsOf(space, fields, merged),
    ],
    changes(space, before, after) {
      const places: number[] = [];
      const cells: Cell[] = [];
      const compare = (place: number, old: Cell, cell: Cell): void => {
        if (old === cell) return;
        places.push(place);
        cells.push(cell);
      };
      compare(2, before.live ? 1 : 0, after.live ? 1 : 0);
      compare(3, before.flagged ? 1 : 0, after.flagged ? 1 : 0);
      compare(4, conflictsOf(definition, before), conflictsOf(definition, after));
      let isUnreadable = false;
      fields.forEach(([name, field], i) => {
        if (name === OWN_WORKSHOP) compare(FIXED.length + i, ownWorkshop(space, before), ownWorkshop(space, after));
        // The same value shown: the same cell. A localised cell shows several registers.
        if (!field.localised && showsSame(before.registers.get(name)?.heads[0], after.registers.get(name)?.heads[0])) return;
        const [old, now] = [readField(name, field, before), readField(name, field, after)];
        isUnreadable ||= old.isOdd || now.isOdd;
        if (name !== OWN_WORKSHOP) compare(FIXED.length + i, old.cell, now.cell);
      });
      // Of what did not change as much can be read as before.
      if (isUnreadable) compare(5, unreadableOf(fields, before), unreadableOf(fields, after));
      return { places, cells };
    },
    searchTextOf: (merged) => (merged.live ? searchTextOf(fields, merged) : ''),
  };
}

function showsSame(one: WrittenValue | undefined, other: WrittenValue | undefined): boolean {
  return one?.id === other?.id && one?.erased === other?.erased;
}

/** The registers of a field that were ever written: itself, or one per language. */
function registersOf(name: string, field: Field, merged: MergedEntity): [language: string, value: FieldValue][] {
  if (!field.localised) {
    const head = merged.registers.get(name)?.heads[0];
    return head ? [['', head.value]] : [];
  }
  const found: [string, FieldValue][] = [];
  for (const [register, { heads }] of merged.registers) {
    if (heads[0] && register.length > name.length && register.startsWith(name) && register[name.length] === '@') {
      found.push([register.slice(name.length + 1), heads[0].value]);
    }
  }
  return found.sort(([a], [b]) => (a < b ? -1 : 1));
}

function isOdd(field: Field, language: string, value: FieldValue): boolean {
  if (value === null) return false;
  return !allowsValue(field, value) || (field.localised && !(LANGUAGES as readonly string[]).includes(language));
}

/** The cells of a row from `unreadable` on. */
function cellsOf(space: SpaceId, fields: readonly (readonly [string, Field])[], merged: MergedEntity): Cell[] {
  const read = fields.map(([name, field]) => readField(name, field, merged));
  const odd = fields.flatMap(([name], i) => (read[i]!.isOdd ? [name] : []));
  return [namesCell(odd), ...fields.map(([name], i) => (name === OWN_WORKSHOP ? ownWorkshop(space, merged) : read[i]!.cell))];
}

/** The fields with a value that this model cannot read, as a JSON list; null when all can be read. */
function unreadableOf(fields: readonly (readonly [string, Field])[], merged: MergedEntity): Cell {
  return namesCell(fields.flatMap(([name, field]) => (readField(name, field, merged).isOdd ? [name] : [])));
}

function namesCell(names: readonly string[]): Cell {
  return names.length === 0 ? null : JSON.stringify(names);
}

function ownWorkshop(space: SpaceId, merged: MergedEntity): Cell {
  const stands = [...merged.registers.values()].some(({ heads }) => heads.length > 0);
  return stands ? workshopOf(space) : null;
}

/** The cell of a field as its own values say, and whether this model cannot read one of them. */
function readField(name: string, field: Field, merged: MergedEntity): { readonly cell: Cell; readonly isOdd: boolean } {
  const values = registersOf(name, field, merged);
  const readable = values.filter(([language, value]) => !isOdd(field, language, value));
  return { cell: cellOf(field, readable), isOdd: readable.length < values.length };
}

// A value that does not fit the model (another program's, or a hostile one) stays in its register; its cell is empty and its field named as unreadable.
function cellOf(field: Field, readable: readonly (readonly [language: string, value: FieldValue])[]): Cell {
  if (field.localised) return JSON.stringify(Object.fromEntries(readable.filter(([, value]) => value !== null)));
  const value = readable[0]?.[1];
  if (value === undefined || value === null) return null;
  if (field.kind === 'json') return JSON.stringify(value);
  if (field.kind === 'boolean') return value === true ? 1 : value === false ? 0 : null;
  if (field.kind === 'integer') return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
  return typeof value === 'string' ? value : null;
}

/** How many registers a person has to settle: those of kind `ask` whose heads differ. */
function conflictsOf(definition: Entity, merged: MergedEntity): number {
  let count = 0;
  for (const [register, { conflict }] of merged.registers) if (conflict && asksAbout(definition, register)) count++;
  return count;
}

/** Whether different heads of a register are a conflict that a person settles; a field that the model does not know is not shown. */
export function asksAbout(definition: Entity, register: string): boolean {
  const field = fieldOf(definition, register);
  return field?.merge === 'ask' && field.localised === (splitRegister(register).language !== null);
}

function searchTextOf(fields: readonly (readonly [string, Field])[], merged: MergedEntity): string {
  const words = new Set<string>();
  for (const [name, field] of fields) {
    if (!field.search) continue;
    for (const [, value] of registersOf(name, field, merged)) {
      if (typeof value !== 'string' || value === '' || !allowsValue(field, value)) continue;
      const folded = fold(value);
      words.add(folded);
      // N'GUESSAN is also looked for as nguessan, Jean-Luc as jeanluc.
      const joined = folded.replace(/['-]/g, '');
      if (joined !== folded) words.add(joined);
    }
  }
  return [...words].join(' ');
}
