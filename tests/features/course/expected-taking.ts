import { expect } from 'vitest';
import { isEveryWordKept, referenceMerge } from './reference-merge.ts';

/** A change that is offered, as `course.upstream` tells it. */
export interface Change {
  readonly part: string;
  readonly field: string;
  readonly language?: string;
  readonly kind: string;
  readonly touchedHere: boolean;
  readonly removedHere: boolean;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
  readonly seen: readonly string[];
}
export interface Choice {
  readonly part: string;
  readonly field?: string;
  readonly language?: string;
  readonly take: 'theirs' | 'mine' | 'merge';
}
type Texts = Readonly<Record<string, string>>;
export interface Detail {
  readonly id: string;
  readonly title: Texts;
  readonly modules: readonly { readonly id: string; readonly title: Texts; readonly sessions: readonly Taught[] }[];
}
interface Taught {
  readonly id: string;
  readonly title: Texts;
  readonly objectives: Texts;
  readonly method: Texts;
  readonly trainerNotes: Texts;
  readonly minutes: number;
}

/** Returns every text and number of a course, by the part and register. */
export function saidIn({ id, title, modules }: Detail): Map<string, string> {
  const said = new Map<string, string>();
  const add = (part: string, field: string, texts: Texts) => {
    for (const [language, text] of Object.entries(texts)) if (text !== '') said.set(`${part} ${field}@${language}`, text);
  };
  add(id, 'title', title);
  for (const module of modules) {
    add(module.id, 'title', module.title);
    for (const session of module.sessions) {
      for (const field of ['title', 'objectives', 'method', 'trainerNotes'] as const) add(session.id, field, session[field]);
      if (session.minutes !== 0) said.set(`${session.id} minutes`, String(session.minutes));
    }
  }
  return said;
}

/** Holds what a course says after a taking against what these choices may do; returns how many texts that both sides had changed were merged. */
export function expectedOf(
  before: ReadonlyMap<string, string>,
  changes: readonly Change[],
  choices: readonly Choice[],
  after: ReadonlyMap<string, string>,
): number {
  let merged = 0;
  // Whole parts come and go, and with a module what stands in it.
  const [gone, come] = ['removed', 'added'].map((kind) =>
    changes.filter((one) => one.kind === kind && isTaken(choiceFor(one, choices), one)),
  );
  const back = new Set(changes.filter((one) => one.removedHere && isTaken(choiceFor(one, choices), one)).map(({ part }) => part));
  const parts = (said: ReadonlyMap<string, string>) => new Set([...said.keys()].map((key) => key.split(' ')[0]!));
  const [partsBefore, partsAfter] = [parts(before), parts(after)];
  if (gone!.length === 0) for (const part of partsBefore) expect(partsAfter.has(part), `${part} went`).toBe(true);
  if (come!.length === 0 && back.size === 0) for (const part of partsAfter) expect(partsBefore.has(part), `${part} came`).toBe(true);
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [part, register] = key.split(' ') as [string, string];
    if (!partsBefore.has(part) || !partsAfter.has(part)) continue;
    const [field, language] = register.split('@') as [string, string?];
    const change = changes.find((one) => one.part === part && one.kind === 'changed' && one.field === field && one.language === language);
    const [was, is] = [before.get(key) ?? '', after.get(key) ?? ''];
    const expected = change ? outcomeOf(change, choiceFor(change, choices)) : { may: [textOf(change ?? was)] };
    if ('merge' in expected) {
      const [base, mine, theirs] = expected.merge;
      if (is === mine && is !== theirs) continue;
      merged++;
      expect(isEveryWordKept(is, base, mine, theirs), `${key}: a merge lost or kept a word`).toBe(true);
    } else {
      if (change?.touchedHere && is !== was && choiceFor(change, choices)?.take === 'merge') merged++;
      expect(expected.may, `${key}: was ${was}`).toContain(is);
    }
  }
  return merged;
}

/** What a text may be afterwards, worked out apart from the rule: left, theirs, or what the reference merges. */
function outcomeOf(change: Change, choice: Choice | undefined): { may: string[] } | { merge: [string, string, string] } {
  const [base, mine, theirs] = [change.base, change.mine, change.theirs].map(textOf) as [string, string, string];
  if (choice === undefined || choice.take === 'mine') return { may: [mine] };
  if (!change.touchedHere) return { may: [theirs] };
  if (choice.take === 'theirs') return { may: [choice.field === undefined ? mine : theirs] };
  if (change.language === undefined || change.seen.length > 1) return { may: [mine] };
  const reference = referenceMerge(base, mine, theirs);
  if (reference.is === 'merged') return { may: [reference.text] };
  return reference.is === 'asked' ? { may: [mine] } : { merge: [base, mine, theirs] };
}

/** The sessions and modules that no taken change moved, brought or took away stand in the order in which they stood. */
export function heldOrder(before: Detail, after: Detail, changes: readonly Change[], choices: readonly Choice[]): void {
  const moved = new Set(changes.filter((one) => one.kind !== 'changed' && isTaken(choiceFor(one, choices), one)).map(({ part }) => part));
  const rows = ({ modules }: Detail) => modules.flatMap(({ id, sessions }) => [id, ...sessions.map((session) => session.id)]);
  const was = rows(before);
  const is = rows(after);
  const modules = new Set([...before.modules, ...after.modules].map(({ id }) => id));
  if ([...moved].some((part) => modules.has(part))) return;
  const stays = (id: string) => !moved.has(id) && was.includes(id) && is.includes(id);
  expect(is.filter(stays), 'what nobody moved stands where it stood').toEqual(was.filter(stays));
}

/** Returns the choice of the field itself, else that of its part; of several the last. */
export function choiceFor(change: Change, choices: readonly Choice[]): Choice | undefined {
  const ofPart = choices.filter(({ part }) => part === change.part);
  const ofField = ofPart.filter(
    ({ field, language }) => field === change.field && (language === undefined || language === change.language),
  );
  return ofField.at(-1) ?? ofPart.findLast(({ field }) => field === undefined);
}

function isTaken(choice: Choice | undefined, { kind, field, touchedHere }: Change): boolean {
  if (choice === undefined || choice.take === 'mine') return false;
  if (choice.take === 'theirs' && touchedHere && field !== '' && choice.field === undefined) return false;
  if (kind === 'removed' && choice.take === 'merge' && touchedHere) return false;
  return kind !== 'changed' || !touchedHere || choice.take === 'merge' || choice.field !== undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
