import { Checkbox } from '@mantine/core';
import { memo, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { recordedValue } from '../../../../../shared/features/people/field-words.ts';
import type { ListColumn } from '../../../../../shared/features/people/list-columns.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { useReadable } from '../../../../ui/formats.ts';
import { ConflictIcon } from '../../../../ui/theme/icons.tsx';
import { RemovedFlag } from '../../activity/workshop/RemovedNotice.tsx';
import type { Person } from '../find-people.ts';
import { useFieldWords, useNameShown } from '../person/person-words.ts';
import classes from './PeopleList.module.css';

interface Props {
  readonly person: Person;
  readonly index: number;
  readonly top: number;
  readonly active: boolean;
  readonly columns: readonly ListColumn[];
  /** The tracks of the list's grid. */
  readonly tracks: string;
  /** Undefined: nobody can be selected. */
  readonly selected: boolean | undefined;
  onOpen(id: Id): void;
  onActive(index: number): void;
  /** `range`: with everybody from the one who was selected last. */
  onSelect(id: Id, range: boolean): void;
}

/** Somebody in the list: a click opens their details, with Ctrl or Shift it selects. */
export const PeopleRow = memo(function PeopleRow(props: Props) {
  const { person, index } = props;
  const { t } = useTranslation('people');
  const readable = useReadable();
  const nameShown = useNameShown();
  const press = (event: MouseEvent) => {
    event.stopPropagation();
    const selects = props.selected !== undefined && !person.erased && (event.shiftKey || event.ctrlKey || event.metaKey);
    if (selects) props.onSelect(person.id, event.shiftKey);
    else props.onOpen(person.id);
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-selected={(props.selected && !person.erased) || undefined}
      className={`${classes.row} ${classes.person}`}
      style={{ transform: `translateY(${props.top}px)`, gridTemplateColumns: props.tracks }}
      // A range is no text to be copied.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={press}
    >
      {props.selected !== undefined && (
        <div role="cell" className={classes.select} onClick={(event) => event.stopPropagation()}>
          {!person.erased && (
            <Checkbox
              aria-label={t('select.one', { name: nameShown(person) })}
              tabIndex={props.active ? 0 : -1}
              checked={props.selected}
              onFocus={() => props.onActive(index)}
              onChange={({ nativeEvent }) => props.onSelect(person.id, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true)}
            />
          )}
        </div>
      )}
      <div role="cell">
        <button
          type="button"
          tabIndex={props.active ? 0 : -1}
          className={classes.name}
          onFocus={() => props.onActive(index)}
          onClick={press}
        >
          <strong>{readable(person, 'familyName', person.familyName)}</strong> {readable(person, 'givenName', person.givenName)}
        </button>
        {(person.homonym || !person.complete || person.linked.length > 0 || person.removed) && (
          <span className={classes.flags}>
            {!person.complete && (
              <span>
                <i className={classes.dot} />
                {t('toComplete')}
              </span>
            )}
            {person.linked.length > 0 && <Records person={person} />}
            {person.homonym && <span className={classes.homonym}>{t('homonym')}</span>}
            <RemovedFlag removed={person.removed} />
          </span>
        )}
      </div>
      {props.columns.map((column) => (
        <div key={column} role="cell" className={column === 'email' ? classes.email : undefined}>
          <Value person={person} column={column} />
        </div>
      ))}
    </div>
  );
});

/** The value of somebody in a column. */
function Value({ person, column }: { readonly person: Person; readonly column: ListColumn }) {
  const { t } = useTranslation('people');
  const words = useFieldWords();
  const readable = useReadable();
  const value = recordedValue(column, person[column]);
  if (value === null) return readable(person, column, <span className={classes.unknown}>{t('notRecorded')}</span>);
  return readable(person, column, column === 'email' ? <Email address={value} /> : words(column, value));
}

/** Of how many records somebody is, with a sign where these differ. */
function Records({ person }: { readonly person: Person }) {
  const { t } = useTranslation('people');
  const count = t('records', { count: person.linked.length + 1 });
  if (person.apart.length === 0) return <span className={classes.homonym}>{count}</span>;
  return (
    <span className={classes.differ}>
      <ConflictIcon size={16} />
      {count}
      <span className="unseen">{t('differ')}</span>
    </span>
  );
}

/** A long address breaks before its domain, and is never cut. */
function Email({ address }: { readonly address: string }) {
  const at = address.indexOf('@');
  return (
    <>
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </>
  );
}
