import { Fragment, type CSSProperties } from 'react';
import { shareDrawn, type BlockOf, type Table, type TableRow } from '../../../../shared/features/document/blocks.ts';
import { Rows } from '../../../ui/Rows.tsx';
import classes from './Tables.module.css';

/** The bars of a table: behind the numbers of which column they stand, and how much of its full length that of a row is, from 0 to 1. */
interface Bars {
  readonly column: number;
  share(row: TableRow): number;
}

/** Bars beside the table that says the same in words and numbers. */
export function Chart({ block: { table, drawn, of } }: { readonly block: BlockOf<'chart'> }) {
  return <TableOfRows table={table} bars={{ column: drawn, share: ({ cells }) => shareDrawn(of, cells[drawn]?.number) }} />;
}

/** A table with its title; one of a single column leaves room for another beside it. */
export function TableOfRows({ table, bars }: { readonly table: Table; readonly bars?: Bars }) {
  const { title, rowHeading, columns, rows } = table;
  const hasHeadings = rowHeading !== '' || columns.some(({ heading }) => heading !== '');
  return (
    <table className={classes.table} data-narrow={columns.length === 1 || undefined}>
      <caption>{title}</caption>
      {hasHeadings && (
        <thead>
          <tr>
            {rowHeading === '' ? <td /> : <th scope="col">{rowHeading}</th>}
            {columns.map(({ heading, holds }, at) => (
              <Fragment key={at}>
                {heading === '' ? (
                  <td />
                ) : (
                  <th scope="col" className={classes[holds]}>
                    {heading}
                  </th>
                )}
                {bars?.column === at && <td />}
              </Fragment>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        <Rows of={rows} as="tr" columns={columns.length + (bars ? 2 : 1)} by={({ key }) => key}>
          {(row) => (
            <tr>
              <th scope="row">{row.label}</th>
              {columns.map(({ holds }, at) => (
                <Fragment key={at}>
                  <td className={classes[holds]}>{row.cells[at]?.text}</td>
                  {bars?.column === at && (
                    <td className={classes.wide} data-many={columns.length > 2 || undefined}>
                      <Bar share={bars.share(row)} />
                    </td>
                  )}
                </Fragment>
              ))}
            </tr>
          )}
        </Rows>
      </tbody>
    </table>
  );
}

function Bar({ share }: { readonly share: number }) {
  const width: CSSProperties = { width: `${100 * share}%` };
  return <span className={classes.bar} style={width} aria-hidden />;
}
