import type { BlockOf } from '../../../../shared/features/document/blocks.ts';
import { Rows } from '../../../ui/Rows.tsx';
import classes from './Facts.module.css';

/** Figures large and side by side, each with what it is of, or sentences one under the other. */
export function Facts({ block: { look, facts }, name }: { readonly block: BlockOf<'facts'>; readonly name: string }) {
  return (
    <dl className={classes[look]}>
      <Rows of={facts} as="div" by={({ key }) => key}>
        {({ key, label, cell, of }) => (
          <div>
            <dt>{label}</dt>
            <dd className={classes.value} data-testid={`${name}-${key}`}>
              {cell.text}
            </dd>
            {of !== undefined && <dd className={classes.of}>{of}</dd>}
          </div>
        )}
      </Rows>
    </dl>
  );
}
