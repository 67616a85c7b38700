import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../app/engine.ts';
import { useCalendarWords } from './use-calendar-words.ts';
import classes from './Calendar.module.css';

type Read = Answer<'calendar.import'>;

/** The lines that are not taken as they are, with why; a name that nobody knows can be said to be one. */
export function DoubtfulLines({
  lines,
  take,
}: {
  readonly lines: Read['doubtful'];
  take(as: 'projects' | 'partners', name: string): void;
}) {
  const { t } = useTranslation('calendar');
  return (
    <section className={classes.doubtful}>
      <h3>{t('import.doubtfulTitle')}</h3>
      <p className={classes.hint}>{t('import.doubtfulHint')}</p>
      <ul className={classes.lines}>
        {lines.map(({ line, text, reasons, unknown }) => (
          <li key={line} className={classes.doubt}>
            <span className={classes.number}>{t('import.line', { line })}</span>
            <span className={classes.wording}>{text}</span>
            <span className={classes.reasons}>{reasons.map((reason) => t(`doubt.${reason}`)).join(' ')}</span>
            {unknown.map((name) => (
              <span key={name} className={classes.taken}>
                <Button size="compact-md" variant="default" onClick={() => take('projects', name)}>
                  {t('import.isProject', { name })}
                </Button>
                <Button size="compact-md" variant="default" onClick={() => take('partners', name)}>
                  {t('import.isPartner', { name })}
                </Button>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The lines that are understood, and what becomes of it. */
export function UnderstoodLines({ lines }: { readonly lines: Read['understood'] }) {
  const { t } = useTranslation(['calendar', 'activity']);
  const { when } = useCalendarWords();
  return (
    <section>
      <h3>{t('import.understoodTitle')}</h3>
      <div className={classes.tableFrame} tabIndex={0} role="group" aria-label={t('import.understoodTitle')}>
        <table className={classes.understood}>
          <thead>
            <tr>
              <th scope="col">{t('import.lineHead')}</th>
              <th scope="col">{t('activity:field.projects')}</th>
              <th scope="col">{t('activity:field.title')}</th>
              <th scope="col">{t('table.when')}</th>
              <th scope="col">{t('activity:field.mode')}</th>
              <th scope="col">{t('import.does')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((entry) => (
              <tr key={entry.line} data-kept={entry.does === 'new' || undefined}>
                <td>{entry.line}</td>
                <td>{[...entry.projects, ...entry.partners].join(', ')}</td>
                <td>
                  {entry.title}
                  <span className={classes.facts}>{t(`activity:kind.${entry.kind}`)}</span>
                </td>
                <td>
                  {when({ ...entry, start: entry.start ?? '', end: entry.end ?? '', listedUnder: entry.heading })}
                  {entry.dateTbc && <span className={classes.tbc}>{t('activity:dateTbc')}</span>}
                </td>
                <td>{entry.mode === 'unspecified' ? '–' : t(`activity:mode.${entry.mode}`)}</td>
                <td>{entry.does === 'repeated' ? t('does.repeated', { line: entry.repeats }) : t(`does.${entry.does}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
