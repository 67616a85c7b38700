import type { Id } from '../../kernel/ids.ts';
import type { Hasher } from '../../kernel/ports.ts';
import { toHex } from '../../kernel/hex.ts';
import { fold, type LocalisedText } from '../../kernel/text.ts';
import type { Texts } from '../../model/title.ts';
import type { FormItem, Questionnaire } from '../evaluation/answers.ts';
import { codeOfItem, type FormContent, type FormPart, type Option, type TopicDraw } from './form-parts.ts';

/** An item with its texts as contracts have them, and what people call it. */
export interface AskedItem extends FormItem {
  readonly label: string;
  readonly text: Texts;
  readonly options: Readonly<Record<string, Texts>>;
  readonly rows?: Readonly<Record<string, Texts>>;
  readonly required?: boolean;
}

/** The questions of a questionnaire: the parts that stand, as sheets and figures need them. */
export interface AskedQuestions extends Questionnaire {
  readonly items: readonly AskedItem[];
}

/** Returns what a questionnaire asks. `drawn`: the ids of the items that were drawn; null: all that stand. */
export function askedQuestions(content: FormContent, drawn: readonly Id[] | null): AskedQuestions {
  const { kind, anonymous, passMark } = content;
  const parts = content.parts.filter(({ id, live }) => live && (drawn === null || drawn.includes(id)));
  const key = Object.fromEntries(parts.flatMap((part) => (letterOf(part) === null ? [] : [[part.code, letterOf(part)!]])));
  return { kind, anonymous, passMark, key, items: parts.map(askedItem) };
}

function askedItem(part: FormPart, at: number): AskedItem {
  const { id, code, type, text, options, rows, points, topic, required } = part;
  return {
    ...{ id: code, label: code === codeOfItem(id) ? String(at + 1) : code, type, text, options: byId(options) },
    ...(rows.length > 0 && { rows: byId(rows) }),
    ...(part.key !== null && letterOf(part) === null && { key: part.key }),
    ...(points !== 1 && { points }),
    ...(Object.keys(topic).length > 0 && { topic }),
    ...(required && { required }),
  };
}

function byId(options: readonly Option[]): Record<string, Texts> {
  return Object.fromEntries(options.map(({ id, text }) => [id, text]));
}

/** The one right letter of an item; null where more is said of what is right. */
function letterOf({ type, key }: FormPart): string | null {
  if (key === null || type === 'several') return null;
  const shares = Object.entries(key.shares ?? {});
  const isPlain = Object.keys(key).every((name) => name === 'shares');
  return isPlain && shares.length === 1 && shares[0]![1] === 1 ? shares[0]![0] : null;
}

/**
 * Returns the ids of the items that a workshop asks, in the form's order: of each topic that is drawn from as many as it says, and every item of no such topic. What is drawn follows from the
 * workshop and the items alone, so that two laptops that draw apart draw the same; null where nothing is drawn.
 */
export function drawnItems({ draws, parts }: Pick<FormContent, 'draws' | 'parts'>, seed: readonly string[], hasher: Hasher): Id[] | null {
  if (draws.length === 0) return null;
  const live = parts.filter(({ live: stands }) => stands);
  const left = new Set(live.filter((part) => draws.some((draw) => isOfTopic(part, draw))));
  const kept = new Set(live.filter((part) => !left.has(part)));
  for (const draw of draws) {
    const lots = [...left].filter((part) => isOfTopic(part, draw)).map((part) => ({ part, lot: lotOf(seed, part, hasher) }));
    for (const { part } of lots.sort((a, b) => (a.lot < b.lot ? -1 : 1)).slice(0, draw.count)) {
      kept.add(part);
      left.delete(part);
    }
  }
  return live.filter((part) => kept.has(part)).map(({ id }) => id);
}

/** Whether an item is of a topic, whatever the language in which it is named. */
export function isOfTopic({ topic }: { readonly topic: LocalisedText }, { topic: wanted }: Pick<TopicDraw, 'topic'>): boolean {
  return Object.values(topic).some((text) => text !== undefined && fold(text) === fold(wanted));
}

function lotOf(seed: readonly string[], { code }: FormPart, hasher: Hasher): string {
  return toHex(hasher.sha256(new TextEncoder().encode(['itinera draw', ...seed, code].join('\n'))));
}
