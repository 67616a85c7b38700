import { expect, test } from 'vitest';
import { keepingAnswers } from '../../../shared/kernel/kept-answers.ts';

test('an answer is kept while there is room, an answer of nothing too, and a long text never', () => {
  const asked: string[] = [];
  const answer = keepingAnswers((text) => {
    asked.push(text);
    return text === 'nobody' ? undefined : text.length;
  }, 2);
  const long = 'a'.repeat(101);
  for (const text of ['Awa', 'nobody', 'Awa', 'nobody', long, long]) expect(answer(text)).toBe(text === 'nobody' ? undefined : text.length);
  expect(asked).toEqual(['Awa', 'nobody', long, long]);
  expect([answer('Ibra'), answer('Awa')]).toEqual([4, 3]);
  expect(asked.slice(4)).toEqual(['Ibra', 'Awa']);
});
