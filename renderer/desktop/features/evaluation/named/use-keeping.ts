import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { call, useWrite } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';
import { useNameShown } from '../../people/person/person-words.ts';
import { keepDraft } from '../drafts.ts';
import { holdKeys } from '../held-keys.ts';
import type { useKeptSheets } from '../KeptSheets.tsx';
import { answered, BLANK_SHEET, type Form } from '../paper-sheet.ts';
import type { NamedSheetAtHand, Wave } from './use-named-sheet.ts';

interface KeepingPorts {
  readonly activityId: Id;
  readonly form: Form;
  readonly at: NamedSheetAtHand;
  readonly kept: ReturnType<typeof useKeptSheets>;
  readonly enter: ReturnType<typeof useWrite<'evaluation.enter'>>;
  /** What holds the keys that are typed while a sheet is being kept. */
  readonly root: RefObject<HTMLElement | null>;
  /** It is not said whose sheet it is. */
  readonly unsettled: boolean;
  focusKeep(): void;
  turnTo(wave: Wave | null, id: Id | null): void;
  turnToNext(id: Id | null, keys: readonly string[]): void;
}

/** Keeps the sheet at hand and goes on to the next one, or takes out the one that is in. */
export function useKeeping({ activityId, form, at, kept, enter, root, unsettled, focusKeep, turnTo, turnToNext }: KeepingPorts) {
  const { t } = useTranslation('evaluation');
  const nameShown = useNameShown();
  const remove = useWrite('evaluation.removeSheet');
  const { wave, personId, subject, known, key, sheet } = at;
  const keep = async () => {
    // Enter on a sheet that nobody has begun is a slip; one left blank to its end is an answer.
    if (personId === null || unsettled || enter.isPending || !at.isBegun) return;
    if (!at.unfinished.mayKeep(sheet)) return focusKeep();
    const answers = { ...sheet.answers };
    const of = { activityId, formId: form.id, personId, ...(wave !== null && { wave }) };
    const release = holdKeys(root.current);
    const entered = await enter.mutateAsync({ ...of, answers, correct: known !== undefined }).catch(() => undefined);
    const keys = release();
    if (!entered) return;
    keepDraft(key, BLANK_SHEET);
    const again = async () => {
      // What it took the place of comes back; a sheet that was the first is none any more.
      if (known) await call('evaluation.enter', { ...of, answers: known.answers, correct: true });
      else {
        const now = await call('evaluation.sheets', { activityId, formId: form.id });
        await call('evaluation.removeSheet', { id: entered.id, seen: now.sheets.find(({ id }) => id === entered.id)?.heads ?? {} });
      }
      keepDraft(key, sheet);
      turnTo(wave, personId);
    };
    const words = t('enter.kept', { name: subject ? nameShown(subject) : '', count: answered(sheet, form.items), of: form.items.length });
    // The points alone of a sheet cannot be entered again: what stood there is in its history.
    if (known?.points) kept.say(words);
    else kept.add({ id: entered.id, words, listed: words, takeBack: again });
    turnToNext(at.after(personId), keys);
  };
  const takeOut = async () => {
    if (!known || remove.isPending) return;
    const { id, heads } = known;
    if (!(await remove.mutateAsync({ id, seen: heads }).catch(() => undefined))) return;
    keepDraft(key, BLANK_SHEET);
    at.forgetTyped();
    offerUndo(t('removed.done', { name: subject ? nameShown(subject) : '' }), () => call('evaluation.restoreSheet', { id }));
  };
  return { keep, takeOut, isTakingOut: remove.isPending };
}
