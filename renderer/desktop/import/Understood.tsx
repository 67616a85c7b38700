import { Checkbox, NativeSelect, NumberInput } from '@mantine/core';
import { memo, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { columnIndex } from '../../../shared/kernel/source.ts';
import type { ImportWords } from './import-words.ts';
import type { Options, Understood as Understanding } from './plan-view.ts';
import classes from './Understood.module.css';

interface Props {
  readonly understood: Understanding;
  /** The meanings that a column may be given. */
  readonly fields: readonly string[];
  /** What is said over the columns where none is known: they stand open then, and stay so while they are given a meaning. */
  readonly ask: string | null;
  readonly words: ImportWords;
  onChoose(options: Options): void;
}

/** How the file was read: its sheet, headings, encoding and columns, each to be chosen otherwise. */
export const Understood = memo(function Understood(props: Props) {
  const { t } = useTranslation(['intake', 'people']);
  const { columns, encodings } = props.understood;
  const known = columns.filter(({ field }) => field !== '').length;
  const asks = encodings.length > 1 || props.ask !== null;
  const [open, setOpen] = useState(asks);
  const [asked, setAsked] = useState(asks);
  if (asks !== asked) {
    setAsked(asks);
    if (asks) setOpen(true);
  }
  return (
    <details className={classes.root} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t('people:import.columns', { count: known })}
        <span className={classes.quiet}> {columns.length > known && t('intake:columnsLeft', { count: columns.length - known })}</span>
      </summary>
      {/* A list of thirty columns has hundreds of words to choose from: they are drawn for who looks. */}
      {open && <Reading {...props} />}
    </details>
  );
});

function Reading({ understood, fields, ask, words, onChoose }: Props) {
  const { t } = useTranslation(['intake', 'people']);
  const { sheets, sheet, turned = false, headerRow, encoding, encodings, columns } = understood;
  const unsure = encodings.length > 1;
  return (
    <>
      <div className={classes.file}>
        {sheets.length > 1 && (
          <NativeSelect
            label={t('intake:sheet')}
            value={sheet}
            onChange={(event) => onChoose({ sheet: event.currentTarget.value, headerRow: undefined, columns: undefined })}
            data={sheets.map(({ name, hidden, rows }) => ({
              value: name,
              label: t(hidden ? 'intake:sheetHidden' : 'intake:sheetRows', { name, count: rows }),
            }))}
          />
        )}
        <NumberInput
          label={t(turned ? 'intake:headerColumn' : 'intake:headerRow')}
          description={t('intake:headerRowHint')}
          value={headerRow}
          min={0}
          max={1_000_000}
          allowDecimal={false}
          allowNegative={false}
          onChange={(row) => typeof row === 'number' && row !== headerRow && onChoose({ headerRow: row, columns: undefined })}
        />
        <Checkbox
          className={classes.turned}
          label={t('intake:turned')}
          checked={turned}
          onChange={(event) => onChoose({ turned: event.currentTarget.checked, headerRow: undefined, columns: undefined })}
        />
        {unsure && (
          <Encodings chosen={encoding ?? ''} encodings={encodings} onChoose={(name) => onChoose({ encoding: name, columns: undefined })} />
        )}
      </div>
      {ask !== null && <p className={classes.ask}>{ask}</p>}
      <div className={classes.scroller} tabIndex={0} role="region" aria-label={t('intake:columns')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t(turned ? 'intake:row' : 'intake:column')}</th>
              <th scope="col">{t('intake:heading')}</th>
              <th scope="col">{t('intake:sample')}</th>
              <th scope="col">{t('intake:meaning')}</th>
              <th scope="col">{t('intake:because')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ column, header, field, why, sample }) => (
              <tr key={column} className={field === '' ? classes.left : undefined}>
                <td>{turned ? columnIndex(column)! + 1 : column}</td>
                <td className={classes.heading}>{header || '–'}</td>
                <td className={classes.sample}>{sample.join(' · ')}</td>
                <td>
                  <NativeSelect
                    className={classes.meaning}
                    aria-label={t('intake:meaningOf', { column: header || column })}
                    value={field}
                    onChange={(event) => onChoose({ columns: { ...chosenOf(columns), [column]: event.currentTarget.value } })}
                    data={[
                      { value: '', label: t('people:import.leftOut') },
                      ...[...new Set([...fields, ...(field === '' ? [] : [field])])].map((name) => ({
                        value: name,
                        label: words.field(name),
                      })),
                    ]}
                  />
                </td>
                <td className={classes.quiet}>{t(`intake:becauseOf.${why}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Returns the meanings of columns that were chosen by hand: they stay chosen when another one is. */
function chosenOf(columns: Understanding['columns']): Record<string, string> {
  return Object.fromEntries(columns.filter(({ why }) => why === 'chosen').map(({ column, field }) => [column, field]));
}

function Encodings(props: { readonly chosen: string; readonly encodings: Understanding['encodings']; onChoose(name: string): void }) {
  const { t } = useTranslation('intake');
  const group = useId();
  return (
    <fieldset className={classes.encodings}>
      <legend>{t('encoding')}</legend>
      {props.encodings.map(({ name, sample }) => (
        <label key={name}>
          <input type="radio" name={group} checked={name === props.chosen} onChange={() => props.onChoose(name)} />
          <span>
            <strong>{sample.slice(0, 2).join(' · ') || name}</strong> <span className={classes.quiet}>{name}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
