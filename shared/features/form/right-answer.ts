import type { LocalisedText } from '../../kernel/text.ts';
import type { ItemType } from '../../model/vocabularies.ts';
import type { AnswerKey } from '../evaluation/scoring.ts';

/** An option of an item, or a line of a table of choices, as calls tell it. */
export interface LetteredText {
  readonly letter: string;
  readonly text: LocalisedText;
}

/** An item of a questionnaire, as far as its right answer goes. */
export interface KeyedItem {
  readonly type: ItemType;
  readonly options: readonly LetteredText[];
  readonly rows: readonly LetteredText[];
  readonly key: AnswerKey | null;
}

/** How far an option is right: `whole` where it is right, `part` and `loss` where it is worth a share of the points or takes one away; `none`. */
export interface Worth {
  readonly is: 'whole' | 'part' | 'loss' | 'none';
  /** The share of the points, from -1 to 1. */
  readonly share: number;
}

/** Returns what an option is worth. Of several options that are right each is right, whatever its share. */
export function worthOf({ type, key }: Pick<KeyedItem, 'type' | 'key'>, letter: string): Worth {
  const share = key?.shares?.[letter] ?? 0;
  if (share === 0) return { is: 'none', share };
  if (share < 0) return { is: 'loss', share };
  return { is: type === 'several' || share === 1 ? 'whole' : 'part', share };
}

/** Returns the option that is right in a line of a table of choices; undefined where none is. */
export function optionOfRow({ key, options }: Pick<KeyedItem, 'key' | 'options'>, row: string): LetteredText | undefined {
  const letter = key?.rows?.[row];
  return options.find((option) => option.letter === letter);
}

/** Returns the options of a ranking in their right order; none where no order is right. */
export function rightOrder({ key, options }: Pick<KeyedItem, 'key' | 'options'>): LetteredText[] {
  return (key?.order ?? []).flatMap((letter) => options.find((option) => option.letter === letter) ?? []);
}
