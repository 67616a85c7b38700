import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../../ui/formats.ts';
import { Rows } from '../../../../ui/Rows.tsx';
import { CheckIcon, ClockIcon } from '../../../../ui/theme/icons.tsx';
import type { Form } from '../paper-sheet.ts';
import type { CountryRow, CountryTable } from './take-back.ts';
import classes from './Countries.module.css';

interface Props {
  readonly form: Form;
  readonly table: CountryTable;
  /** The name of somebody of the list; '' for nobody. */
  nameOf(personId: string | null): string;
  onOpen(country: string): void;
}

/** The countries in rows: whether each answered, when, how much, and who took it in; each opens what it answered. */
export function CountryTableOf({ form, table: { countries, totals }, nameOf, onOpen }: Props) {
  const { t } = useTranslation('evaluation');
  const format = useFormats();
  return (
    <table className={classes.table}>
      <caption>{t('countries.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('countries.column.country')}</th>
          <th scope="col">{t('countries.column.state')}</th>
          <th scope="col">{t('countries.column.day')}</th>
          <th scope="col">{t('countries.column.answers')}</th>
          <th scope="col">{t('countries.column.by')}</th>
        </tr>
      </thead>
      <tbody>
        <Rows of={countries} as="tr" columns={5} by={({ country }) => country}>
          {(row) => (
            <tr>
              <th scope="row">
                <button type="button" className={classes.country} onClick={() => onOpen(row.country)}>
                  {format.country(row.country)}
                </button>
              </th>
              <td>
                <State row={row} />
              </td>
              <td>{row.day === '' ? t('noFigure') : format.day(row.day)}</td>
              <td>
                {row.answered ? t('countries.answersOf', { count: Object.keys(row.answers).length, of: form.items.length }) : t('noFigure')}
              </td>
              <td>{nameOf(row.personId) || row.by || row.device || t('noFigure')}</td>
            </tr>
          )}
        </Rows>
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('countries.all', { count: totals.countries })}</th>
          <td colSpan={4}>
            {[
              t('countries.total.answered', { count: totals.answered }),
              t('countries.total.missing', { count: totals.missing }),
              ...(totals.late > 0 ? [t('countries.total.late', { count: totals.late })] : []),
            ].join(' · ')}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

/** Whether a country answered, in a word, a colour and a shape. */
function State({ row: { answered, late } }: { readonly row: CountryRow }) {
  const { t } = useTranslation('evaluation');
  const state = answered ? (late ? 'late' : 'answered') : 'missing';
  return (
    <span className={classes.state} data-state={state}>
      {state === 'answered' && <CheckIcon size={16} />}
      {state === 'late' && <ClockIcon size={16} />}
      {state === 'missing' && <i aria-hidden />}
      {t(`countries.state.${state}`)}
    </span>
  );
}
