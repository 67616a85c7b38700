import { Button } from '@mantine/core';
import { lazy, Suspense, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { countryFootnote } from '../../../../../shared/kernel/countries.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { useFillHeight } from '../../../../ui/fill-height.ts';
import { useLanguage } from '../../../../ui/formats.ts';
import { RowBoundary } from '../../../../ui/Rows.tsx';
import { ColumnsMenu, useColumns } from './ColumnsMenu.tsx';
import type { Person } from '../find-people.ts';
import { nextSorting } from './list-order.ts';
import { tracksOf } from './list-tracks.ts';
import { PeopleBar } from './PeopleBar.tsx';
import { PeopleHead } from './PeopleHead.tsx';
import { PeopleRow } from './PeopleRow.tsx';
import { everyoneOf, extendedTo, NOBODY } from './selection.ts';
import { HEAD, useListCursor } from './use-list-cursor.ts';
import { usePeopleShown } from './use-people-shown.ts';
import { useSelection } from './use-selection.ts';
import classes from './PeopleList.module.css';

const ChangePeople = lazy(() => import('../ChangePeople.tsx').then((module) => ({ default: module.ChangePeople })));

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
  const columns = useColumns();
  const { tracks, least } = useMemo(() => tracksOf(columns, mayChange), [columns, mayChange]);
  const { found, order, sorted, isCurrent, ...shown } = usePeopleShown(people, columns);
  const { selection, setSelection, selected, select } = useSelection(found, order);
  const [changing, setChanging] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  // First, or every row would be drawn before the height is known.
  useFillHeight(scroller);
  const { rows, active, setActive, goTo } = useListCursor(scroller, found, isCurrent);
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
  return (
    <>
      <PeopleBar
        people={people}
        found={found.length}
        typed={shown.typed}
        narrowings={shown.narrowings}
        pairs={pairs}
        columns={<ColumnsMenu columns={columns} />}
        onType={(text) => narrow(() => shown.setTyped(text))}
        onNarrow={(next) => narrow(() => shown.setNarrowings(next))}
        onPairs={onPairs}
        onDown={() => (found.length > 0 || !isCurrent) && goTo(0)}
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
        <PeopleHead
          columns={columns}
          tracks={tracks}
          least={least}
          sorted={sorted}
          selected={mayChange ? { count: selected.length, of: order.length } : null}
          onSelectAll={(all) => setSelection(all ? everyoneOf(order) : NOBODY)}
          onSort={(column) => {
            narrow(() => shown.setSorting(nextSorting(sorted, column)));
            rows.scrollToOffset(0);
          }}
        />
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
        {found.length === 0 && <p className={classes.nobody}>{t('nobodyFound', { text: shown.typed })}</p>}
      </div>
      {/* Beneath the rows, so that none of them moves when the first one is selected. */}
      {mayChange && (
        <div data-beneath className={classes.beneath}>
          {selected.length > 0 && (
            <Selected count={selected.length} onChange={() => setChanging(true)} onNone={() => setSelection(NOBODY)} />
          )}
        </div>
      )}
      <Footnotes people={people} />
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

/** How many are selected, and what can be done with them. */
function Selected(props: { readonly count: number; readonly onChange: () => void; readonly onNone: () => void }) {
  const { t } = useTranslation('people');
  return (
    <section aria-label={t('select.label')} className={classes.selected}>
      <strong role="status">{t('select.count', { count: props.count })}</strong>
      <Button onClick={props.onChange}>{t('select.change')}</Button>
      <Button variant="subtle" onClick={props.onNone}>
        {t('select.none')}
      </Button>
    </section>
  );
}

/** The footnotes on countries that somebody in the list is from. */
function Footnotes({ people }: { readonly people: readonly Person[] }) {
  const language = useLanguage();
  const footnotes = [...new Set(people.map(({ country }) => (country === null ? null : countryFootnote(country, language))))].filter(
    (note) => note !== null,
  );
  return footnotes.map((note) => (
    <p key={note} className={classes.footnote}>
      {note}
    </p>
  ));
}
