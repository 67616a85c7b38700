import { Button, Kbd } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DialogFoot } from '../../ui/dialog/DialogFoot.tsx';
import type { IntakeSource } from './use-plan.ts';

interface Props {
  readonly source: IntakeSource | null;
  /** The file that was read here before. */
  readonly earlier: IntakeSource | null;
  /** What comes after this source. */
  readonly next: IntakeSource | undefined;
  /** How many rows wait, what the others would add, and whether nothing can be taken as the columns are; null: there is no plan. */
  readonly plan: { readonly held: number; readonly count: number; readonly openQuestions: number; readonly columnsUnknown: boolean } | null;
  /** The plan of what was chosen last is still to come. */
  readonly waits: boolean;
  importWords(count: number): string;
  onAgain(): void;
  onChoose(): void;
  onNext(): void;
  onApply(skipRejected: boolean): void;
  onClose(): void;
}

/** The actions on the source and its plan. */
export function ImportFoot({ source, earlier, next, plan, waits, importWords, onAgain, onChoose, onNext, onApply, onClose }: Props) {
  const { t } = useTranslation(['people', 'intake', 'app']);
  return (
    <DialogFoot
      before={
        source?.path !== undefined || (source === null && earlier !== null) ? (
          <Button variant="default" onClick={onAgain} rightSection={<Kbd>F5</Kbd>}>
            {source === null ? t('intake:readAgain', { name: earlier!.name }) : t('import.again')}
          </Button>
        ) : null
      }
    >
      <Button variant="default" data-autofocus={plan === null || undefined} onClick={onChoose}>
        {source ? t('import.chooseOther') : t('import.choose')}
      </Button>
      {next && (
        <Button variant="default" onClick={onNext}>
          {t('intake:nextFile', { name: next.name })}
        </Button>
      )}
      {plan && plan.held > 0 && plan.count > 0 && (
        <Button {...idle(waits)} onClick={() => !waits && onApply(true)}>
          {t('intake:takeRest', { rest: plan.count, later: t('intake:later', { count: plan.held }) })}
        </Button>
      )}
      {plan &&
        !plan.columnsUnknown &&
        plan.held === 0 &&
        (plan.count > 0 ? (
          <Button {...idle(waits || plan.openQuestions > 0)} onClick={() => !waits && plan.openQuestions === 0 && onApply(false)}>
            {importWords(plan.count)}
          </Button>
        ) : (
          !next && <Button onClick={onClose}>{t('app:close')}</Button>
        ))}
    </DialogFoot>
  );
}

/** A button that waits keeps the focus: one that is switched off would drop the keyboard. */
const idle = (waits: boolean) => (waits ? { 'aria-disabled': true, 'data-disabled': true } : {});
