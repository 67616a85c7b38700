import { Button } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { Refusal } from '../../../ui/Refusal.tsx';
import { call, useWrite } from '../../app/engine.ts';
import { AnswerStrip } from './AnswerStrip.tsx';
import { Comments } from './Comments.tsx';
import { draftOf, keepDraft } from './drafts.ts';
import { KeptList, KeptNotice, ShownFirst, Unfinished, useKeptSheets } from './KeptSheets.tsx';
import { holdKeys } from './held-keys.ts';
import { useUnfinished } from './use-unfinished.ts';
import { answered, BLANK_SHEET, closedItems, hintOf, typedAhead, type Form, type PaperSheet } from './paper-sheet.ts';
import classes from './Enter.module.css';

interface Props {
  readonly activityId: Id;
  readonly form: Form;
  /** Sheets that are in. */
  readonly count: number;
  /** Of them, those that have not left this laptop. */
  readonly waiting: number;
}

/** Anonymous paper sheets, one after the other. Once it has left, a sheet can only be counted: nobody can find it again, not to correct it either; until then whoever typed it in can take it back. */
export function EnterAnonymous({ activityId, form, count, waiting }: Props) {
  const { t } = useTranslation('evaluation');
  const key = `${activityId} ${form.id}`;
  const [sheet, setSheet] = useState(() => draftOf(key));
  const kept = useKeptSheets();
  const enter = useWrite('evaluation.enter', { shownHere: true });
  const close = useWrite('evaluation.close', { shownHere: true });
  const items = useMemo(() => closedItems(form), [form]);
  const root = useRef<HTMLDivElement>(null);
  const unfinished = useUnfinished(key, items, false);
  const change = (next: PaperSheet) => {
    unfinished.changed(sheet, next);
    setSheet(next);
    keepDraft(key, next);
  };
  const goOn = useCallback(() => root.current?.querySelector<HTMLElement>('textarea, [data-keep]')?.focus(), []);
  const keep = async () => {
    if (enter.isPending || Object.keys(sheet.answers).length === 0) return;
    if (!unfinished.mayKeep(sheet)) return root.current?.querySelector<HTMLElement>('[data-keep]')?.focus();
    const release = holdKeys(root.current);
    const entered = await enter.mutateAsync({ activityId, formId: form.id, answers: { ...sheet.answers } }).catch(() => undefined);
    const keys = release();
    if (!entered) return;
    kept.add({
      id: entered.id,
      words: t('enter.keptAnonymous'),
      listed: t('enter.keptOne', { count: answered(sheet, items), of: items.length }),
      takeBack: async () => {
        await call('evaluation.takeBack', { activityId, formId: form.id, sheetId: entered.id });
        setSheet(sheet);
        keepDraft(key, sheet);
      },
    });
    const next = typedAhead(BLANK_SHEET, items, keys);
    flushSync(() => {
      change(next);
      unfinished.begun(key, keys);
    });
    // A sheet whose boxes are all typed already goes on where any other does behind its last box.
    if (next.position >= items.length) goOn();
    else root.current?.querySelector<HTMLElement>('[aria-current="true"]')?.focus();
  };
  return (
    <div ref={root}>
      <div className={classes.head}>
        <p className={classes.progress} role="status">
          {t('sheetCount', { count })}
        </p>
        <p className={classes.hint}>{t('enter.anonymous')}</p>
        <KeptNotice {...kept} />
      </div>
      <AnswerStrip items={items} sheet={sheet} onChange={change} onDone={goOn} onKeep={() => void keep()} />
      <Comments form={form} sheet={sheet} onChange={change} onKeep={() => void keep()} />
      {unfinished.waits && <ShownFirst />}
      {unfinished.asks && <Unfinished answered={answered(sheet, items)} of={items.length} />}
      <Refusal error={enter.error ?? close.error} />
      <div className={classes.actions}>
        <Button data-keep onClick={() => void keep()} loading={enter.isPending} disabled={Object.keys(sheet.answers).length === 0}>
          {t('enter.keep')}
        </Button>
        <span className={classes.hint}>{t(`enter.${hintOf(form)}`)}</span>
      </div>
      <KeptList {...kept} />
      {waiting > 0 && (
        <div className={classes.actions}>
          <span className={classes.hint}>{t('enter.waiting', { count: waiting })}</span>
          <Button
            variant="default"
            loading={close.isPending}
            onClick={() => close.mutate({ activityId, formId: form.id }, { onSuccess: () => kept.say(t('enter.closedNow')) })}
          >
            {t('enter.closeNow')}
          </Button>
        </div>
      )}
    </div>
  );
}
