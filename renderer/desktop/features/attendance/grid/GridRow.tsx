import { memo } from 'react';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { Answer } from '../../../app/engine.ts';
import { fullName } from '../../people/person/person-words.ts';
import type { GridModel } from './grid-model.ts';
import { LONG_NAME } from './grid-sizes.ts';
import { MarkCell } from './MarkCell.tsx';
import classes from './AttendanceGrid.module.css';

export type Person = Answer<'people.list'>[number];

interface RowProps {
  readonly model: GridModel;
  readonly person: Person;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly halfDays: readonly HalfDay[];
  /** Indexes of the half-days on screen. */
  readonly columns: readonly number[];
  readonly open: HalfDay | null;
  readonly toComplete: string;
}

/** A person's half-days. The name is here for who listens; who looks finds it in the pane of names. */
export const GridRow = memo(function GridRow({ model, person, index, top, halfDays, columns, open, toComplete }: RowProps) {
  const name = model.words.name(person);
  const country = person.country ?? '';
  return (
    <div role="row" aria-rowindex={index + 2} className={classes.row} style={{ top }}>
      <span role="rowheader" aria-colindex={1} className="unseen">
        {[name, person.homonym ? person.institution : '', country, person.complete ? '' : toComplete].filter(Boolean).join(', ')}
      </span>
      {columns.map((column) => {
        const halfDay = halfDays[column];
        if (halfDay === undefined) return null;
        return (
          <MarkCell
            key={halfDay}
            model={model}
            personId={person.id}
            name={name}
            halfDay={halfDay}
            column={column}
            open={halfDay === open}
          />
        );
      })}
    </div>
  );
});

interface NameProps {
  readonly model: GridModel;
  readonly person: Person;
  /** The name as it fits and differs from the others'. */
  readonly shown: string;
  readonly top: number;
  readonly toComplete: string;
}

/**
 * A person's name in the column that stays when the half-days scroll. One pane for all names: a sticky element in every row is a
 * layer of its own to the browser, and drawing them took longer than everything else. Two people of one name show their
 * institution, so that nobody marks the wrong one.
 */
export const GridName = memo(function GridName({ model, person, shown, top, toComplete }: NameProps) {
  const name = fullName(person);
  const isWhole = shown === name;
  return (
    <div className={classes.person} style={{ top }}>
      <span className={classes.name} data-long={[...shown].length > LONG_NAME || undefined} title={isWhole ? undefined : name}>
        {name === '' ? (
          model.words.name(person)
        ) : !isWhole ? (
          <span className={classes.family}>{shown}</span>
        ) : (
          <>
            <span className={classes.family}>{person.familyName}</span> {person.givenName}
          </>
        )}
        {person.homonym && person.institution && <span className={classes.institution}>{person.institution}</span>}
      </span>
      {!person.complete && <span className={classes.toComplete} title={toComplete} />}
      <span className={classes.country}>{person.country === 'XK' ? 'XK*' : (person.country ?? '')}</span>
    </div>
  );
});
