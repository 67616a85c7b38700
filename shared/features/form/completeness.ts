import type { LocalisedText } from '../../kernel/text.ts';
import type { ItemType } from '../../model/vocabularies.ts';
import { FIXED_OPTIONS } from './fixed-options.ts';

/** An item, as far as its texts go. */
export interface WrittenItem {
  readonly type: ItemType;
  readonly text: LocalisedText;
  readonly topic: LocalisedText;
  readonly explanation: LocalisedText;
  readonly options: readonly { readonly text: LocalisedText }[];
  readonly rows: readonly { readonly text: LocalisedText }[];
}

/** Returns every text of an item that somebody writes: the options of a type that always has the same ones are none. */
export function textsOfItem({ type, text, topic, explanation, options, rows }: WrittenItem): LocalisedText[] {
  const written = FIXED_OPTIONS[type] ? [] : options;
  return [text, topic, explanation, ...[...written, ...rows].map((option) => option.text)];
}

/** Returns every text of a questionnaire, its title among them. */
export function textsOfForm(title: LocalisedText, items: readonly WrittenItem[]): LocalisedText[] {
  return [title, ...items.flatMap(textsOfItem)];
}
