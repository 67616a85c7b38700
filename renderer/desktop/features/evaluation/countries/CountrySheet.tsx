import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { Form as FieldsForm } from '../../../../ui/dialog/Form.tsx';
import { DateField } from '../../../../ui/fields/DateField.tsx';
import { useFormats } from '../../../../ui/formats.ts';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { today } from '../../../app/clock.ts';
import { useWrite } from '../../../app/engine.ts';
import { offerUndo, say } from '../../../app/frame/notices.tsx';
import type { Form } from '../paper-sheet.ts';
import { AnswerField } from './AnswerField.tsx';
import { AnswersRead } from './AnswersRead.tsx';
import { takeBack, type CountryRow } from './take-back.ts';
import classes from './Countries.module.css';

interface Props {
  readonly activityId: Id;
  readonly form: Form;
  readonly row: CountryRow;
  /** Who of the list answered for the country; '' where it did itself. */
  readonly answeredBy: string;
  readonly mayEnter: boolean;
  onClose(): void;
}

/** The answers of a country, to be read; by who may, to be corrected, or typed in where nothing is in. */
export function CountrySheet(props: Props) {
  const { form, row, answeredBy, mayEnter, onClose } = props;
  const { t } = useTranslation(['evaluation', 'app']);
  const format = useFormats();
  const [typing, setTyping] = useState(!row.answered && mayEnter);
  if (typing) return <TypedSheet {...props} />;
  return (
    <Dialog help="countries" onClose={onClose} title={format.country(row.country)} size={720}>
      <Stack gap="md">
        {row.day !== '' && (
          <p className={classes.fact}>
            {row.late
              ? t('evaluation:countries.receivedLate', { day: format.day(row.day) })
              : t('evaluation:countries.receivedOn', { day: format.day(row.day) })}
          </p>
        )}
        {answeredBy !== '' && <p className={classes.fact}>{t('evaluation:countries.byPerson', { name: answeredBy })}</p>}
        {row.answered ? (
          <AnswersRead form={form} answers={row.answers} />
        ) : (
          <p className={classes.fact}>{t('evaluation:countries.nothingIn')}</p>
        )}
        <DialogFoot
          before={
            mayEnter &&
            row.answered && (
              <Button variant="default" onClick={() => setTyping(true)}>
                {t('evaluation:countries.correct')}
              </Button>
            )
          }
        >
          <Button onClick={onClose} data-autofocus>
            {t('app:close')}
          </Button>
        </DialogFoot>
      </Stack>
    </Dialog>
  );
}

/** The answers of a country as they are typed in. */
function TypedSheet({ activityId, form, row, onClose }: Props) {
  const { t } = useTranslation(['evaluation', 'app']);
  const format = useFormats();
  const enter = useWrite('evaluation.enter', { shownHere: true });
  const before = row.day === '' ? today() : row.day;
  const [day, setDay] = useState(before);
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>(row.answers);
  const { country } = row;
  const isChanged = day !== before || form.items.some(({ id }) => (answers[id] ?? '') !== (row.answers[id] ?? ''));
  const keep = () => {
    if (enter.isPending) return;
    enter.mutate(
      { activityId, formId: form.id, country, day, answers: { ...answers }, correct: row.sheet !== null },
      {
        onSuccess: ({ id }) => {
          onClose();
          const words = { country: format.country(country) };
          if (id === row.sheet?.id) say(t('evaluation:countries.unchanged', words));
          else offerUndo(t('evaluation:countries.kept', words), () => takeBack(activityId, form.id, country, row));
        },
      },
    );
  };
  return (
    <Dialog help="countries" onClose={onClose} unsaved={isChanged} title={format.country(country)} size={720}>
      <FieldsForm onSubmit={keep}>
        <Stack gap="md">
          {form.items.map((item, place) => (
            <AnswerField
              key={item.id}
              item={item}
              answer={answers[item.id] ?? ''}
              first={place === 0}
              onChange={(answer) => setAnswers({ ...answers, [item.id]: answer })}
            />
          ))}
          <DateField label={t('evaluation:countries.dayOf')} value={day} onChange={setDay} />
          <Refusal error={enter.error} />
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {t('app:cancel')}
            </Button>
            <Button type="submit">{t('evaluation:countries.keep')}</Button>
          </DialogFoot>
        </Stack>
      </FieldsForm>
    </Dialog>
  );
}
