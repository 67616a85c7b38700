import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DOCUMENT_KINDS, type DocumentKind } from '../../../../shared/features/paper/contract.ts';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES, type Language } from '../../../../shared/kernel/text.ts';
import { BoxedList } from '../../../ui/BoxedList.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useJob, useRead } from '../../app/engine.ts';
import { PaperRow } from './PaperRow.tsx';
import classes from './Tab.module.css';

/** In the order in which a workshop needs them. */
const SHOWN: readonly DocumentKind[] = ['agenda', 'attendanceSheet', 'participants', 'namePlates', 'activityReport'];

/** What is printed or sent of a workshop, in its languages. */
export function Tab({ activityId }: { readonly activityId: Id }) {
  const activity = useRead('activity.get', { id: activityId });
  return (
    <Loaded query={activity}>
      {({ languages, start }) => <Papers activityId={activityId} start={start} first={languages[0] ?? 'en'} second={languages[1]} />}
    </Loaded>
  );
}

interface Props {
  readonly activityId: Id;
  readonly start: string;
  readonly first: Language;
  readonly second: Language | undefined;
}

function Papers({ activityId, start, first, second }: Props) {
  const { t } = useTranslation('paper');
  const [language, setLanguage] = useState(first);
  const [beside, setBeside] = useState<Language | null>(second ?? null);
  const saving = useJob('document.make');
  const opening = useJob('document.open');
  const [asked, setAsked] = useState<DocumentKind>();
  const choices = LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }));
  const known = (value: string | null) => LANGUAGES.find((one) => one === value);
  return (
    <>
      <div className={classes.bar}>
        <Select
          label={t('language')}
          data={choices}
          value={language}
          onChange={(value) => setLanguage(known(value) ?? language)}
          allowDeselect={false}
          className={classes.language}
        />
        <Select
          label={t('second')}
          placeholder={t('noSecond')}
          data={choices.filter(({ value }) => value !== language)}
          value={beside === language ? null : beside}
          onChange={(value) => setBeside(known(value) ?? null)}
          clearable
          clearButtonProps={{ 'aria-label': t('noSecond') }}
          className={classes.language}
        />
      </div>
      <BoxedList label={t('list')}>
        {SHOWN.filter((kind) => DOCUMENT_KINDS.includes(kind)).map((kind) => (
          <PaperRow
            key={kind}
            {...{ activityId, kind, language, start, saving, opening }}
            second={beside !== null && beside !== language ? beside : undefined}
            asked={asked === kind}
            onAsk={() => setAsked(kind)}
          />
        ))}
      </BoxedList>
    </>
  );
}
