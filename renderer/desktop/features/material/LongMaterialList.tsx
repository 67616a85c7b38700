import { useQueries } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { lazy, memo, Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useFillHeight } from '../../../ui/fill-height.ts';
import { RowBoundary } from '../../../ui/Rows.tsx';
import { call, useRead, type Args } from '../../app/engine.ts';
import type { Adding } from './AddDialog.tsx';
import { materialSpot } from './material-spot.ts';
import { MaterialRow } from './MaterialList.tsx';
import { useRowWalk } from './use-row-walk.ts';
import { BoxedRow, RowFacts } from '../../../ui/BoxedList.tsx';
import classes from './MaterialList.module.css';

const AddDialog = lazy(() => import('./AddDialog.tsx').then((module) => ({ default: module.AddDialog })));

const ROW = 64;
const PAGE = 50;

export type MaterialSearch = Omit<Args<'material.page'>, 'from' | 'limit'>;

interface Props {
  /** What is searched for; another search begins at the top. */
  readonly query: MaterialSearch;
  readonly total: number;
  readonly label: string;
  /** Brought into sight; the page gives it the keyboard. */
  readonly sought?: Id | undefined;
}

/** Returns the arguments that a page of the list is asked for by. */
export function pageArgs(query: MaterialSearch, page: number): Args<'material.page'> {
  return { ...query, from: page * PAGE, limit: PAGE };
}

function pageOf(index: number): number {
  return Math.floor(index / PAGE);
}

/** Materials, however many: only the rows on screen are asked for and are in the document. Arrows go from row to row, in the same column. */
export const LongMaterialList = memo(function LongMaterialList({ query, total, label, sought }: Props) {
  const { t } = useTranslation('app');
  const [adding, setAdding] = useState<Adding | undefined>();
  const scroller = useRef<HTMLDivElement>(null);
  useFillHeight(scroller);
  const walk = useRowWalk(scroller, total);
  const { kept, keep } = walk;
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), ...kept])].sort((a, b) => a - b),
  });
  // Another search begins at the top; drawn anew as a whole it would hold up whoever is typing.
  const before = useRef(query);
  useLayoutEffect(() => {
    if (before.current === query) return;
    before.current = query;
    keep(null);
    rows.scrollToOffset(0);
  }, [rows, query, keep]);
  const items = rows.getVirtualItems();
  const pages = [...new Set(items.map(({ index }) => pageOf(index)))];
  const answers = useQueries({
    queries: pages.map((page) => {
      const args = pageArgs(query, page);
      return { queryKey: ['material.page', args], queryFn: () => call('material.page', args) };
    }),
  });
  const place = useRead('material.position', { id: sought ?? '' }, { enabled: sought !== undefined }).data?.index ?? null;
  useEffect(() => {
    if (place === null) return;
    rows.scrollToIndex(place, { align: 'center' });
    keep(place);
  }, [rows, place, keep]);
  return (
    <>
      <div ref={scroller} className={classes.scroller}>
        <ul
          className={classes.long}
          aria-label={label}
          style={{ height: rows.getTotalSize() }}
          onKeyDown={(event) => walk.press(event, (index) => rows.scrollToIndex(index, { align: 'auto' }))}
          onFocus={walk.onFocus}
          onBlur={walk.onBlur}
        >
          {items.map(({ index, start }) => {
            const answer = answers[pages.indexOf(pageOf(index))];
            const material = answer?.data?.materials[index % PAGE];
            return (
              <li
                key={material?.id ?? index}
                ref={rows.measureElement}
                data-index={index}
                data-spot={material && materialSpot(material.id)}
                aria-setsize={total}
                aria-posinset={index + 1}
                className={classes.placed}
                style={{ transform: `translateY(${start}px)` }}
              >
                {material && (
                  <RowBoundary of={material} as="div">
                    <MaterialRow material={material} newVersion={setAdding} />
                  </RowBoundary>
                )}
                {!material && answer?.error && (
                  <BoxedRow>
                    <Button variant="default" size="sm" onClick={() => void answer.refetch()}>
                      {t('tryAgain')}
                    </Button>
                  </BoxedRow>
                )}
                {!material && !answer?.error && (
                  <BoxedRow busy>
                    <RowFacts>{t('loading')}</RowFacts>
                  </BoxedRow>
                )}
              </li>
            );
          })}
        </ul>
      </div>
      <Suspense>{adding && <AddDialog adding={adding} close={() => setAdding(undefined)} />}</Suspense>
    </>
  );
});
