import { fold } from '../../../kernel/text.ts';
import { WEEKDAYS } from './calendar-words.ts';

/**
 * Returns the places of headings that number hours, such as *Lunes 1*, *Lunes 2*, *Martes 1*: one day of the week has no two dates that are not weeks apart.
 * Empty where they are dates.
 */
export function hoursOfWeekdays(headers: readonly string[]): ReadonlySet<number> {
  const numbered = headers.flatMap((header, place) => {
    const [, word, number] = /^(\p{L}+)\.?\s+(\d{1,2})(?:a|ª|º|e|h)?$/u.exec(fold(header)) ?? [];
    const weekday = word === undefined ? undefined : WEEKDAYS.get(word);
    return weekday === undefined ? [] : [{ place, weekday: weekday.join(), number: Number(number) }];
  });
  const areHours = numbered.some((one) => numbered.some((other) => one.weekday === other.weekday && (one.number - other.number) % 7 !== 0));
  return new Set(areHours ? numbered.map(({ place }) => place) : []);
}
