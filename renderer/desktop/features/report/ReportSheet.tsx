import type { TFunction } from 'i18next';
import { useMemo, type CSSProperties } from 'react';
import { formats } from '../../../../shared/kernel/formats.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import type { Answer } from '../../app/engine.ts';
import { Rows } from '../../../ui/Rows.tsx';
import classes from './ReportSheet.module.css';

type ReportAnswer = Answer<'report.activity'>;
type CountRows = ReportAnswer['bySex'];

interface Props {
  readonly report: ReportAnswer;
  readonly language: Language;
  /** Words of the document's language. */
  readonly t: TFunction<'report'>;
}

/** The report as it will be read, wholly in the document's language. Every number says what it is of. */
export function ReportSheet({ report, language, t }: Props) {
  const format = useMemo(() => formats(language, t('report:document.notReadable')), [language, t]);
  const figures: readonly (readonly [key: string, value: string, of: string])[] = [
    ['people', format.number(report.people), t('report:document.of.countries', { count: report.countries })],
    ['attendances', format.number(report.attendances), t('report:document.of.halfDays', { count: report.halfDays })],
    [
      'rate',
      report.rate === null ? t('report:document.notRecorded') : format.percent(report.rate / 100, 1),
      t('report:document.of.taken', { count: report.taken }),
    ],
    ['full', format.number(report.full), t('report:document.of.people', { count: report.people })],
  ];
  return (
    <article className={classes.root} lang={language}>
      <header className={classes.head}>
        <h2 className={classes.title}>{report.title}</h2>
        <p className={classes.when}>{format.days(report.start, report.end)}</p>
      </header>
      <dl className={classes.figures}>
        {figures.map(([key, value, of]) => (
          <div key={key}>
            <dt>{t(`report:document.short.${key}`)}</dt>
            <dd className={classes.value} data-testid={`report-${key}`}>
              {value}
            </dd>
            <dd className={classes.of}>{of}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.tables}>
        <Counts title={t('report:document.part.sex')} rows={report.bySex} of={report.people} />
        <Counts title={t('report:document.part.profession')} rows={report.byProfession} of={report.people} />
        <Counts title={t('report:document.part.country')} rows={report.byCountry} of={report.people} />
        <Counts title={t('report:document.part.professionSex')} rows={report.byProfessionSex} of={report.people} />
      </div>
      {report.perHalfDay.length > 0 && (
        <table className={classes.table}>
          <caption>{t('report:document.part.attendance')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('report:document.column.halfDay')}</th>
              <th scope="col" className={classes.number}>
                {t('report:document.column.attended')}
              </th>
              <th scope="col" className={classes.number}>
                {t('report:document.column.taken')}
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            <Rows of={report.perHalfDay} as="tr" columns={4} by={({ halfDay }) => halfDay}>
              {({ label, attended, taken }) => (
                <tr>
                  <th scope="row">{label}</th>
                  <td className={classes.number}>{taken === 0 ? '–' : format.number(attended)}</td>
                  <td className={classes.number}>{format.number(taken)}</td>
                  <td className={classes.wide}>
                    <Bar share={taken === 0 ? 0 : attended / Math.max(report.people, taken)} />
                  </td>
                </tr>
              )}
            </Rows>
          </tbody>
        </table>
      )}
      {report.evaluation.length > 0 && (
        <section>
          <h3 className={classes.part}>{t('report:document.part.evaluation')}</h3>
          <dl className={classes.evaluation}>
            <Rows of={report.evaluation} as="div" by={({ formId }) => formId}>
              {({ title, sentence }) => (
                <div>
                  <dt>{title}</dt>
                  <dd>{sentence}</dd>
                </div>
              )}
            </Rows>
          </dl>
        </section>
      )}
      {report.notes.length > 0 && (
        <section>
          <h3 className={classes.part}>{t('report:document.part.notes')}</h3>
          {report.notes.map((note) => (
            <p key={note} className={classes.note}>
              {note}
            </p>
          ))}
        </section>
      )}
    </article>
  );
}

/** A count by some property, the bar beside it drawn to the same scale in every table: of all people. */
function Counts({ title, rows, of }: { readonly title: string; readonly rows: CountRows; readonly of: number }) {
  if (rows.length === 0) return null;
  return (
    <table className={classes.table}>
      <caption>{title}</caption>
      <tbody>
        <Rows of={rows} as="tr" columns={3} by={({ key }) => key}>
          {({ label, count }) => (
            <tr>
              <th scope="row">{label}</th>
              <td className={classes.number}>{count}</td>
              <td className={classes.wide}>
                <Bar share={of === 0 ? 0 : count / of} />
              </td>
            </tr>
          )}
        </Rows>
      </tbody>
    </table>
  );
}

function Bar({ share }: { readonly share: number }) {
  const width: CSSProperties = { width: `${Math.min(100, 100 * share)}%` };
  return <span className={classes.bar} style={width} aria-hidden />;
}
