import { useMemo, useState } from 'react';
import { nextPerson } from '../../../../../shared/features/evaluation/entry.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import type { WAVES } from '../../../../../shared/model/vocabularies.ts';
import type { Answer } from '../../../app/engine.ts';
import type { Person } from '../../people/find-people.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import { BLANK_SHEET, closedItems, typedAhead, type Form, type PaperSheet } from '../paper-sheet.ts';
import { useUnfinished } from '../use-unfinished.ts';

export type Wave = (typeof WAVES)[number];
export type Sheets = Answer<'evaluation.sheets'>['sheets'];

/** Whose sheet of which wave is at hand, and what stands on it: what was typed, else what was kept. */
export function useNamedSheet(activityId: Id, form: Form, sheets: Sheets, people: readonly Person[]) {
  const ids = useMemo(() => people.map(({ id }) => id), [people]);
  const [wave, setWave] = useState<Wave | null>(form.kind === 'prepost' ? 'pre' : null);
  const inOf = (of: Wave | null) => new Set(sheets.filter((sheet) => sheet.wave === of).map(({ personId }) => personId));
  const done = inOf(wave);
  const [chosen, setChosen] = useState<Id | null>(() => nextPerson(ids, done, null));
  const personId = chosen !== null && ids.includes(chosen) ? chosen : null;
  const subject = people.find(({ id }) => id === personId);
  const known = sheets.find((sheet) => sheet.personId === personId && sheet.wave === wave);
  const keyOf = (of: Wave | null, id: Id | null) => `${activityId} ${form.id} ${of ?? ''} ${id ?? ''}`;
  const key = keyOf(wave, personId);
  const stored = known && { answers: known.answers, position: 0 };
  const [entry, setEntry] = useState<{ readonly key: string; readonly sheet: PaperSheet } | null>(null);
  const draft = draftOf(key);
  const sheet = entry?.key === key ? entry.sheet : draft === BLANK_SHEET && stored ? stored : draft;
  const items = useMemo(() => closedItems(form), [form]);
  const unfinished = useUnfinished(key, items, known !== undefined);
  return {
    wave,
    /** Whose sheet of this wave is in. */
    done,
    personId,
    subject,
    /** The sheet of theirs that is in. */
    known,
    key,
    sheet,
    items,
    unfinished,
    isBegun: Object.keys(sheet.answers).length > 0 || (items.length > 0 && sheet.position >= items.length),
    /** Who comes first of a wave. */
    firstOf: (of: Wave | null) => nextPerson(ids, inOf(of), null),
    /** Who comes after the sheet at hand, once it is in. */
    after: (id: Id) => nextPerson(ids, new Set([...done, id]), id),
    change(next: PaperSheet): void {
      unfinished.changed(sheet, next);
      setEntry({ key, sheet: next });
      keepDraft(key, next);
    },
    show(nextWave: Wave | null, id: Id | null): void {
      setWave(nextWave);
      setChosen(id);
      setEntry(null);
    },
    /** Begins the sheet of somebody, in the wave at hand, with keys that were typed before it was shown. */
    begin(id: Id, keys: readonly string[]): void {
      const next = keyOf(wave, id);
      const begun = typedAhead(draftOf(next), items, keys);
      keepDraft(next, begun);
      setEntry({ key: next, sheet: begun });
      unfinished.begun(next, keys);
    },
    /** What was typed gives way to what is kept. */
    forgetTyped: () => setEntry(null),
  };
}

export type NamedSheetAtHand = ReturnType<typeof useNamedSheet>;
