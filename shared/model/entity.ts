import { z } from 'zod';
import type { FieldValue } from '../sync/types.ts';
import { newerWord } from './values.ts';

/** The purpose for which a personal field is held, and for how long (Convention 108+): one register, shown to people. */
export interface Personal {
  /** Key of `locales/<lng>/privacy.json`. */
  readonly purpose: string;
  /** `activity+5y`: five years after the activity; `none`: as long as the activity is kept. */
  readonly retention: string;
  /**
   * What an erasure leaves of the value; left out: nothing, it is erased with the person.
   * `asCount`: all of it, for it names nobody once the person's own fields are erased, and the figures of a past report can still be explained.
   * `inPlan`: all of it, for it is a text of the plan, shared with everybody who may read the workshop, in which people are named in passing and beside others: it is no
   * one person's record, so there is none with which it would go. Whoever is to be named no longer is taken out of the text.
   */
  readonly stays?: 'asCount' | 'inPlan';
}

/** The column types of a projection. `json` also holds lists; `text` may be null. */
export type ColumnKind = 'text' | 'integer' | 'boolean' | 'json';

/** The ways in which a value is typed in and shown: its control, and where its words come from. */
export type Input =
  | 'line'
  | 'text'
  | 'email'
  | 'phone'
  | 'choice'
  | 'country'
  | 'language'
  | 'consent'
  | 'labels'
  | 'countries'
  | 'languages'
  | 'day'
  | 'clock'
  | 'switch'
  | 'texts'
  | 'number'
  | 'numbers';

/** The values that a call answers where nothing is recorded. */
export type Blank = string | number | boolean | readonly never[] | NoTexts | null;

/** The blank of a text per language: a text in no language. */
export type NoTexts = Readonly<Record<string, never>>;

/**
 * The uses of a field beside its record: a screen names it, the search finds it, files bring it in and carry it out, the register of personal data lists it.
 */
export type Use = 'shown' | 'searched' | 'imported' | 'exported' | 'personal';

/** The reason why the field that names a record's workshop is not shown: the record stands among those of the workshop. */
export const IN_ITS_WORKSHOP = 'a record stands in its workshop';

/** The reasons why a field is not put to some uses, by use. Every field is all of it, or says why not (`saidNot`). */
export type SaidNot = Readonly<Partial<Record<Use, string>>>;

/** `S`: what a value is; `K`: its column; `B`: what a call answers where nothing is recorded; `I`: how it is filled in. */
export interface Field<
  S extends z.ZodType = z.ZodType,
  K extends ColumnKind = ColumnKind,
  B extends Blank = Blank,
  I extends Input | null = Input | null,
> {
  readonly kind: K;
  /** One register per language: `title@fr`. Its column holds {"fr": ...}. */
  readonly localised: boolean;
  /**
   * What two values written apart mean. `ask`: a conflict that a person settles. `latest`: the one shown first is enough
   * (a remark on another field, such as the method of a mark); it is kept, and never listed.
   */
  readonly merge: 'ask' | 'latest';
  /** What a value of this model is; null, which clears a field, is not asked about here. */
  readonly schema: S;
  /**
   * What a value written under a newer model must still be: `schema`, but for a list of words, to which a newer program adds. It is stored and passed
   * on, and shows here as *not readable*.
   */
  readonly newer: z.ZodType;
  /** Set when the value is a person's, or names people; unless it stays it is hashed through a salted digest, so that it can be erased. */
  readonly personal: Personal | null;
  /** Its folded text is in the search index. */
  readonly search: boolean;
  /** Set where people fill the field in by itself: it stands in forms, lists, histories and files, each in the model's order. */
  readonly input: I;
  /** What a call answers where nothing is recorded, and what clears the field in a form. */
  readonly blank: B;
  /** The words of which it holds one, in the order of every list; null where it holds no word of a list. */
  readonly words: readonly string[] | null;
  /** Key of its name where it is not called by its own: null, see `labelKey`. */
  readonly label: string | null;
  readonly not: SaidNot;
}

/** Kinds of space an entity lives in (SYNC, *Space*). */
export type SpaceKind = 'library' | 'institution' | 'calendar' | 'directory' | 'plan' | 'people' | 'answers';

