import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { countryFootnote } from '../../../../shared/kernel/countries.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useFillHeight } from '../../../ui/fill-height.ts';
import { useFormats, useLanguage, useReadable } from '../../../ui/formats.ts';
import { ConflictIcon, SearchIcon } from '../../../ui/icons.tsx';
import { useFoundPeople, type Person } from './find-people.ts';
import { inOrderOf, NARROWINGS, narrowedTo, nextSorting, ORDERS, type Narrowing, type OrderWords, type Sorting } from './list-order.ts';
import { fullName, listFigures } from './person-words.ts';
import { RowBoundary } from '../../../ui/Rows.tsx';
import { RemovedFlag } from '../activity/RemovedNotice.tsx';
import classes from './PeopleList.module.css';

const ROW = 56;
const HEAD = 40;

interface Props {
  readonly people: readonly Person[];
  /** How many pairs are perhaps one person. */
  readonly pairs: number;
  readonly actions: ReactNode;
  onPairs(): void;
  onOpen(id: Id): void;
}

/** The list, as long as it may be: only the rows on screen are in the document. Arrows go from person to person. */
export function PeopleList({ people, pairs, actions, onPairs, onOpen }: Props) {
  const { t } = useTranslation('people');
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [narrowings, setNarrowings] = useState<ReadonlySet<Narrowing>>(new Set());
  const format = useFormats();
  const named = useFoundPeople(people, typed);
  const found = useMemo(() => {
    const words: OrderWords = (person, by) => {
      if (by === 'name') return fullName(person);
      if (by === 'sex') return person.sex === 'notStated' ? '' : t(`sex.${person.sex}`);
      if (by === 'profession') return person.profession === null ? '' : t(`profession.${person.profession}`);
      if (by === 'country') return person.country === null ? '' : format.country(person.country);
      if (by === 'language') return person.language === null ? '' : format.language(person.language);
      return person[by];
    };
    return inOrderOf(narrowedTo(named, narrowings), sorting, words, format.compare);
  }, [named, narrowings, sorting, format, t]);
  const figures = listFigures(people);
  const [active, setActive] = useState(0);
  const [, setTurn] = useState(0);
  const wanted = useRef<number | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  // First, or every row would be drawn before the height is known.
  useFillHeight(scroller);
  const rows = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => found[index]?.id ?? index,
    overscan: 8,
    scrollMargin: HEAD,
    scrollPaddingStart: HEAD,
  });
  // The row may have to be scrolled into the document before it can take the focus.
  useEffect(() => {
    if (wanted.current === null) return;
    const button = scroller.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] button`);
    if (!button) return;
    wanted.current = null;
    button.focus({ preventScroll: true });
  });
  const goTo = (index: number) => {
    const next = Math.min(Math.max(0, index), found.length - 1);
    wanted.current = next;
    rows.scrollToIndex(next, { align: 'auto' });
    // Also where the row is active already: the effect above gives it the focus.
    setActive(next);
    setTurn((turn) => turn + 1);
  };
  const press = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 10,
      PageUp: -10,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    const isInHead = (event.target as HTMLElement).closest('[role="columnheader"]') !== null;
    if (step === undefined || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    // From the headings the first row is one step down.
    goTo(isInHead ? 0 : active + step);
  };
  const footnotes = [...new Set(people.map(({ country }) => (country === null ? null : countryFootnote(country, language))))].filter(
    (note) => note !== null,
  );
  return (
    <>
      <div className={classes.bar}>
        <TextInput
          type="search"
          className={classes.search}
          aria-label={t('find')}
          placeholder={t('find')}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'Enter') {
              event.preventDefault();
              if (found.length > 0) goTo(0);
            } else if (event.key === 'Escape') setTyped('');
          }}
          leftSection={<SearchIcon />}
          rightSection={typed ? <CloseButton aria-label={t('showAll')} onClick={() => setTyped('')} /> : <Kbd size="md">/</Kbd>}
        />
        <p className={classes.figures} role="status">
          {found.length === people.length
            ? t('figures.all', { count: figures.count })
            : t('figures.found', { count: found.length, of: figures.count })}
        </p>
        <div role="group" aria-label={t('narrow')} className={classes.narrowings}>
          {NARROWINGS.filter((one) => figures[one] > 0 || narrowings.has(one)).map((one) => (
            <button
              key={one}
              type="button"
              className={classes.narrowing}
              aria-pressed={narrowings.has(one)}
              onClick={() => {
                setNarrowings((before) => (before.has(one) ? without(before, one) : new Set([...before, one])));
                setActive(0);
              }}
            >
              {one === 'toComplete' && <i className={classes.dot} />}
              {t(`figures.${one}`, { count: figures[one] })}
            </button>
          ))}
        </div>
        {pairs > 0 && (
          <button type="button" className={classes.pairs} onClick={onPairs}>
            {t('figures.pairs', { count: pairs })}
          </button>
        )}
        <div className={classes.actions}>{actions}</div>
      </div>
      <div
        ref={scroller}
        role="table"
        aria-label={t('label')}
        aria-rowcount={found.length + 1}
        className={classes.scroller}
        onKeyDown={press}
      >
        <div role="rowgroup" className={classes.head}>
          <div role="row" aria-rowindex={1} className={classes.row}>
            {ORDERS.map((column) => (
              <div
                key={column}
                role="columnheader"
                aria-sort={sorting?.by !== column ? undefined : sorting.down ? 'descending' : 'ascending'}
              >
                <button
                  type="button"
                  className={classes.sort}
                  title={t('sort.hint')}
                  onClick={() => {
                    setSorting(nextSorting(sorting, column));
                    setActive(0);
                    rows.scrollToOffset(0);
                  }}
                >
                  {t(`column.${column}`)}
                  <span aria-hidden="true">{sorting?.by !== column ? '' : sorting.down ? '↓' : '↑'}</span>
                </button>
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((item) => {
            const person = found[item.index];
            return (
              person && (
                <RowBoundary key={item.key} of={person} as="row" style={{ transform: `translateY(${item.start - HEAD}px)` }}>
                  <Row
                    person={person}
                    index={item.index}
                    top={item.start - HEAD}
                    active={item.index === active}
                    onOpen={onOpen}
                    onActive={setActive}
                  />
                </RowBoundary>
              )
            );
          })}
        </div>
        {found.length === 0 && <p className={classes.nobody}>{t('nobodyFound', { text: typed })}</p>}
      </div>
      {footnotes.map((note) => (
        <p key={note} className={classes.footnote}>
          {note}
        </p>
      ))}
    </>
  );
}

const Row = memo(function Row(props: {
  readonly person: Person;
  readonly index: number;
  readonly top: number;
  readonly active: boolean;
  onOpen(id: Id): void;
  onActive(index: number): void;
}) {
  const { person, index } = props;
  const { t } = useTranslation('people');
  const format = useFormats();
  const readable = useReadable();
  const unknown = <span className={classes.unknown}>{t('notRecorded')}</span>;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      className={`${classes.row} ${classes.person}`}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={() => props.onOpen(person.id)}
    >
      <div role="cell">
        <button
          type="button"
          tabIndex={props.active ? 0 : -1}
          className={classes.name}
          onFocus={() => props.onActive(index)}
          onClick={(event) => {
            event.stopPropagation();
            props.onOpen(person.id);
          }}
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
      <div role="cell">{readable(person, 'sex', person.sex === 'notStated' ? unknown : t(`sex.${person.sex}`))}</div>
      <div role="cell">{readable(person, 'profession', person.profession === null ? unknown : t(`profession.${person.profession}`))}</div>
      <div role="cell">{readable(person, 'institution', person.institution || unknown)}</div>
      <div role="cell">{readable(person, 'country', person.country === null ? unknown : format.country(person.country))}</div>
      <div role="cell">{readable(person, 'language', person.language === null ? unknown : format.language(person.language))}</div>
      <div role="cell" className={classes.email}>
        {readable(person, 'email', person.email === '' ? unknown : <Email address={person.email} />)}
      </div>
    </div>
  );
});

function without(all: ReadonlySet<Narrowing>, one: Narrowing): ReadonlySet<Narrowing> {
  return new Set([...all].filter((other) => other !== one));
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
