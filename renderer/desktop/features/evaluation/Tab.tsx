import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { EmptySheet } from '../../../ui/theme/drawings.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead } from '../../app/engine.ts';
import { FormPane } from './FormPane.tsx';
import type { Form } from './paper-sheet.ts';
import { Rows } from '../../../ui/Rows.tsx';
import { isClosed, MayNot, offers, useRights } from '../sync/MayNot.tsx';
import { RecordTitle } from '../../../ui/fields/RecordText.tsx';
import classes from './Tab.module.css';

/** The questionnaires of a workshop: choose one on the left, enter its sheets or read its results on the right. */
export function Tab({ activityId }: { readonly activityId: Id }) {
  const { t } = useTranslation('evaluation');
  const forms = useRead('evaluation.forms', { activityId });
  const [chosen, setChosen] = useState<Id | null>(null);
  const rights = useRights(activityId);
  if (isClosed(rights, 'answers')) return <MayNot rights={rights} task="answers" />;
  return (
    <Loaded query={forms}>
      {(list) => {
        const form = list.find(({ id }) => id === chosen) ?? list[0];
        if (!form) return <EmptyState drawing={<EmptySheet />} title={t('empty.title')} text={t('empty.text')} />;
        return (
          <div className={classes.root}>
            <nav className={classes.forms} aria-label={t('forms')}>
              <Rows of={list} as="div">
                {(one) => <FormChoice activityId={activityId} form={one} chosen={one === form} onChoose={() => setChosen(one.id)} />}
              </Rows>
            </nav>
            <FormPane key={form.id} activityId={activityId} form={form} mayEnter={offers(rights, 'answers')}>
              <MayNot rights={rights} task="answers" />
            </FormPane>
          </div>
        );
      }}
    </Loaded>
  );
}

function FormChoice(props: { readonly activityId: Id; readonly form: Form; readonly chosen: boolean; onChoose(): void }) {
  const { form } = props;
  const { t } = useTranslation('evaluation');
  const sheets = useRead('evaluation.sheets', { activityId: props.activityId, formId: form.id }).data;
  return (
    <button type="button" className={classes.form} aria-current={props.chosen ? 'true' : undefined} onClick={props.onChoose}>
      <span className={classes.title}>
        <RecordTitle of={form} />
      </span>
      {form.removed && <span className={classes.removed}>{t('formRemoved')}</span>}
      <span className={classes.count}>{sheets && t('sheetCount', { count: sheets.count })}</span>
    </button>
  );
}
