import { Button, Kbd } from '@mantine/core';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../shared/kernel/ids.ts';
import { useFormats } from '../../ui/formats.ts';
import type { ImportKey } from '../app/keyboard/key-table.ts';
import type { ImportWords } from './import-words.ts';
import { countsOf, FILTERS, passes, type Filter, type ShownRow, type Take } from './plan-view.ts';
import { RowDecision, type KnownName } from './RowDecision.tsx';
import classes from './PlanRows.module.css';

const ROW = 48;
const HEAD = 36;

/** What a row may become by hand, in this kind of import. */
export type Takes = readonly Take[];

interface Props {
  readonly rows: readonly ShownRow[];
  /** They are columns of the file. */
  readonly turned?: boolean;
  /** Chooses the words: a new row is a new person, mark or sheet. */
  readonly kind: 'people' | 'attendance' | 'answers';
  readonly takes: Takes;
  /** Everybody whom a row may be said to be. */
  readonly people: readonly KnownName[];
  readonly words: ImportWords;
  /** What the rows come from, where that is no file. */
  readonly source?: string;
  onDecide(row: ShownRow, take: Take | null, personId?: Id): void;
}

/**
 * What would become of each row, as long as the list may be: only the rows on screen are in the document. Arrows go from row to row, a letter decides and goes on, Enter
 * goes to what is said about the row.
 */
export function PlanRows({ rows, turned = false, kind, takes, people, words, source, onDecide }: Props) {
  const { t } = useTranslation('intake');
  const format = useFormats();
  const counts = useMemo(() => countsOf(rows), [rows]);
  const [filter, setFilter] = useState<Filter>('all');
  const shown = useMemo(() => rows.filter((row) => passes(row, filter)), [rows, filter]);
  // Titles over the list are nothing to begin with.
  const [chosen, setChosen] = useState(() =>
    Math.max(
      0,
      rows.findIndex(({ does }) => does !== 'leave'),
    ),
  );
  const active = Math.min(chosen, Math.max(0, shown.length - 1));
  const wanted = useRef<number | null>(null);
  const [, setTurn] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const about = useRef<HTMLDivElement>(null);
  const view = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => shown[index]?.key ?? index,
    overscan: 8,
    // The row that the keyboard is at stays in the document however far the list is scrolled, or Tab would pass the list by.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), active])].filter((at) => at < shown.length).sort((a, b) => a - b),
    scrollMargin: HEAD,
    scrollPaddingStart: HEAD,
  });
  // The row may have to be scrolled into the document before it can take the focus.
  useEffect(() => {
    if (wanted.current === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });
  const goTo = (index: number) => {
    const next = Math.max(0, Math.min(index, shown.length - 1));
    wanted.current = next;
    view.scrollToIndex(next, { align: 'auto' });
    setChosen(next);
    setTurn((turn) => turn + 1);
  };
  const one = shown[active];
  const decide = (take: Take | null, personId?: Id) => {
    if (!one) return;
    onDecide(one, take, personId);
    goTo(take === null ? active : active + 1);
  };
  // The same for as long as the list lives: scrolling draws rows, and not what is said of one of them.
  const latest = useRef(decide);
  useEffect(() => {
    latest.current = decide;
  });
  const decideHere = useCallback((take: Take | null, personId?: Id) => latest.current(take, personId), []);
  const open = (what: 'decision' | 'same') =>
    about.current?.querySelector<HTMLElement>(what === 'same' ? '[data-same]' : 'button:not(:disabled), input')?.focus();
  const same = (number = 0) => {
    if (!one || !takes.includes('same')) return;
    const { candidates, personId } = one.planned;
    const id =
      candidates.length === 1 || number > 0 ? candidates[Math.max(0, number - 1)]?.personId : candidates.length === 0 ? personId : null;
    if (id) decide('same', id);
    else if (number === 0) open('same');
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = STEPS[event.key];
    const key = event.key.toLowerCase();
    if (step !== undefined) goTo(active + step);
    else if (key === 'n' && takes.includes('new')) decide('new');
    else if (key === 's') same();
    else if (/^[1-9]$/.test(key)) same(Number(key));
    else if (key === 'l') decide('leave');
    else if (event.key === 'Backspace' || event.key === 'Delete') decide(null);
    else if (event.key === 'Enter') open('decision');
    else return;
    event.preventDefault();
  };
  return (
    <section className={classes.root} aria-label={source ?? t('rows')}>
      <div className={classes.filters} role="group" aria-label={t('filter.label')}>
        {FILTERS.filter((name) => name === 'all' || name === filter || counts[name] > 0).map((name) => (
          <Button
            key={name}
            size="compact-md"
            variant={name === filter ? 'light' : 'subtle'}
            aria-pressed={name === filter}
            onClick={() => {
              setFilter(name);
              setChosen(0);
            }}
          >
            {t(`filter.${name}`)}
            <span className={classes.count}>{format.number(counts[name])}</span>
          </Button>
        ))}
      </div>
      <div
        ref={scroller}
        role="grid"
        aria-label={source ?? t('rows')}
        aria-rowcount={shown.length + 1}
        className={classes.scroller}
        onKeyDown={press}
      >
        <div role="rowgroup" className={classes.head}>
          <div role="row" aria-rowindex={1} className={classes.row}>
            <div role="columnheader" className={classes.number}>
              {t(turned ? 'column' : 'row')}
            </div>
            <div role="columnheader">{source ?? t('inFile')}</div>
            <div role="columnheader">{t('happens')}</div>
          </div>
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: view.getTotalSize() }}>
          {view.getVirtualItems().map((item) => {
            const row = shown[item.index];
            return (
              row && (
                <Row
                  key={item.key}
                  row={row}
                  kind={kind}
                  words={words}
                  index={item.index}
                  top={item.start - HEAD}
                  active={item.index === active}
                  onActive={setChosen}
                />
              )
            );
          })}
        </div>
        {shown.length === 0 && <p className={classes.nothing}>{t('filter.nothing')}</p>}
      </div>
      {one && (
        <div
          ref={about}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            event.nativeEvent.stopImmediatePropagation();
            goTo(active);
          }}
        >
          <RowDecision
            key={one.key}
            row={one}
            turned={turned}
            kind={kind}
            takes={takes}
            people={people}
            words={words}
            onDecide={decideHere}
          />
        </div>
      )}
      {takes.length > 0 && (
        <p className={classes.legend}>
          {LEGEND.filter(({ take }) => take === undefined || takes.includes(take)).map(({ key }) => (
            <span key={key}>
              <Kbd>{t(`keys.${key}.key`)}</Kbd> {t(`keys.${key}.does`)}
            </span>
          ))}
        </p>
      )}
    </section>
  );
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
  Home: -Infinity,
  End: Infinity,
};

