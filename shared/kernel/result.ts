/**
 * Errors that people can cause are values: a stable code and details; the sentence lives in `locales/<lng>/errors.json`
 * under the same code. A thrown error is a bug.
 */
export interface Refusal {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** Wraps a value as a success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A refusal with a code such as `people.countryUnknown` and the details its sentence needs (never a person's name). */
export function refuse(code: string, details: Record<string, unknown> = {}): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, details } };
}
