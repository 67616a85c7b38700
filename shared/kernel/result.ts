/**
 * Errors that people can cause are values: a stable code and details; the sentence lives in `locales/<lng>/errors.json`
 * under the same code. A thrown error is a bug. `C`: the codes that it may be; left out, where that is not said by types.
 */
export interface Refusal<C extends string = string> {
  readonly code: C;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A success, or a refusal that cannot be anything but one of the codes `C`. */
export type Result<T, C extends string = string> = { readonly ok: true; readonly value: T } | Refused<C>;

export interface Refused<C extends string = string> {
  readonly ok: false;
  readonly refusal: Refusal<C>;
}

/** Wraps a value as a success. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** A refusal with a code such as `people.countryUnknown` and the details its sentence needs (never a person's name). */
export function refuse<const C extends string>(code: C, details: Record<string, unknown> = {}): Refused<C> {
  return { ok: false, refusal: { code, details } };
}