const LEGEND: readonly { readonly key: ImportKey; readonly take?: Take }[] = [
  { key: 'move' },
  { key: 'new', take: 'new' },
  { key: 'same', take: 'same' },
  { key: 'leave', take: 'leave' },
  { key: 'back' },
  { key: 'open' },
];

const SIGNS: Readonly<Record<ShownRow['does'], string>> = { new: '+', same: '=', change: '→', leave: '–', ask: '?' };

const Row = memo(function Row(props: {
  readonly row: ShownRow;
  readonly kind: Props['kind'];
  readonly words: ImportWords;
  readonly index: number;
  readonly top: number;
  readonly active: boolean;
  onActive(index: number): void;
}) {
  const { row, kind, words, index } = props;
  const { t } = useTranslation('intake');
  const { planned, does, decision } = row;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.active}
      data-index={index}
      tabIndex={props.active ? 0 : -1}
      className={`${classes.row} ${classes.planned}`}
      style={{ transform: `translateY(${props.top}px)` }}
      onFocus={() => props.onActive(index)}
    >
      <div role="gridcell" className={classes.number}>
        {row.place}
      </div>
      <div role="gridcell" className={classes.name}>
        {planned.name || t('noName')}
        {planned.sheet !== '' && <span className={classes.sheet}>{planned.sheet}</span>}
      </div>
      <div role="gridcell" className={classes.does} data-does={does}>
        <b aria-hidden>{SIGNS[does]}</b>
        <span>
          {t(`does.${kind}.${does}`)}
          {decision !== undefined && <i className={classes.hand}> {t('byHand')}</i>}
          <Why row={row} words={words} />
        </span>
      </div>
    </div>
  );
});

/** In a word: what changes, why it is left out or asked. */
function Why({ row, words }: { readonly row: ShownRow; readonly words: ImportWords }) {
  const { t } = useTranslation('intake');
  const { planned, does, decision, doubts } = row;
  const said =
    does === 'change'
      ? planned.changes.map(({ field, from, to }) =>
          t('change.whole', { field: words.field(field), from: words.value(field, from), to: words.value(field, to) }),
        )
      : decision === undefined && (does === 'leave' || does === 'ask') && planned.why !== ''
        ? [words.reason(planned.why)]
        : doubts.map(({ code }) => words.reason(code));
  return said.length === 0 ? null : <small>{said.join(' · ')}</small>;
}
