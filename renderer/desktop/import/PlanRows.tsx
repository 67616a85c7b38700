import { Button, Kbd } from '@mantine/core';
import { memo, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../shared/kernel/ids.ts';
import { useFormats } from '../../ui/formats.ts';
import type { ImportKey } from '../app/keyboard/key-table.ts';
import type { ImportWords } from './import-words.ts';
import { takesOf, waits } from '../../../shared/features/intake/waiting-rows.ts';
import { FILTERS, passes, type Filter, type Options, type RowCounts, type ShownRow, type Take } from './plan-view.ts';
import { RowDecision, type KnownName } from './RowDecision.tsx';
import { HEAD, usePlanCursor } from './use-plan-cursor.ts';
import { useRowKeys } from './use-row-keys.ts';
import classes from './PlanRows.module.css';

/** The decisions on a row by hand, in this kind of import. */
export type Takes = readonly Take[];

interface Props {
  readonly rows: readonly ShownRow[];
  readonly counts: RowCounts;
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
  /** Keys of the questions that are asked over all rows. */
  readonly asked?: ReadonlySet<string>;
  /** What was answered of cells that nobody understands, by question. */
  readonly answers?: NonNullable<Options['answers']>;
  onDecide(row: ShownRow, take: Take | null, personId?: Id): void;
  onAnswer?(key: string, option: string): void;
}

/**
 * The rows of a plan with what would become of each, as long as the list may be: only the rows on screen are in the document. Arrows go from row to row, a letter decides and goes on, Enter
 * goes to what is said about the row.
 */
export function PlanRows(props: Props) {
  const {
    rows,
    counts,
    turned = false,
    kind,
    takes,
    people,
    words,
    source,
    asked = NONE,
    answers = NO_ANSWERS,
    onDecide,
    onAnswer,
  } = props;
  const { t } = useTranslation('intake');
  const [{ filter, stays }, setFilter] = useState<ChosenFilter>({ filter: 'all', stays: NONE });
  const shown = useMemo(() => rows.filter((row) => passes(row, filter) || stays.has(row.key)), [rows, filter, stays]);
  const scroller = useRef<HTMLDivElement>(null);
  const about = useRef<HTMLDivElement>(null);
  const { view, active, setActive, goTo } = usePlanCursor(scroller, rows, shown);
  const one = shown[active];
  const offered = one ? takesOf(one.planned, takes) : takes;
  const { press, decideHere, answerHere } = useRowKeys({ one, active, goTo, about, takes: offered, onDecide, onAnswer });
  return (
    <section className={classes.root} aria-label={source ?? t('rows')}>
      <Filters
        counts={counts}
        chosen={filter}
        onChoose={(name) => {
          // What is decided or answered stays where it is to be decided, so that nothing moves away under the hand.
          setFilter({ filter: name, stays: name === 'ask' ? new Set(rows.filter((row) => row.waits).map(({ key }) => key)) : NONE });
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
            takes={offered}
            people={people}
            words={words}
            asked={asked}
            answers={answers}
            onDecide={decideHere}
            onAnswer={onAnswer && answerHere}
          />
        </div>
      )}
      {takes.length > 0 && <Legend takes={takes} />}
    </section>
  );
}

interface ChosenFilter {
  readonly filter: Filter;
  /** Rows that were of the kind when it was chosen, by key. */
  readonly stays: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();
const NO_ANSWERS = {};

/** Which rows are shown; a kind of which there is none is not offered. */
function Filters(props: { readonly counts: RowCounts; readonly chosen: Filter; readonly onChoose: (filter: Filter) => void }) {
  const { counts, chosen } = props;
  const { t } = useTranslation('intake');
  const format = useFormats();
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
        {planned.headings === true ? t('headings') : planned.name || t('noName')}
        {planned.sheet !== '' && <span className={classes.sheet}>{planned.sheet}</span>}
      </div>
      <div role="gridcell" className={classes.does} data-does={row.waits ? 'ask' : does}>
        <b aria-hidden>{SIGNS[row.waits ? 'ask' : does]}</b>
        <span>
          {t(`does.${kind}.${does}`)}
          {row.waits && does !== 'ask' && <> · {t('partWaits')}</>}
          {decision !== undefined && <i className={classes.hand}> {t('byHand')}</i>}
          <Why row={row} words={words} />
        </span>
      </div>
    </div>
  );
});

/** In a word: what waits, what changes, why it is left out, who bears the same name. */
function Why({ row, words }: { readonly row: ShownRow; readonly words: ImportWords }) {
  const { t } = useTranslation('intake');
  const { planned, does, decision, doubts } = row;
  const asked = row.waits && waits(planned) ? planned.asks.map((ask) => words.ask(ask)) : [];
  const changes = does !== 'change' ? [] : planned.changes;
  const changed = changes.map(({ field, from, to }) =>
    t('change.whole', { field: words.field(field), from: words.value(field, from), to: words.value(field, to) }),
  );
  const because = (does === 'leave' && decision === undefined) || (does === 'ask' && asked.length === 0);
  const said = [
    ...asked,
    ...changed,
    ...(because && planned.why !== '' ? [words.reason(planned.why)] : []),
    ...(row.namesake && does !== 'ask' ? [t('namesake')] : []),
    ...(does === 'new' || does === 'same' ? doubts.map(({ code }) => words.reason(code)) : []),
  ];
  return said.length === 0 ? null : <small>{said.join(' · ')}</small>;
}
