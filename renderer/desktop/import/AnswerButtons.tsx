import { Button } from '@mantine/core';

interface Props {
  readonly options: readonly string[];
  /** null: none is. */
  readonly chosen: string | null;
  /** An option as the person reads it. */
  wordOf(option: string): string;
  onAnswer(option: string): void;
}

/** The answers that a question of an import may have, side by side. */
export function AnswerButtons({ options, chosen, wordOf, onAnswer }: Props) {
  return options.map((option) => (
    <Button
      key={option}
      aria-pressed={option === chosen}
      variant={option === chosen ? 'filled' : 'default'}
      size="compact-md"
      onClick={() => onAnswer(option)}
    >
      {wordOf(option)}
    </Button>
  ));
}
