import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats, useReadable } from '../../../../ui/formats.ts';
import type { Answer } from '../../../app/engine.ts';
import { go } from '../../../app/view.ts';
import { RemovedFlag } from '../workshop/RemovedNotice.tsx';
import { SampleFlag } from '../today/SampleFlag.tsx';
import { RecordTitle } from '../../../../ui/fields/RecordText.tsx';
import classes from './WorkshopsPage.module.css';

/** A workshop in the list; drawn anew only where it changed, for the list is narrowed with every key. */
export const WorkshopRow = memo(function WorkshopRow({ workshop }: { readonly workshop: Answer<'activity.list'>[number] }) {
  const { t } = useTranslation('activity');
  const readable = useReadable();
  const format = useFormats();
  const place = readable(workshop, 'place', workshop.place);
  return (
    <li>
      <button type="button" className={classes.row} onClick={() => go({ page: 'workshop', id: workshop.id, tab: 'agenda' })}>
        <span className={classes.title}>
          <RecordTitle of={workshop} writtenIn={workshop.languages} /> <SampleFlag sample={workshop.sample} />
          <RemovedFlag removed={workshop.removed} />
        </span>
        <span className={classes.when}>
          {workshop.precision === 'month' ? format.month(workshop.start) : format.days(workshop.start, workshop.end)}
        </span>
        <span className={classes.facts}>
          {[
            ...workshop.projects,
            ...workshop.partners,
            readable(workshop, 'mode', t(`mode.${workshop.mode}`)),
            ...(place ? [place] : []),
            ...(workshop.countries.length > 0 ? [t('countryCount', { count: workshop.countries.length })] : []),
          ].join(' · ')}
        </span>
        <span className={classes.people}>{t('peopleCount', { count: workshop.people })}</span>
      </button>
    </li>
  );
});
