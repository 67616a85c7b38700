import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../ui/formats.ts';
import type { Answer } from '../../app/engine.ts';
import classes from './WorkshopPage.module.css';

/** When, where, how, for whom: one quiet line. */
export function WorkshopFacts({ workshop }: { readonly workshop: Answer<'activity.get'> }) {
  const { t } = useTranslation('activity');
  const format = useFormats();
  const facts = [
    workshop.precision === 'month' ? format.month(workshop.start) : format.days(workshop.start, workshop.end),
    ...(workshop.dateTbc ? [t('dateTbc')] : []),
    ...(workshop.place ? [workshop.place] : []),
    t(`mode.${workshop.mode}`),
    workshop.languages.map(format.language).join(', '),
    ...(workshop.countries.length > 4
      ? [t('countryCount', { count: workshop.countries.length })]
      : workshop.countries.length > 0
        ? [format.list(workshop.countries.map(format.country))]
        : []),
    ...(workshop.projects.length + workshop.partners.length > 0 ? [[...workshop.projects, ...workshop.partners].join(', ')] : []),
    t('peopleCount', { count: workshop.people }),
  ];
  return (
    <div className={classes.facts}>
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </div>
  );
}
