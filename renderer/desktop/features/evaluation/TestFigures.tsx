import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../ui/formats.ts';
import { Figure } from '../../../ui/Figure.tsx';
import type { Form } from './paper-sheet.ts';
import { Legend } from './Legend.tsx';
import { PairBars } from './PairBars.tsx';
import { testSentence, type TestResults } from './result-words.ts';
import { Rows } from '../../../ui/Rows.tsx';
import { RecordText } from '../../../ui/fields/RecordText.tsx';
import classes from './Figures.module.css';

/** Before and after: what was gained by those who took both, and which questions were learnt. */
export function TestFigures({ form, results }: { readonly form: Form; readonly results: TestResults }) {
  const { t } = useTranslation(['evaluation']);
  const format = useFormats();
  const { nPre, nPost, nPaired, questions } = results;
  const mean = (value: number | null) => (value === null ? t('noFigure') : format.mean(value));
  const items = form.items.filter(({ id }) => results.items[id] !== undefined);
  const share = (right: number, of: number) => (of === 0 ? 0 : Math.round((100 * right) / of));
  const data = items.map(({ id }) => ({
    item: id,
    shares: { pre: share(results.items[id]?.pre ?? 0, nPre), post: share(results.items[id]?.post ?? 0, nPost) },
  }));
  const series = [
    ...(nPre > 0 ? [{ name: 'pre', label: t('chart.pre', { count: nPre }), color: 'var(--chart-before)' }] : []),
    ...(nPost > 0 ? [{ name: 'post', label: t('chart.post', { count: nPost }), color: 'var(--primary)' }] : []),
  ];
  return (
    <div className={classes.root}>
      <p className={classes.sentence} data-testid="results-sentence">
        {testSentence(results, t, format)}
      </p>
      {nPaired > 0 && (
        <dl className={classes.figures} aria-label={t('figures.label')}>
          <Figure label={t('figures.before')} value={mean(results.meanPrePaired)} of={t('figures.of', { questions })} />
          <Figure label={t('figures.after')} value={mean(results.meanPostPaired)} of={t('figures.of', { questions })} />
          <Figure label={t('figures.gain')} value={mean(results.gain)} of={t('figures.of', { questions })} />
          <Figure label={t('figures.improved')} value={format.number(results.improved)} of={t('figures.ofPairs', { count: nPaired })} />
          <Figure label={t('figures.same')} value={format.number(results.same)} of={t('figures.ofPairs', { count: nPaired })} />
          <Figure label={t('figures.worse')} value={format.number(results.worse)} of={t('figures.ofPairs', { count: nPaired })} />
        </dl>
      )}
      {nPaired > 0 && <p className={classes.note}>{t('figures.pairs', { pre: nPre, post: nPost, count: nPaired })}</p>}
      <p className={classes.note}>
        {t('figures.all', { pre: mean(results.meanPre), post: mean(results.meanPost), nPre, nPost })}{' '}
        {nPost > 0 && t('figures.least', { count: results.postAtLeast70, of: nPost })}
      </p>
      {results.points && <PointsFigures points={results.points} />}
      <figure className={classes.chart}>
        <figcaption>{t('chart.tests')}</figcaption>
        <Legend series={series} />
        <PairBars pairs={data} series={series} />
      </figure>
      <table className={classes.table}>
        <caption>{t('table.tests')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('table.question')}</th>
            <th scope="col" className={classes.number}>
              {t('table.pre', { count: nPre })}
            </th>
            <th scope="col" className={classes.number}>
              {t('table.post', { count: nPost })}
            </th>
          </tr>
        </thead>
        <tbody>
          <Rows of={items} as="tr" columns={3}>
            {(item) => (
              <tr>
                <th scope="row">
                  <b>{item.label}</b> <RecordText text={item.text} />
                </th>
                <td className={classes.number}>{nPre === 0 ? t('noFigure') : format.number(results.items[item.id]?.pre ?? 0)}</td>
                <td className={classes.number}>{nPost === 0 ? t('noFigure') : format.number(results.items[item.id]?.post ?? 0)}</td>
              </tr>
            )}
          </Rows>
        </tbody>
      </table>
    </div>
  );
}

/** The figures of tests whose points alone are told. */
function PointsFigures({ points }: { readonly points: NonNullable<TestResults['points']> }) {
  const { t } = useTranslation(['evaluation']);
  const format = useFormats();
  const mean = (value: number | null) => (value === null ? t('noFigure') : format.mean(value));
  const { of, nPre, nPost, nPaired, improved } = points;
  return (
    <p className={classes.note} data-testid="points-sentence">
      {t('figures.points', { of: format.number(of, 2), pre: mean(points.meanPre), post: mean(points.meanPost), nPre, nPost })}{' '}
      {nPaired > 0 && t('figures.pointsGain', { gain: mean(points.gain), count: improved, of: nPaired })}
    </p>
  );
}
