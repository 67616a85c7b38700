import { z } from 'zod';
import { newerWord } from './values.ts';

/** Why a personal field is held and for how long (Convention 108+): one register, shown to people. */
export interface Personal {
  /** Key of `locales/<lng>/privacy.json`. */
  readonly purpose: string;
  /** `activity+5y`: five years after the activity; `none`: as long as the activity is kept. */
  readonly retention: string;
  /**
   * True: the value names nobody once the person's own fields are erased, and stays without a name, so that the figures of a past report can
   * still be explained. Left out: it is erased with the person.
   */
  readonly staysAsCount?: boolean;
}

export interface Field {
  /** How the value lies in its projection column. `json` also holds lists; `text` may be null. */
  readonly kind: 'text' | 'integer' | 'boolean' | 'json';
  /** One register per language: `title@fr`. Its column holds {"fr": ...}. */
  readonly localised: boolean;
  /**
   * What two values written apart mean. `ask`: a conflict that a person settles. `latest`: the one shown first is enough
   * (a remark on another field, such as the method of a mark); it is kept, and never listed.
   */
  readonly merge: 'ask' | 'latest';
  /** What a value of this model is; null, which clears a field, is not asked about here. */
  readonly schema: z.ZodType;
  /**
   * What a value written under a newer model must still be: `schema`, but for a list of words, to which a newer program adds. It is stored and passed
   * on, and shows here as *not readable*.
   */
  readonly newer: z.ZodType;
  /** Set when the value is a person's; unless it stays as a count it is hashed through a salted digest, so that it can be erased. */
  readonly personal: Personal | null;
  /** Its folded text is in the search index. */
  readonly search: boolean;
}

/** Kinds of space an entity lives in (SYNC, *Space*). */
export type SpaceKind = 'library' | 'institution' | 'calendar' | 'directory' | 'plan' | 'people' | 'answers';

/** The feature whose reads go stale when an entity of this type changes. */
export type FeatureTopic = 'course' | 'material' | 'activity' | 'people' | 'attendance' | 'evaluation' | 'sync';

export interface Entity {
  readonly type: string;
  readonly spaces: readonly SpaceKind[];
  readonly topic: FeatureTopic;
  /** Written once, by its genesis; later writes are refused. */
  readonly appendOnly: boolean;
  /** The field that names the participant whom a record is about: it is erased with that person. */
  readonly about?: string;
  readonly fields: Readonly<Record<string, Field>>;
}

type FieldOptions = Partial<Pick<Field, 'localised' | 'merge' | 'personal' | 'search' | 'newer'>>;

/** A field with the defaults: not localised, conflicts asked, not personal, not searched. */
export function field(kind: Field['kind'], schema: z.ZodType, options: FieldOptions = {}): Field {
  return { kind, schema, newer: schema, localised: false, merge: 'ask', personal: null, search: false, ...options };
}

/** A text field that holds one word of a list. */
export function word(words: readonly [string, ...string[]], options: FieldOptions = {}): Field {
  return field('text', z.enum(words), { newer: newerWord, ...options });
}

/** Whether a field's values can be erased. */
export function isErasable({ personal }: Pick<Field, 'personal'>): boolean {
  return personal !== null && personal.staysAsCount !== true;
}

/** An entity's definition; its projection table has the name of its type. */
export function entity<const F extends Record<string, Field>>(
  type: string,
  options: Pick<Entity, 'spaces' | 'topic'> & Partial<Pick<Entity, 'appendOnly' | 'about'>> & { readonly fields: F },
): Entity & { readonly fields: F } {
  return { type, appendOnly: false, ...options };
}
