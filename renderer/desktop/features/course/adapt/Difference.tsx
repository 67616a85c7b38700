import { useMemo } from 'react';
import type { Language } from '../../../../../shared/kernel/text.ts';
import { differenceOf } from '../../../../../shared/features/course/text-difference.ts';
import classes from './Comparison.module.css';

/** How a text became another: what went is struck through, what came is underlined. */
export function Difference({
  before,
  after,
  language,
}: {
  readonly before: string;
  readonly after: string;
  readonly language: Language | undefined;
}) {
  const pieces = useMemo(() => differenceOf(before, after), [before, after]);
  return (
    <p className={classes.difference} lang={language}>
      {pieces.map(({ is, text }, at) => {
        if (is === 'removed') return <del key={at}>{text}</del>;
        return is === 'added' ? <ins key={at}>{text}</ins> : <span key={at}>{text}</span>;
      })}
    </p>
  );
}
