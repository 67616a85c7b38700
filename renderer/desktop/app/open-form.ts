/**
 * A form over a record that may change while it is open. What was not touched follows what arrives; what was touched stays as it was typed, is said to have
 * changed meanwhile, and is saved over what the form showed then, so that both values stand until somebody chooses.
 */
export interface OpenForm<T> {
  /** What the form showed of each field before it was touched ... */
  readonly shown: T;
  /** ... and the value ids of that, by register. */
  readonly seen: Readonly<Record<string, readonly string[]>>;
  readonly fields: T;
  /** Fields that were touched here and changed elsewhere meanwhile. */
  readonly changed: readonly (keyof T)[];
}

/** A record as an answer has it: its fields, their value ids by register, and which registers a field is kept in. */
export interface Arrived<T> {
  readonly fields: T;
  readonly seen: Readonly<Record<string, readonly string[]>>;
  registersOf(field: keyof T): readonly string[];
}

/** A form as it opens. */
export function openForm<T extends object>({ fields, seen }: Pick<Arrived<T>, 'fields' | 'seen'>): OpenForm<T> {
  return { shown: fields, seen, fields, changed: [] };
}

/** The form after the record arrived anew. */
export function followed<T extends object>(form: OpenForm<T>, arrived: Arrived<T>): OpenForm<T> {
  const shown = { ...form.shown };
  const fields = { ...form.fields };
  const seen: Record<string, readonly string[]> = { ...form.seen };
  const changed: (keyof T)[] = [];
  for (const field of Object.keys(arrived.fields) as (keyof T & string)[]) {
    const isTouched = !same(form.fields[field], form.shown[field]);
    if (isTouched && !same(form.fields[field], arrived.fields[field])) {
      if (!same(arrived.fields[field], form.shown[field])) changed.push(field);
      continue;
    }
    shown[field] = arrived.fields[field];
    fields[field] = arrived.fields[field];
    for (const register of arrived.registersOf(field)) seen[register] = arrived.seen[register] ?? [];
  }
  return { shown, fields, seen, changed };
}

/** The form with what arrived in the place of what was typed in one field. */
export function taken<T extends object>(form: OpenForm<T>, field: keyof T, arrived: Arrived<T>): OpenForm<T> {
  return followed({ ...form, fields: { ...form.fields, [field]: form.shown[field] } }, arrived);
}

/** The fields that were touched, with their values. */
export function touched<T extends object>({ fields, shown }: OpenForm<T>): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([field, value]) => !same(value, shown[field as keyof T]))) as Partial<T>;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
