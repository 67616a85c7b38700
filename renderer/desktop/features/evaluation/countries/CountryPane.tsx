import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenPath } from '../../../../../shared/contract/shell.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { LANGUAGES } from '../../../../../shared/kernel/text.ts';
import { DateField } from '../../../../ui/fields/DateField.tsx';
import { RecordText } from '../../../../ui/fields/RecordText.tsx';
import { useFormats, useLanguage } from '../../../../ui/formats.ts';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { Rows } from '../../../../ui/Rows.tsx';
import { DownloadIcon, UploadIcon } from '../../../../ui/theme/icons.tsx';
import { useRead } from '../../../app/engine.ts';
import { useNameShown } from '../../people/person/person-words.ts';
import type { Form } from '../paper-sheet.ts';
import { CountrySheet } from './CountrySheet.tsx';
import { CountryTableOf } from './CountryTable.tsx';
import { ExportCountries } from './ExportCountries.tsx';
import { ImportCountry } from './ImportCountry.tsx';
import type { CountryTable } from './take-back.ts';
import classes from './Countries.module.css';

/** The last days that were set, by workshop and questionnaire: a look at another screen does not cost them. In memory only, as no record has a place for them. */
const deadlines = new Map<string, string>();

interface Props {
  readonly activityId: Id;
  readonly form: Form;
  readonly mayEnter: boolean;
  /** A file that was dropped on the window. */
  readonly given: ChosenPath | undefined;
  onGivenDone(): void;
}

/** A questionnaire that is put to countries: which of them answered and which did not, sent out as files and taken in again. */
export function CountryPane(props: Props) {
  const { activityId, form } = props;
  const key = `${activityId} ${form.id}`;
  const [deadline, setDeadline] = useState(() => deadlines.get(key));
  const table = useRead(
    'evaluation.perCountry',
    { activityId, formId: form.id, ...(deadline !== undefined && { deadline }) },
    { keep: true },
  );
  const change = (day: string) => {
    deadlines.set(key, day);
    setDeadline(day);
  };
  return <Loaded query={table}>{(answer) => <Pane {...props} table={answer} onDeadline={change} />}</Loaded>;
}

interface PaneProps extends Props {
  readonly table: CountryTable;
  onDeadline(day: string): void;
}

function Pane({ activityId, form, mayEnter, given, onGivenDone, table, onDeadline }: PaneProps) {
  const { t } = useTranslation('evaluation');
  const screen = useLanguage();
  const nameShown = useNameShown();
  const workshop = useRead('activity.get', { id: activityId }).data;
  const people = useRead('people.list', { activityId }).data ?? [];
  const [open, setOpen] = useState<'import' | 'export' | { readonly country: string } | null>(null);
  const { countries, totals, deadline } = table;
  const nameOf = (personId: string | null): string => {
    const person = people.find(({ id }) => id === personId);
    return person ? nameShown(person) : '';
  };
  const row = typeof open === 'object' && open !== null ? countries.find(({ country }) => country === open.country) : undefined;
  const language = LANGUAGES.find((one) => workshop?.languages.includes(one)) ?? screen;
  const close = () => {
    setOpen(null);
    onGivenDone();
  };
  return (
    <div className={classes.root}>
      <p className={classes.sentence} data-testid="countries-sentence" role="status">
        {countries.length === 0
          ? t('countries.nobody')
          : [
              t('countries.sentence', { count: totals.answered, of: totals.countries }),
              ...(totals.late > 0 ? [t('countries.lateOnes', { count: totals.late })] : []),
            ].join(' ')}
      </p>
      <div className={classes.bar}>
        {deadline !== '' && <DateField label={t('countries.deadline')} value={deadline} onChange={onDeadline} />}
        <div className={classes.buttons}>
          <Button variant="default" leftSection={<DownloadIcon />} onClick={() => setOpen('export')}>
            {t('countries.export.open')}
          </Button>
          {mayEnter && (
            <Button leftSection={<UploadIcon />} onClick={() => setOpen('import')}>
              {t('countries.import.open')}
            </Button>
          )}
        </div>
      </div>
      {countries.length > 0 && (
        <>
          <CountryTableOf form={form} table={table} nameOf={nameOf} onOpen={(country) => setOpen({ country })} />
          <QuestionTotals form={form} table={table} />
        </>
      )}
      {open === 'export' && <ExportCountries activityId={activityId} form={form} table={table} language={language} onClose={close} />}
      {(open === 'import' || given) && <ImportCountry activityId={activityId} form={form} table={table} given={given} onClose={close} />}
      {row && (
        <CountrySheet activityId={activityId} form={form} row={row} answeredBy={nameOf(row.personId)} mayEnter={mayEnter} onClose={close} />
      )}
    </div>
  );
}

/** How many countries answered each question; of numbers also their sum. */
function QuestionTotals({ form, table: { totals } }: { readonly form: Form; readonly table: CountryTable }) {
  const { t } = useTranslation('evaluation');
  const format = useFormats();
  return (
    <table className={classes.table}>
      <caption>{t('countries.totals')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('table.question')}</th>
          <th scope="col">{t('countries.column.answered')}</th>
          <th scope="col" className={classes.number}>
            {t('countries.column.sum')}
          </th>
        </tr>
      </thead>
      <tbody>
        <Rows of={form.items} as="tr" columns={3}>
          {(item) => {
            const of = totals.items[item.id];
            return (
              <tr>
                <th scope="row">
                  <b>{item.label}</b> <RecordText text={item.text} />
                </th>
                <td>{t('countries.countriesOf', { count: of?.answered ?? 0, of: totals.countries })}</td>
                <td className={classes.number}>
                  {of === undefined || of.sum === null ? t('noFigure') : format.number(of.sum, decimals(of.sum))}
                </td>
              </tr>
            );
          }}
        </Rows>
      </tbody>
    </table>
  );
}

/** How many digits a sum has behind its point. */
function decimals(sum: number): number {
  return String(sum).split('.')[1]?.length ?? 0;
}
