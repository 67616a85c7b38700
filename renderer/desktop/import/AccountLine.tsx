import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/formats.ts';
import type { ImportWords } from './import-words.ts';
import type { Account } from './plan-view.ts';
import classes from './ImportDialog.module.css';

/** Says what becomes of every cell of the file, in one sentence; for which reasons some are left out, on demand. */
export const AccountLine = memo(function AccountLine({ account, words }: { readonly account: Account; readonly words: ImportWords }) {
  const { t } = useTranslation('intake');
  const format = useFormats();
  const { cells, taken, left, asked, leftFor } = account;
  const sentence = t('account', { count: cells, taken, left, asked });
  if (leftFor.length === 0) return <p className={classes.account}>{sentence}</p>;
  return (
    <details className={classes.account}>
      <summary>{sentence}</summary>
      <ul>
        {leftFor.map(({ why, cells: number }) => (
          <li key={why}>
            <span>{words.reason(why)}</span>
            <span>{format.number(number)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
});
