import { expect } from 'vitest';
import { QUESTION_FORMATS } from '../../../../shared/features/evaluation/exchange/formats.ts';
import { BLANK, differences, QUESTION_KINDS, type Question } from '../../../../shared/features/evaluation/exchange/question.ts';
import { Dice } from '../../../support/dice.ts';

const WORDS = [
  ...[
    'law',
    'lei 8/IX',
    'é',
    'A) b',
    'ANSWER: A',
    '~',
    '=',
    '#',
    '{',
    '}',
    ':',
    '\\',
    '->',
    '-&gt;',
    '\n',
    '//',
    '%50%',
    '[html]',
    '<b>',
    '&amp;',
    '"',
    "'",
  ],
  ...['::', '$CATEGORY: x', ']]>', '<!--', '=>', '1,5', '\\n', '__proto__', '😀', '####', '  '],
];
const PLAIN = ['law', 'evidence', 'court', 'order', 'preuve', 'juiz', 'água', '2001', 'article 16'];
const SHARES = [100, 50, 25, 0, 0, -50, -100, 33.33333];

/** The kinds that a format carries whole where a text holds nothing but words; GIFT knows no points. */
const WHOLE: Readonly<Record<string, readonly string[]>> = {
  gift: ['one', 'several', 'trueFalse', 'text', 'number'],
  moodleXml: ['one', 'several', 'trueFalse', 'text', 'number', 'ranking'],
  aiken: [],
};

/** A form of random questions. `plain`: with words alone, which every format that has the kind carries whole. */
export function randomForm(dice: Dice, plain: boolean): Question[] {
  const text = () =>
    Array.from({ length: 1 + dice.upTo(5) }, () => dice.oneOf(plain ? PLAIN : WORDS)).join(dice.chance(0.5) ? ' ' : plain ? ' ' : '');
  const maybe = () => (dice.chance(0.4) ? text() : '');
  const option = (kind: string, place: number) => {
    if (['scale', 'matrix', 'ranking'].includes(kind)) return { text: `${place} ${text()}`, share: 0, explanation: '' };
    const share =
      plain && kind !== 'several' ? (place === 0 ? 100 : kind === 'text' ? 50 : 0) : plain && place === 0 ? 50 : dice.oneOf(SHARES);
    return { text: text(), share, explanation: maybe() };
  };
  const many = <T>(make: (place: number) => T, least = 2) => Array.from({ length: least + dice.upTo(4) }, (_, place) => make(place));
  return many((): Question => {
    const kind = dice.oneOf(QUESTION_KINDS);
    const options = ['one', 'several', 'scale', 'matrix', 'ranking', 'text'].includes(kind)
      ? many((place) => option(kind, place), kind === 'text' ? 0 : 2)
      : [];
    const isKeyed = dice.chance(0.8);
    return {
      ...BLANK,
      ...{ kind, name: maybe(), text: text(), topic: dice.oneOf(['', 'Law', 'Law/Powers']), explanation: maybe() },
      points: dice.chance(0.7) ? 1 : dice.upTo(9) / 2,
      options,
      rows: kind === 'matrix' ? many(() => ({ text: text(), right: isKeyed ? dice.upTo(options.length) : null })) : [],
      right: kind === 'trueFalse' && isKeyed ? dice.chance(0.5) : null,
      numbers:
        kind === 'number' && isKeyed
          ? many(
              () => ({
                value: dice.upTo(9000) / 100 - 20,
                tolerance: dice.upTo(3) / 10,
                share: dice.oneOf([100, 50]),
                explanation: maybe(),
              }),
              1,
            )
          : [],
    };
  });
}

/** Sends random forms through each format: what comes back is what went out, but for what was named. Returns how many questions came back whole, by format. */
export function sendForms(count: number, seed: number, plain: boolean): Record<string, readonly [whole: number, all: number]> {
  const whole: Record<string, [number, number]> = {};
  for (let one = 0; one < count; one++) {
    const form = randomForm(new Dice(seed + one), plain);
    for (const [format, { read, write }] of Object.entries(QUESTION_FORMATS)) {
      const { text, items, notCarried } = write(form);
      const { questions, rejected } = read(text);
      const said = `seed ${seed + one}, ${format}\n${text}`;
      expect(rejected, said).toEqual([]);
      expect(questions.length, said).toBe(items);
      const gone = new Set(notCarried.filter(({ why }) => why === 'question').map(({ item }) => item));
      form
        .filter((_, item) => !gone.has(item))
        .forEach((question, place) => {
          const item = form.indexOf(question);
          const named = notCarried.filter((lost) => lost.item === item).map(({ why }) => why);
          for (const field of differences(question, questions[place])) expect(named, `${field} of ${item}: ${said}`).toContain(field);
          if (plain && WHOLE[format]!.includes(question.kind))
            expect(
              named.filter((why) => why !== 'points' || format !== 'gift'),
              said,
            ).toEqual([]);
          const counts = (whole[format] ??= [0, 0]);
          if (named.length === 0) counts[0]++;
          counts[1]++;
        });
    }
  }
  return whole;
}
