import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import { SMALLEST_GROUP } from '../../../../shared/features/evaluation/figures.ts';
import { useFormats } from '../../../ui/formats.ts';
import { Legend } from './Legend.tsx';
import { closedItems, openItems, type Form } from './paper-sheet.ts';
import { surveySentence, type SurveyResults } from './result-words.ts';
import { Rows } from '../../../ui/Rows.tsx';
import { RecordText } from '../../../ui/fields/RecordText.tsx';
import classes from './Figures.module.css';

/** From agreement to disagreement: two blues, a neutral, two ochres; every step has its number in the table beneath. */
const STEPS = [
  ['5', 'var(--chart-5)', 'var(--on-dark-bar)'],
  ['4', 'var(--chart-4)', 'var(--on-bar)'],
  ['3', 'var(--chart-3)', 'var(--ink)'],
  ['2', 'var(--chart-2)', 'var(--on-bar)'],
  ['1', 'var(--chart-1)', 'var(--on-dark-bar)'],
] as const;
const ROW_HEIGHT = 36;

/** An anonymous questionnaire: how many answered, the mean and the spread of each item with its n, and what was written. */
export function SurveyFigures({ form, results }: { readonly form: Form; readonly results: SurveyResults }) {
  const { t } = useTranslation(['evaluation']);
  const format = useFormats();
  const items = closedItems(form).filter(({ id }) => results.items[id] !== undefined);
  const of = (id: string) => results.items[id] ?? { n: 0, withheld: true, mean: null, dist: {} as Record<string, number>, top2: null };
  const data = items.map(({ id }) => ({ item: id, ...Object.fromEntries(STEPS.map(([step]) => [`s${step}`, of(id).dist[step] ?? 0])) }));
  const series = STEPS.map(([step, color]) => ({ name: `s${step}`, label: t(`scale.${step}`), color }));
  const comments = openItems(form).filter(({ id }) => (results.comments[id]?.length ?? 0) > 0);
  return (
    <div className={classes.root}>
      <p className={classes.sentence} data-testid="results-sentence">
        {surveySentence(results, t, format)}
      </p>
      {results.suppressed ? (
        <p className={classes.note}>{t('suppressed', { count: SMALLEST_GROUP })}</p>
      ) : (
        <>
          <p className={classes.note}>{results.blanks > 0 ? t('figures.blanks', { count: results.blanks }) : t('figures.noBlanks')}</p>
          <figure className={classes.chart}>
            <figcaption>{t('chart.survey')}</figcaption>
            <Legend series={series} />
            <div aria-hidden>
              <BarChart
                h={items.length * ROW_HEIGHT}
                data={data}
                dataKey="item"
                type="stacked"
                orientation="vertical"
                series={series}
                withTooltip={false}
                withBarValueLabel
                valueLabelProps={({ name }) => ({
                  // Of a stacked bar the chart would say where it ends, not how long it is.
                  dataKey: name,
                  position: 'center',
                  fill: STEPS.find(([step]) => name === `s${step}`)?.[2] ?? 'var(--ink)',
                  fontSize: 14,
                  formatter: (count) => (Number(count) > 0 ? format.number(Number(count)) : ''),
                })}
                gridAxis="none"
                tickLine="none"
                withXAxis={false}
                textColor="var(--muted)"
                yAxisProps={{ width: 40, tick: { fontSize: 14, fill: 'var(--ink)' }, interval: 0 }}
                xAxisProps={{ domain: [0, results.n] }}
                barChartProps={{ barCategoryGap: 6, margin: { top: 0, right: 8, bottom: 0, left: 0 }, accessibilityLayer: false }}
                barProps={{ isAnimationActive: false }}
              />
            </div>
          </figure>
          <table className={classes.table}>
            <caption>{t('table.survey')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('table.item')}</th>
                <th scope="col" className={classes.number}>
                  {t('table.mean')}
                </th>
                <th scope="col" className={classes.number}>
                  {t('table.n')}
                </th>
                {STEPS.map(([step]) => (
                  <th key={step} scope="col" className={classes.number}>
                    {step}
                  </th>
                ))}
                <th scope="col" className={classes.number}>
                  {t('table.top2')}
                </th>
              </tr>
            </thead>
            <tbody>
              <Rows of={items} as="tr" columns={9}>
                {(item) => {
                  const figures = of(item.id);
                  return (
                    <tr>
                      <th scope="row">
                        <b>{item.label}</b> <RecordText text={item.text} />
                      </th>
                      <td className={classes.number}>
                        <strong>{figures.mean === null ? t('noFigure') : format.mean(figures.mean)}</strong>
                      </td>
                      <td className={classes.number}>{format.number(figures.n)}</td>
                      {STEPS.map(([step]) => (
                        <td key={step} className={classes.number}>
                          {figures.withheld ? t('noFigure') : format.number(figures.dist[step] ?? 0)}
                        </td>
                      ))}
                      <td className={classes.number}>{figures.top2 === null ? t('noFigure') : format.rate(figures.top2)}</td>
                    </tr>
                  );
                }}
              </Rows>
            </tbody>
          </table>
          {items.some(({ id }) => of(id).withheld) && <p className={classes.note}>{t('withheldItems')}</p>}
          {comments.map((item) => (
            <section key={item.id} className={classes.comments}>
              <h3>
                <RecordText text={item.text} />
              </h3>
              <ul>
                <Rows of={results.comments[item.id] ?? []} as="li">
                  {(comment) => <li>{comment}</li>}
                </Rows>
              </ul>
            </section>
          ))}
        </>
      )}
    </div>
  );
}
