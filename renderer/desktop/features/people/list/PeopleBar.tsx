import { CloseButton, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchIcon } from '../../../../ui/theme/icons.tsx';
import type { Person } from '../find-people.ts';
import { NARROWINGS, type Narrowing } from './list-order.ts';
import { listFigures } from '../person/person-words.ts';
import { SingleKey } from '../../../app/keyboard/single-keys.tsx';
import classes from './PeopleList.module.css';

interface Props {
  readonly people: readonly Person[];
  readonly found: number;
  readonly typed: string;
  readonly narrowings: ReadonlySet<Narrowing>;
  readonly pairs: number;
  /** Which columns there are. */
  readonly columns: ReactNode;
  readonly children: ReactNode;
  onType(typed: string): void;
  onNarrow(narrowings: ReadonlySet<Narrowing>): void;
  onPairs(): void;
  /** Goes to the first who is found. */
  onDown(): void;
}

/** The search and the filters of a list of people, how many there are, and what can be done with the list. */
export function PeopleBar({ people, found, typed, narrowings, pairs, columns, children, onType, onNarrow, onPairs, onDown }: Props) {
  const { t } = useTranslation('people');
  const figures = listFigures(people);
  return (
    <div className={classes.bar}>
      <TextInput
        type="search"
        className={classes.search}
        aria-label={t('find')}
        placeholder={t('find')}
        value={typed}
        onChange={(event) => onType(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault();
            onDown();
          } else if (event.key === 'Escape') onType('');
        }}
        leftSection={<SearchIcon />}
        rightSection={typed ? <CloseButton aria-label={t('showAll')} onClick={() => onType('')} /> : <SingleKey>/</SingleKey>}
      />
      <p className={classes.figures} role="status">
        {found === people.length ? t('figures.all', { count: figures.count }) : t('figures.found', { count: found, of: figures.count })}
      </p>
      <div role="group" aria-label={t('narrow')} className={classes.narrowings}>
        {NARROWINGS.filter((one) => figures[one] > 0 || narrowings.has(one)).map((one) => (
          <button
            key={one}
            type="button"
            className={classes.narrowing}
            aria-pressed={narrowings.has(one)}
            onClick={() => onNarrow(narrowings.has(one) ? without(narrowings, one) : new Set([...narrowings, one]))}
          >
            {one === 'toComplete' && <i className={classes.dot} />}
            {t(`figures.${one}`, { count: figures[one] })}
          </button>
        ))}
      </div>
      {columns}
      {pairs > 0 && (
        <button type="button" className={classes.pairs} onClick={onPairs}>
          {t('figures.pairs', { count: pairs })}
        </button>
      )}
      <div className={classes.actions}>{children}</div>
    </div>
  );
}

function without(all: ReadonlySet<Narrowing>, one: Narrowing): ReadonlySet<Narrowing> {
  return new Set([...all].filter((other) => other !== one));
}
