import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ListColumn } from '../../../../../shared/features/people/list-columns.ts';
import type { Order, Sorting } from './list-order.ts';
import classes from './PeopleList.module.css';

interface Props {
  readonly columns: readonly ListColumn[];
  readonly tracks: string;
  /** How wide the columns are at least. */
  readonly least: number;
  readonly sorted: Sorting | null;
  /** How many of those who can be selected are; null: nobody can. */
  readonly selected: { readonly count: number; readonly of: number } | null;
  onSelectAll(all: boolean): void;
  onSort(column: Order): void;
}

/** The headings over the list: each sorts by its column, the box selects everybody. */
export function PeopleHead({ columns, tracks, least, sorted, selected, onSelectAll, onSort }: Props) {
  const { t } = useTranslation('people');
  return (
    <div role="rowgroup" className={classes.head} style={{ minWidth: least }}>
      <div role="row" aria-rowindex={1} className={classes.row} style={{ gridTemplateColumns: tracks }}>
        {selected && (
          <div role="columnheader">
            <Checkbox
              aria-label={t('select.all')}
              title={t('select.hint')}
              checked={selected.count > 0 && selected.count === selected.of}
              indeterminate={selected.count > 0 && selected.count < selected.of}
              onChange={(event) => onSelectAll(event.currentTarget.checked)}
            />
          </div>
        )}
        {(['name', ...columns] as const).map((column) => (
          <div key={column} role="columnheader" aria-sort={sorted?.by !== column ? undefined : sorted.down ? 'descending' : 'ascending'}>
            <button type="button" className={classes.sort} title={t('sort.hint')} onClick={() => onSort(column)}>
              {column === 'name' ? t('column.name') : t(`field.${column}`)}
              <span aria-hidden="true">{sorted?.by !== column ? '' : sorted.down ? '↓' : '↑'}</span>
            </button>
          </div>
        ))}
      </div>
    </div>
  );
}