/** The feature whose reads go stale when an entity of this type changes. */
export type FeatureTopic = 'course' | 'material' | 'activity' | 'people' | 'attendance' | 'evaluation' | 'award' | 'sync';

export interface Entity {
  readonly type: string;
  readonly spaces: readonly SpaceKind[];
  readonly topic: FeatureTopic;
  /** Written once, by its genesis; later writes are refused. */
  readonly appendOnly: boolean;
  /** The field that names the participant whom a record is about: it is erased with that person. */
  readonly about?: string;
  /** Where the names of its fields stand: `<file>:<key>` of `locales/<lng>`, with the field's own name after it. */
  readonly labels: string;
  /** The calls that read its fields from a table, and those that write them into a file. */
  readonly imported: readonly string[];
  readonly exported: readonly string[];
  /** Holds for each of its fields that says nothing else. */
  readonly not: SaidNot;
  readonly fields: Readonly<Record<string, Field>>;
}

type FieldOptions<B extends Blank, I extends Input | null> = Partial<
  Pick<Field, 'localised' | 'merge' | 'personal' | 'search' | 'newer' | 'words' | 'label' | 'not'> & {
    readonly blank: B;
    readonly input: I;
  }
>;

/** A field with the defaults: not localised, conflicts asked, not personal, not searched, not filled in by itself. */
export function field<S extends z.ZodType, K extends ColumnKind, const B extends Blank = null, const I extends Input | null = null>(
  kind: K,
  schema: S,
  options: FieldOptions<B, I> = {},
): Field<S, K, NoInfer<B>, NoInfer<I>> {
  const defaults = { localised: false, merge: 'ask', personal: null, search: false, words: null, label: null, not: {} } as const;
  return { kind, schema, newer: schema, ...defaults, input: null as I, blank: null as B, ...options };
}

/** A text field that holds one word of a list. */
export function word<
  const W extends readonly [string, ...string[]],
  const B extends W[number] | null = null,
  const I extends Input | null = null,
>(words: W, options: FieldOptions<B, I> = {}): Field<z.ZodEnum<{ [K in W[number]]: K }>, 'text', NoInfer<B>, NoInfer<I>> {
  return field('text', z.enum(words), { newer: newerWord, words, ...options });
}

/** Whether a field's values can be erased. */
export function isErasable({ personal }: Pick<Field, 'personal'>): boolean {
  return personal !== null && personal.stays === undefined;
}

/** An entity's definition; its projection table has the name of its type. */
export function entity<const F extends Record<string, Field>>(
  type: string,
  options: Pick<Entity, 'spaces' | 'topic' | 'labels'> &
    Partial<Pick<Entity, 'appendOnly' | 'about' | 'imported' | 'exported' | 'not'>> & { readonly fields: F },
): Omit<Entity, 'fields'> & { readonly fields: F } {
  return { type, appendOnly: false, imported: [], exported: [], not: {}, ...options };
}

/** The one key under which a field is called something, in forms, lists, histories, conflicts and files. */
export function labelKey<F extends string>({ labels, fields }: Entity & { readonly fields: Readonly<Record<F, Field>> }, name: F): string {
  return fields[name].label ?? `${labels}.${name}`;
}

/** Why a field is not shown, searched, imported, exported or personal, as the model says it; undefined where nothing is said. */
export function saidNot({ not, fields }: Entity, name: string, use: Use): string | undefined {
  return fields[name]!.not[use] ?? not[use];
}

/** Texts that a schema was found to allow: a push says the same few again and again, the half-day, the status, the workshop. */
const allowed = new WeakMap<Field['schema'], Set<string>>();
const MOST_ALLOWED = 1_000;
const LONGEST_KEPT = 64;

/** Whether a value, null excepted, is one of a field. `isNewer`: one that a newer model wrote. */
export function allowsValue(field: Field, value: FieldValue, isNewer = false): boolean {
  const schema = isNewer ? field.newer : field.schema;
  // What is to be erased some day is kept nowhere in between.
  if (typeof value !== 'string' || value.length > LONGEST_KEPT || isErasable(field)) return schema.safeParse(value).success;
  const known = allowed.get(schema);
  if (known?.has(value)) return true;
  if (!schema.safeParse(value).success) return false;
  if (!known) allowed.set(schema, new Set([value]));
  else {
    if (known.size >= MOST_ALLOWED) known.clear();
    known.add(value);
  }
  return true;
}
