import { memo } from 'react';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Answer } from '../../app/engine.ts';
import type { GridModel } from './grid-model.ts';
import { MarkCell } from './MarkCell.tsx';
import classes from './AttendanceGrid.module.css';

export type Person = Answer<'people.list'>[number];

interface Props {
  readonly model: GridModel;
  readonly person: Person;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly halfDays: readonly HalfDay[];
  readonly open: HalfDay | null;
  readonly toComplete: string;
}

/** A person and their half-days. Two people of one name show their institution, so that nobody marks the wrong one. */
export const GridRow = memo(function GridRow({ model, person, index, top, halfDays, open, toComplete }: Props) {
  const name = `${person.familyName} ${person.givenName}`.trim();
  return (
    <div role="row" aria-rowindex={index + 2} className={classes.row} style={{ transform: `translateY(${top}px)` }}>
      <div role="rowheader" aria-colindex={1} className={classes.person}>
        <span className={classes.name}>
          <span className={classes.family}>{person.familyName}</span> {person.givenName}
          {person.homonym && person.institution && <span className={classes.institution}>{person.institution}</span>}
        </span>
        {!person.complete && (
          <span className={classes.toComplete} title={toComplete}>
            <span className="unseen">{toComplete}</span>
          </span>
        )}
        <span className={classes.country}>{person.country === 'XK' ? 'XK*' : (person.country ?? '')}</span>
      </div>
      {halfDays.map((halfDay, column) => (
        <MarkCell key={halfDay} model={model} personId={person.id} name={name} halfDay={halfDay} column={column} open={halfDay === open} />
      ))}
    </div>
  );
});
