import { useTranslation } from 'react-i18next';
import type { RejectedRow } from '../../../shared/contract/shapes.ts';
import classes from './ImportDialog.module.css';

/** Enough to correct a list by; a list that is wrong throughout is corrected once, not row by row. */
const SHOWN = 200;

/** Rows that need a look: the row's number as a spreadsheet shows it, the field, the reason in words. */
export function RejectedRows({ rows, label }: { readonly rows: readonly RejectedRow[]; readonly label: string }) {
  const { t, i18n } = useTranslation(['people', 'errors']);
  const field = (name: string) => (i18n.exists(`people:field.${name}`) ? t(`people:field.${name}`) : name);
  const reason = (code: string) => (i18n.exists(`errors:${code}`) ? t(`errors:${code}`) : t('errors:unknown', { code }));
  return (
    <div className={classes.rejected} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col" className={classes.number}>
              {t('people:import.row')}
            </th>
            <th scope="col">{t('people:import.field')}</th>
            <th scope="col">{t('people:import.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN).map((row) => (
            <tr key={`${row.row} ${row.field} ${row.code}`}>
              <td className={classes.number}>{row.row}</td>
              <td>{field(row.field)}</td>
              <td>{reason(row.code)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN && <p>{t('people:import.more', { count: rows.length - SHOWN })}</p>}
    </div>
  );
}
