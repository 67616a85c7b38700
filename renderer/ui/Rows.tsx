import { Component, Fragment, type CSSProperties, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AlertIcon } from './theme/icons.tsx';
import classes from './Rows.module.css';

/** The element in the place of a row that cannot be shown: an element that the list may hold. */
export type RowElement = 'li' | 'tr' | 'span' | 'div' | 'row';

interface RowsProps<T> {
  readonly of: readonly T[];
  readonly as: RowElement;
  /** Of a table's row: how many columns it spans. */
  readonly columns?: number;
  /** What tells a row from the others; left out: its `id`. */
  by?(item: T, index: number): string | number;
  /** The whole row, its element included. */
  children(item: T, index: number): ReactNode;
}

/** The rows of a list. One that cannot be shown says so in its place, and the list stands. */
export function Rows<T>({ of, as, columns, by = idOf, children }: RowsProps<T>) {
  return of.map((item, index) => (
    <RowBoundary key={keyOf(by, item, index)} of={item} as={as} columns={columns}>
      <Content>{() => children(item, index)}</Content>
    </RowBoundary>
  ));
}

interface BoundaryProps {
  /** What the row shows: when that is another value, the row is tried again. */
  readonly of: unknown;
  readonly as: RowElement;
  readonly columns?: number | undefined;
  /** Of a row that stands at a place of its own in a long list. */
  readonly style?: CSSProperties;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly of: unknown;
  readonly broken: boolean;
}

/** One row, or a part of a page, that must not take the rest away. */
export class RowBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { of: this.props.of, broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  static getDerivedStateFromProps(props: BoundaryProps, state: BoundaryState) {
    return props.of === state.of ? null : { of: props.of, broken: false };
  }

  override render() {
    const { as, columns, style, children } = this.props;
    return this.state.broken ? <NotReadable as={as} columns={columns} style={style} /> : children;
  }
}

/** Runs inside the boundary: what it throws is the row's. */
function Content({ children }: { children(): ReactNode }) {
  return <Fragment>{children()}</Fragment>;
}

function NotReadable({ as, columns, style }: Pick<BoundaryProps, 'as' | 'columns'> & { readonly style: CSSProperties | undefined }) {
  const { t } = useTranslation('app');
  const words = (
    <span className={classes.words} title={t('rowNotReadable')}>
      <AlertIcon size={16} /> {t('notReadable')}
    </span>
  );
  switch (as) {
    case 'li':
      return <li className={classes.row}>{words}</li>;
    case 'tr':
      return (
        <tr>
          <td colSpan={columns}>{words}</td>
        </tr>
      );
    case 'row':
      return (
        <div role="row" className={`${classes.row} ${classes.placed}`} style={style}>
          <span role="cell">{words}</span>
        </div>
      );
    case 'div':
      return <div className={classes.row}>{words}</div>;
    case 'span':
      return words;
  }
}

function idOf(item: unknown, index: number): string | number {
  return typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string' ? item.id : index;
}

/** Returns the key of a row; what tells it apart may itself be missing. */
function keyOf<T>(by: (item: T, index: number) => string | number, item: T, index: number): string | number {
  try {
    return by(item, index);
  } catch {
    return index;
  }
}
