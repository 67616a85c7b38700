import type { CSSProperties } from 'react';
import { shareDrawn, type BlockOf, type Table, type TableRow } from '../../../../shared/features/document/blocks.ts';
import { Rows } from '../../../ui/Rows.tsx';
import classes from './Tables.module.css';

/** How much of its full length the bar of a row is, from 0 to 1. */
type Share = (row: TableRow) => number;

/** Bars beside the table that says the same in words and numbers. */
export function Chart({ block: { table, drawn, of } }: { readonly block: BlockOf<'chart'> }) {
  return <TableOfRows table={table} share={({ cells }) => shareDrawn(of, cells[drawn]?.number)} />;
}

/** A table with its title; one of a single column leaves room for another beside it. */
export function TableOfRows({ table, share }: { readonly table: Table; readonly share?: Share }) {
  const { title, rowHeading, columns, rows } = table;
  const hasHeadings = rowHeading !== '' || columns.some(({ heading }) => heading !== '');
  return (
    <table className={classes.table} data-narrow={columns.length === 1 || undefined}>
      <caption>{title}</caption>
      {hasHeadings && (
        <thead>
          <tr>
            {rowHeading === '' ? <td /> : <th scope="col">{rowHeading}</th>}
            {columns.map(({ heading, holds }, at) =>
              heading === '' ? (
                <td key={at} />
              ) : (
                <th key={at} scope="col" className={classes[holds]}>
                  {heading}
                </th>
              ),
            )}
            {share && <td />}
          </tr>
        </thead>
      )}
      <tbody>
        <Rows of={rows} as="tr" columns={columns.length + (share ? 2 : 1)} by={({ key }) => key}>
          {(row) => (
            <tr>
              <th scope="row">{row.label}</th>
              {columns.map(({ holds }, at) => (
                <td key={at} className={classes[holds]}>
                  {row.cells[at]?.text}
                </td>
              ))}
              {share && (
                <td className={classes.wide} data-many={columns.length > 2 || undefined}>
                  <Bar share={share(row)} />
                </td>
              )}
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
