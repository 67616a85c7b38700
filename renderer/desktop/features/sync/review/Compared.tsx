import { wordDiff } from '../../../../../shared/features/sync/word-diff.ts';
import classes from '../Sync.module.css';

/** A text against the one that it was written over: what was added is underlined, what was taken out is struck through. */
export function Compared({ base, text }: { readonly base: string; readonly text: string }) {
  const stretches = wordDiff(base, text);
  if (!stretches) return <p className={classes.compared}>{text}</p>;
  return (
    <p className={classes.compared}>
      {stretches.map(({ kind, text: words }, index) =>
        kind === 'added' ? <ins key={index}>{words}</ins> : kind === 'removed' ? <del key={index}>{words}</del> : words,
      )}
    </p>
  );
}

/** From how many characters on a text is worth a comparison word by word. */
export const WORTH_COMPARING = 40;
