import { Button, Kbd } from '@mantine/core';
import { memo, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../shared/kernel/ids.ts';
import { useFormats } from '../../ui/formats.ts';
import type { ImportKey } from '../app/keyboard/key-table.ts';
import type { ImportWords } from './import-words.ts';
import { countsOf, FILTERS, passes, type Filter, type ShownRow, type Take } from './plan-view.ts';
import { RowDecision, type KnownName } from './RowDecision.tsx';
import { HEAD, usePlanCursor } from './use-plan-cursor.ts';
import { useRowKeys } from './use-row-keys.ts';
import classes from './PlanRows.module.css';

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
  const [filter, setFilter] = useState<Filter>('all');
  const shown = useMemo(() => rows.filter((row) => passes(row, filter)), [rows, filter]);
  const scroller = useRef<HTMLDivElement>(null);
  const about = useRef<HTMLDivElement>(null);
  const { view, active, setActive, goTo } = usePlanCursor(scroller, rows, shown);
  const one = shown[active];
  const { press, decideHere } = useRowKeys({ one, active, goTo, about, takes, onDecide });
  return (
    <section className={classes.root} aria-label={source ?? t('rows')}>
      <Filters
        rows={rows}
        chosen={filter}
        onChoose={(name) => {
          setFilter(name);
          setActive(0);
        }}
      />
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
                  onActive={setActive}
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
      {takes.length > 0 && <Legend takes={takes} />}
    </section>
  );
}

/** Which rows are shown; a kind of which there is none is not offered. */
function Filters(props: { readonly rows: readonly ShownRow[]; readonly chosen: Filter; readonly onChoose: (filter: Filter) => void }) {
  const { rows, chosen } = props;
  const { t } = useTranslation('intake');
  const format = useFormats();
  const counts = useMemo(() => countsOf(rows), [rows]);
  return (
    <div className={classes.filters} role="group" aria-label={t('filter.label')}>
      {FILTERS.filter((name) => name === 'all' || name === chosen || counts[name] > 0).map((name) => (
        <Button
          key={name}
          size="compact-md"
          variant={name === chosen ? 'light' : 'subtle'}
          aria-pressed={name === chosen}
          onClick={() => props.onChoose(name)}
        >
          {t(`filter.${name}`)}
          <span className={classes.count}>{format.number(counts[name])}</span>
        </Button>
      ))}
    </div>
  );
}

const LEGEND: readonly { readonly key: ImportKey; readonly take?: Take }[] = [
  { key: 'move' },
  { key: 'new', take: 'new' },
  { key: 'same', take: 'same' },
  { key: 'leave', take: 'leave' },
  { key: 'back' },
  { key: 'open' },
];

/** The keys of the list that do something in this kind of import. */
function Legend({ takes }: { readonly takes: Takes }) {
  const { t } = useTranslation('intake');
  return (
    <p className={classes.legend}>
      {LEGEND.filter(({ take }) => take === undefined || takes.includes(take)).map(({ key }) => (
        <span key={key}>
          <Kbd>{t(`keys.${key}.key`)}</Kbd> {t(`keys.${key}.does`)}
        </span>
      ))}
    </p>
  );
}

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
