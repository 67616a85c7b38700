import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentKind } from '../../../../shared/features/paper/contract.ts';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES, textIn, type Language } from '../../../../shared/kernel/text.ts';
import { BoxedList } from '../../../ui/BoxedList.tsx';
import { useLanguage } from '../../../ui/formats.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useJob, useRead } from '../../app/engine.ts';
import { CloseWorkshop } from './CloseWorkshop.tsx';
import { PaperRow, type ShownPaper } from './PaperRow.tsx';
import classes from './Tab.module.css';

/** The papers that are printed or sent of a workshop, in its languages. */
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
  const [asked, setAsked] = useState<string>();
  const papers = usePapers(activityId);
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
        {papers.map((paper) => (
          <PaperRow
            key={paper.key}
            {...{ activityId, paper, language, start, saving, opening }}
            second={beside !== null && beside !== language ? beside : undefined}
            asked={asked === paper.key}
            onAsk={() => setAsked(paper.key)}
          />
        ))}
      </BoxedList>
      <CloseWorkshop activityId={activityId} language={language} start={start} />
    </>
  );
}

/** The papers of a workshop in the order in which it needs them, an empty sheet for each questionnaire that is not removed. */
function usePapers(activityId: Id): ShownPaper[] {
  const { t } = useTranslation('paper');
  const screen = useLanguage();
  const forms = useRead('evaluation.forms', { activityId }).data ?? [];
  const plain = (kind: DocumentKind): ShownPaper => ({ key: kind, kind, name: t(`${kind}.name`), about: t(`about.${kind}`) });
  const sign: ShownPaper = { ...plain('doorSign'), takes: ['network', 'password'] };
  const blank = forms
    .filter(({ removed }) => !removed)
    .map(({ id, title }): ShownPaper => {
      const about = t('about.blankForm');
      return { ...plain('blankForm'), key: id, name: t('blankForm.of', { form: textIn(title, screen) }), about, options: { formId: id } };
    });
  return [
    plain('agenda'),
    sign,
    plain('attendanceSheet'),
    plain('participants'),
    plain('badges'),
    plain('namePlates'),
    ...blank,
    plain('activityReport'),
  ];
}
