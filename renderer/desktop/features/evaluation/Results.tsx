import '@mantine/charts/styles.layer.css';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { EmptyChart } from '../../../ui/theme/drawings.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead } from '../../app/engine.ts';
import type { Form } from './paper-sheet.ts';
import { SurveyFigures } from './SurveyFigures.tsx';
import { TestFigures } from './TestFigures.tsx';

interface Props {
  readonly activityId: Id;
  readonly form: Form;
  onEnter(): void;
}

/** The results of a questionnaire: one sentence, the picture, the table. */
export function Results({ activityId, form, onEnter }: Props) {
  const { t } = useTranslation('evaluation');
  const results = useRead('evaluation.results', { activityId, formId: form.id });
  return (
    <Loaded query={results}>
      {(answer) => {
        const sheets =
          answer.kind === 'prepost'
            ? answer.nPre + answer.nPost + (answer.points ? answer.points.nPre + answer.points.nPost : 0)
            : answer.n;
        if (sheets === 0) {
          return (
            <EmptyState drawing={<EmptyChart />} title={t('noSheets.title')} text={t('noSheets.text')}>
              <Button onClick={onEnter}>{t('noSheets.enter')}</Button>
            </EmptyState>
          );
        }
        return answer.kind === 'prepost' ? <TestFigures form={form} results={answer} /> : <SurveyFigures form={form} results={answer} />;
      }}
    </Loaded>
  );
}
