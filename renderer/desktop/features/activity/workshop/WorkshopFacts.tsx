import { useTranslation } from 'react-i18next';
import { useFormats, useReadable } from '../../../../ui/formats.ts';
import type { Answer } from '../../../app/engine.ts';
import classes from './WorkshopPage.module.css';

/** When, where, how, for whom: one quiet line. */
export function WorkshopFacts({ workshop }: { readonly workshop: Answer<'activity.get'> }) {
  const { t } = useTranslation('activity');
  const format = useFormats();
  const readable = useReadable();
  const countries =
    workshop.countries.length > 4
      ? t('countryCount', { count: workshop.countries.length })
      : workshop.countries.length > 0
        ? format.list(workshop.countries.map(format.country))
        : '';
  const facts = [
    ...(workshop.archived ? [t('archive.flag')] : []),
    workshop.precision === 'month' ? format.month(workshop.start) : format.days(workshop.start, workshop.end),
    ...(workshop.dateTbc ? [t('dateTbc')] : []),
    ...stated(readable(workshop, 'place', workshop.place)),
    readable(workshop, 'mode', t(`mode.${workshop.mode}`)),
    readable(workshop, 'languages', workshop.languages.map(format.language).join(', ')),
    ...stated(readable(workshop, 'countries', countries)),
    ...stated(
      [readable(workshop, 'projects', workshop.projects.join(', ')), readable(workshop, 'partners', workshop.partners.join(', '))]
        .filter((words) => words !== '')
        .join(', '),
    ),
    t('peopleCount', { count: workshop.people }),
  ];
  return (
    <div className={classes.facts}>
      {facts.map((fact, at) => (
        <span key={`${at} ${fact}`}>{fact}</span>
      ))}
    </div>
  );
}

function stated(words: string): string[] {
  return words === '' ? [] : [words];
}
