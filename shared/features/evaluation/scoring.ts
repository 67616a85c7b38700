import type { z } from 'zod';
import type { answerKey } from '../../model/evaluation.ts';
import { fold } from '../../kernel/text.ts';
import { decodeAnswer } from './answer-codec.ts';
import type { Answers, FormItem, Questionnaire } from './answers.ts';

/** The right answer to an item, as the model has it. */
export type AnswerKey = z.infer<typeof answerKey>;

/** Points are counted in thousandths, so that thirds of a point add up the same on every laptop. */
export const FINE = 1_000;

/** Points in thousandths, whole. */
export function fine(points: number): number {
  return Math.round(points * FINE);
}
/** A share that is all of it, but for what thirds lose. */
const WHOLE = 0.9995;

/** The right answer to an item; null where it has none. */
export function keyOf({ key }: Pick<Questionnaire, 'key'>, item: FormItem): AnswerKey | null {
  if (item.key) return item.key;
  const letter = Object.hasOwn(key, item.id) ? key[item.id] : undefined;
  return letter === undefined ? null : { shares: { [letter]: 1 } };
}

/** The items that are counted: those with a right answer, in the form's order. */
export function scoredItems(form: Pick<Questionnaire, 'key' | 'items'>): FormItem[] {
  return form.items.filter((item) => keyOf(form, item) !== null);
}

/**
 * Returns the share of an item's points that an answer is worth, from 0 to 1; a blank is worth nothing. Of several options each right one is worth its share, and one that is not right
 * takes away as much as a right one gives; a ranking and a matrix are worth the share of what stands in its place.
 */
export function shareOf(form: Pick<Questionnaire, 'key'>, item: FormItem, answer: string | undefined): number {
  const key = keyOf(form, item);
  if (key === null || answer === undefined) return 0;
  // One letter is compared as it is, so that what was right stays right where its option was taken out since.
  if (key.shares && item.type !== 'several') return bounded(Object.hasOwn(key.shares, answer) ? key.shares[answer]! : 0);
  const given = decodeAnswer(item, answer);
  if (given === null) return 0;
  switch (given.is) {
    case 'option':
      return 0;
    case 'options': {
      const shares = key.shares ?? {};
      const right = Object.values(shares).filter((share) => share > 0);
      // Thirds do not add up to one: all that is right is worth all.
      const whole = right.reduce((sum, share) => sum + share, 0);
      return whole === 0 ? 0 : bounded(given.options.reduce((sum, option) => sum + (shares[option] ?? -whole / right.length), 0) / whole);
    }
    case 'rows':
      return partOf(Object.entries(key.rows ?? {}).map(([row, option]) => given.rows[row] === option));
    case 'order':
      return partOf((key.order ?? []).map((option, at) => given.order[at] === option));
    case 'number':
      return isNear(given.number, key) ? 1 : 0;
    case 'day':
      return given.day === key.value ? 1 : 0;
    case 'words':
      return (key.texts ?? []).some((text) => fold(text) === fold(given.words)) ? 1 : 0;
  }
}

/** Whether an item is right, all of it. */
export function isRight(form: Pick<Questionnaire, 'key'>, item: FormItem, answer: string | undefined): boolean {
  return shareOf(form, item, answer) >= WHOLE;
}

/** The points of a sheet; where every item is worth one, how many are right. */
export function pointsOf(form: Pick<Questionnaire, 'key' | 'items'>, answers: Answers): number {
  return scoredItems(form).reduce((sum, item) => sum + fine(shareOf(form, item, answers[item.id]) * worth(item)), 0) / FINE;
}

/** The points of a sheet on which all is right. */
export function mostPoints(form: Pick<Questionnaire, 'key' | 'items'>): number {
  return scoredItems(form).reduce((sum, item) => sum + fine(worth(item)), 0) / FINE;
}

function worth({ points }: FormItem): number {
  return points ?? 1;
}

function isNear(number: number, { value, tolerance = 0 }: AnswerKey): boolean {
  const wanted = Number(value);
  // 0.1 + 0.2 is not 0.3: a difference that no decimal shows is none.
  return value !== undefined && value !== '' && Math.abs(number - wanted) <= tolerance + Math.abs(wanted) * 1e-9;
}

function partOf(right: readonly boolean[]): number {
  return right.length === 0 ? 0 : right.filter(Boolean).length / right.length;
}

function bounded(share: number): number {
  return Math.min(1, Math.max(0, share));
}
