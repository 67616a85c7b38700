import { useEffect, useState } from 'react';
import { useLatest } from '../../ui/latest.ts';
import { followed, openForm, taken, touched, type Arrived, type OpenForm } from './open-form.ts';

/** A form over a record that is read anew whenever it changes; see `open-form.ts`. */
export function useOpenForm<T extends object>(
  arrived: Arrived<T>,
): OpenForm<T> & {
  set(fields: T): void;
  /** Takes what arrived in the place of what was typed. */
  take(field: keyof T): void;
  /** The fields that were touched, with their values. */
  touched(): Partial<T>;
  /** Whether any was. */
  readonly isTouched: boolean;
  /** What is to be said of the registers that a save writes. */
  seenNow(): Record<string, string[]>;
} {
  const [form, setForm] = useState(() => openForm(arrived));
  const { fields, seen } = arrived;
  const latest = useLatest(arrived);
  // The record arrived anew where its values or their ids differ, not where the answer is another object.
  const state = JSON.stringify([fields, seen]);
  useEffect(() => setForm((open) => followed(open, latest.current)), [state, latest]);
  return {
    ...form,
    set: (next) => setForm((open) => followed({ ...open, fields: next }, arrived)),
    take: (field) => setForm((open) => taken(open, field, arrived)),
    touched: () => touched(form),
    isTouched: Object.keys(touched(form)).length > 0,
    seenNow: () => Object.fromEntries(Object.entries(form.seen).map(([register, ids]) => [register, [...ids]])),
  };
}
