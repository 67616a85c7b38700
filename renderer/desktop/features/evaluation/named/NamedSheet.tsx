import { Button } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../../ui/formats.ts';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { RemoveIcon } from '../../../../ui/theme/icons.tsx';
import { AnswerStrip } from '../AnswerStrip.tsx';
import { Comments } from '../Comments.tsx';
import { ShownFirst, Unfinished } from '../KeptSheets.tsx';
import { answered, hintOf, type Form } from '../paper-sheet.ts';
import type { NamedSheetAtHand } from './use-named-sheet.ts';
import classes from '../Enter.module.css';

interface Props {
  readonly form: Form;
  readonly at: NamedSheetAtHand;
  readonly keepButton: Ref<HTMLButtonElement>;
  readonly isKeeping: boolean;
  readonly isTakingOut: boolean;
  /** Why it could not be kept. */
  readonly error: Error | null;
  /** The last answer is given. */
  onDone(): void;
  onKeep(): void;
  onTakeOut(): void;
}

/** The sheet of one person: its answers, its comments, and what becomes of it. */
export function NamedSheet({ form, at, keepButton, isKeeping, isTakingOut, error, onDone, onKeep, onTakeOut }: Props) {
  const { t } = useTranslation('evaluation');
  const format = useFormats();
  const { subject, known, sheet, items } = at;
  return (
    <>
      {subject?.homonym && subject.institution && <p className={classes.institution}>{subject.institution}</p>}
      {known && (
        <p className={classes.note}>
          {known.points
            ? t('enter.pointsAlone', { points: format.number(known.points.points, 2), of: format.number(known.points.of, 2) })
            : t('enter.correcting')}
        </p>
      )}
      <AnswerStrip items={items} sheet={sheet} onChange={at.change} onDone={onDone} onKeep={onKeep} />
      {at.unfinished.waits && <ShownFirst />}
      {at.unfinished.asks && <Unfinished answered={answered(sheet, items)} of={items.length} />}
      <Comments form={form} sheet={sheet} onChange={at.change} onKeep={onKeep} />
      <Refusal error={error} />
      <div className={classes.actions}>
        <Button ref={keepButton} onClick={onKeep} loading={isKeeping} disabled={items.length === 0 && !at.isBegun}>
          {known ? t('enter.correct') : t('enter.keep')}
        </Button>
        {known && (
          <Button variant="default" leftSection={<RemoveIcon />} onClick={onTakeOut} loading={isTakingOut}>
            {t('removed.remove')}
          </Button>
        )}
        <span className={classes.hint}>{t(`enter.${form.kind === 'prepost' ? 'hintLetters' : hintOf(form)}`)}</span>
      </div>
    </>
  );
}
