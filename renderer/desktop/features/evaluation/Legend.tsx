import classes from './Figures.module.css';

/** The meanings of a chart's colours, in the order in which they stand. */
export function Legend({
  series,
}: {
  readonly series: readonly { readonly name: string; readonly label: string; readonly color: string }[];
}) {
  return (
    <ul className={classes.legend} aria-hidden>
      {series.map(({ name, label, color }) => (
        <li key={name}>
          <i style={{ background: color }} />
          {label}
        </li>
      ))}
    </ul>
  );
}
