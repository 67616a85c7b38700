import type { CSSProperties } from 'react';
import { Rows } from '../../../ui/Rows.tsx';
import { useFormats } from '../../../ui/formats.ts';
import classes from './Figures.module.css';

interface Props {
  /** One for each question: its number or name, and by series a share in percent. */
  readonly pairs: readonly { readonly item: string; readonly shares: Readonly<Record<string, number>> }[];
  readonly series: readonly { readonly name: string; readonly color: string }[];
}

/** Bars of what was right before and after, one over the other beside the question's name, which may be as long as it is. */
export function PairBars({ pairs, series }: Props) {
  const format = useFormats();
  return (
    <ul className={classes.pairs} aria-hidden>
      <Rows of={pairs} as="li" by={({ item }) => item}>
        {({ item, shares }) => (
          <li className={classes.pair}>
            <span>{item}</span>
            <span>
              {series.map(({ name, color }) => {
                const bar: CSSProperties = { width: `${shares[name] ?? 0}%`, background: color };
                return (
                  <span key={name} className={classes.track}>
                    <i style={bar} />
                    {format.number(shares[name] ?? 0)}
                  </span>
                );
              })}
            </span>
          </li>
        )}
      </Rows>
    </ul>
  );
}
