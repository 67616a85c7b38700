import { isDay, type Day } from '../../kernel/dates.ts';

/**
 * The number of the wording of the questions in `people:consent.ask`, in all languages; a consent is to what was asked then. A changed question is another
 * wording: `tests/guards/consent-wording.test.ts` holds the two together.
 */
export const CONSENT_WORDING = 1;

/** A consent: what somebody answered, to which wording of the question, and when. */
export interface Consent {
  readonly given: boolean;
  readonly wording: number;
  readonly day: Day;
}

/** A consent as its field holds it. */
export function consentValue({ given, wording, day }: Consent): string {
  return `${given ? 'yes' : 'no'} ${wording} ${day}`;
}

/** Parses the consent that a field holds; null where that is no consent of this model. */
export function consentOf(value: string): Consent | null {
  const [answer, wording, day] = value.split(' ');
  if ((answer !== 'yes' && answer !== 'no') || day === undefined || !isDay(day)) return null;
  return { given: answer === 'yes', wording: Number(wording), day };
}
