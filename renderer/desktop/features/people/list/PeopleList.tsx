import { Button, Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  lazy,
  Suspense,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { useTranslation } from 'react-i18next';
import { countryFootnote } from '../../../../../shared/kernel/countries.ts';
import { recordedValue } from '../../../../../shared/features/people/field-words.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { useFillHeight } from '../../../../ui/fill-height.ts';
import { useFormats, useLanguage } from '../../../../ui/formats.ts';
import { RowBoundary } from '../../../../ui/Rows.tsx';
import { ColumnsMenu, useColumns } from './ColumnsMenu.tsx';
import { useFoundPeople, type Person } from '../find-people.ts';
import { inOrderOf, narrowedTo, nextSorting, type Narrowing, type OrderWords, type Sorting } from './list-order.ts';
import { tracksOf } from './list-tracks.ts';
import { PeopleBar } from './PeopleBar.tsx';
import { PeopleRow } from './PeopleRow.tsx';
import { fullName, useFieldWords } from '../person/person-words.ts';
import { everyoneOf, extendedTo, NOBODY, toggled } from './selection.ts';
import classes from './PeopleList.module.css';

const ChangePeople = lazy(() => import('../ChangePeople.tsx').then((module) => ({ default: module.ChangePeople })));

const ROW = 56;
const HEAD = 40;
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

interface Props {
  readonly activityId: Id;
  /** Of the workshop. */
  readonly countries: readonly string[];
  readonly people: readonly Person[];
  /** How many pairs are perhaps one person. */
  readonly pairs: number;
  readonly actions: ReactNode;
  readonly mayChange: boolean;
  onPairs(): void;
  onOpen(id: Id): void;
}

/** The list, as long as it may be: only the rows on screen are in the document. Arrows go from person to person, with Shift they select. */
export function PeopleList({ activityId, countries, people, pairs, actions, mayChange, onPairs, onOpen }: Props) {
  const { t } = useTranslation('people');
  const language = useLanguage();
  const format = useFormats();
  const valueWords = useFieldWords();
  const columns = useColumns();
  const { tracks, least } = useMemo(() => tracksOf(columns, mayChange), [columns, mayChange]);
  const [typed, setTyped] = useState('');
  const [sorting, setSorting] = useState<Sorting | null>(null);
  // By a column that is not shown nothing is in order.
  const sorted = sorting !== null && (sorting.by === 'name' || columns.includes(sorting.by)) ? sorting : null;
  const [narrowings, setNarrowings] = useState<ReadonlySet<Narrowing>>(new Set());
  // A key is on screen before the list that it leads to.
  const sought = useDeferredValue(typed);
  const named = useFoundPeople(people, sought);
  const found = useMemo(() => {
    const words: OrderWords = (person, by) => {
      if (by === 'name') return fullName(person);
      const value = recordedValue(by, person[by]);
      return value === null ? '' : valueWords(by, value);
    };
    return inOrderOf(narrowedTo(named, narrowings), sorted, words, format.compare);
  }, [named, narrowings, sorted, format, valueWords]);
  const order = useMemo(() => found.flatMap(({ id, erased }) => (erased ? [] : [id])), [found]);
  const [selection, setSelection] = useState(NOBODY);
  // Whoever is not shown is changed by nothing that is done here.
  const selected = useMemo(() => found.filter(({ id, erased }) => !erased && selection.ids.has(id)), [found, selection]);
  const [changing, setChanging] = useState(false);
  const latestOrder = useRef(order);
  useEffect(() => {
    latestOrder.current = order;
  });
  const select = useCallback(
    (id: Id, range: boolean) => setSelection((before) => (range ? extendedTo(before, latestOrder.current, id) : toggled(before, id))),
    [],
  );
  const [active, setActive] = useState(0);
  const [, setTurn] = useState(0);
  const wanted = useRef<{ readonly index: number; readonly part: 'button' | 'input' } | null>(null);
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
    // Not on a list of an earlier text, where somebody else stands there.
    if (wanted.current === null || sought !== typed) return;
    const { index, part } = wanted.current;
    const element = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] ${part}`);
    if (!element && found.length > 0) return;
    wanted.current = null;
    element?.focus({ preventScroll: true });
  });
  const goTo = (index: number, part: 'button' | 'input' = 'button'): number => {
    const next = Math.max(0, Math.min(index, found.length - 1));
    wanted.current = { index: next, part };
    rows.scrollToIndex(next, { align: 'auto' });
    // Also where the row is active already: the effect above gives it the focus.
    setActive(next);
    setTurn((turn) => turn + 1);
    return next;
  };
  const press = (event: KeyboardEvent) => {
    const isInHead = (event.target as HTMLElement).closest('[role="columnheader"]') !== null;
    if (mayChange && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      setSelection(everyoneOf(order));
    } else if (event.key === 'Escape' && selected.length > 0) {
      event.preventDefault();
      setSelection(NOBODY);
    }
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || found.length === 0) return;
    event.preventDefault();
    const isOnCheckbox = event.target instanceof HTMLInputElement && !isInHead;
    // From the headings the first row is one step down.
    const to = goTo(isInHead ? 0 : active + step, isOnCheckbox ? 'input' : 'button');
    const from = found[active]?.id ?? null;
    if (mayChange && event.shiftKey && !isInHead)
      setSelection((before) => extendedTo(before.ids.size === 0 ? { ...before, anchor: from } : before, order, found[to]!.id));
  };
  const narrow = (change: () => void) => {
    change();
    setActive(0);
  };
  const footnotes = [...new Set(people.map(({ country }) => (country === null ? null : countryFootnote(country, language))))].filter(
    (note) => note !== null,
  );
  return (
    <>
      <PeopleBar
        people={people}
        found={found.length}
        typed={typed}
        narrowings={narrowings}
        pairs={pairs}
        columns={<ColumnsMenu columns={columns} />}
        onType={(text) => narrow(() => setTyped(text))}
        onNarrow={(next) => narrow(() => setNarrowings(next))}
        onPairs={onPairs}
        onDown={() => (found.length > 0 || sought !== typed) && goTo(0)}
      >
        {actions}
      </PeopleBar>
      <div
        ref={scroller}
        role="table"
        aria-label={t('label')}
        aria-rowcount={found.length + 1}
        className={classes.scroller}
        onKeyDown={press}
      >
        <div role="rowgroup" className={classes.head} style={{ minWidth: least }}>
          <div role="row" aria-rowindex={1} className={classes.row} style={{ gridTemplateColumns: tracks }}>
            {mayChange && (
              <div role="columnheader">
                <Checkbox
                  aria-label={t('select.all')}
                  title={t('select.hint')}
                  checked={selected.length > 0 && selected.length === order.length}
                  indeterminate={selected.length > 0 && selected.length < order.length}
                  onChange={(event) => setSelection(event.currentTarget.checked ? everyoneOf(order) : NOBODY)}
                />
              </div>
            )}
            {(['name', ...columns] as const).map((column) => (
              <div
                key={column}
                role="columnheader"
                aria-sort={sorted?.by !== column ? undefined : sorted.down ? 'descending' : 'ascending'}
              >
                <button
                  type="button"
                  className={classes.sort}
                  title={t('sort.hint')}
                  onClick={() => {
                    narrow(() => setSorting(nextSorting(sorted, column)));
                    rows.scrollToOffset(0);
                  }}
                >
                  {column === 'name' ? t('column.name') : t(`field.${column}`)}
                  <span aria-hidden="true">{sorted?.by !== column ? '' : sorted.down ? '↓' : '↑'}</span>
                </button>
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: rows.getTotalSize(), minWidth: least }}>
          {rows.getVirtualItems().map((item) => {
            const person = found[item.index];
            return (
              person && (
                <RowBoundary key={item.key} of={person} as="row" style={{ transform: `translateY(${item.start - HEAD}px)` }}>
                  <PeopleRow
                    person={person}
                    index={item.index}
                    top={item.start - HEAD}
                    active={item.index === active}
                    columns={columns}
                    tracks={tracks}
                    selected={mayChange ? selection.ids.has(person.id) : undefined}
                    onOpen={onOpen}
                    onActive={setActive}
                    onSelect={select}
                  />
                </RowBoundary>
              )
            );
          })}
        </div>
        {found.length === 0 && <p className={classes.nobody}>{t('nobodyFound', { text: typed })}</p>}
      </div>
      {/* Beneath the rows, so that none of them moves when the first one is selected. */}
      {mayChange && (
        <div data-beneath className={classes.beneath}>
          {selected.length > 0 && (
            <section aria-label={t('select.label')} className={classes.selected}>
              <strong role="status">{t('select.count', { count: selected.length })}</strong>
              <Button onClick={() => setChanging(true)}>{t('select.change')}</Button>
              <Button variant="subtle" onClick={() => setSelection(NOBODY)}>
                {t('select.none')}
              </Button>
            </section>
          )}
        </div>
      )}
      {footnotes.map((note) => (
        <p key={note} className={classes.footnote}>
          {note}
        </p>
      ))}
      <Suspense>
        {changing && (
          <ChangePeople
            activityId={activityId}
            ids={selected.map(({ id }) => id)}
            countries={countries}
            onClose={() => setChanging(false)}
          />
        )}
      </Suspense>
    </>
  );
}
