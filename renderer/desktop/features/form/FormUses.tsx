import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BoxedList, BoxedRow, RowActions, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { RecordText } from '../../../ui/fields/RecordText.tsx';
import { useLanguage } from '../../../ui/formats.ts';
import { Rows } from '../../../ui/Rows.tsx';
import { textIn } from '../../../../shared/kernel/text.ts';
import { useRead } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import type { Form } from './FormPage.tsx';
import classes from './FormPage.module.css';

/** The workshops that ask a questionnaire or have sheets of it, each with the version that it asks. */
export function FormUses({ form }: { readonly form: Pick<Form, 'id'> }) {
  const { t } = useTranslation(['form', 'evaluation']);
  const language = useLanguage();
  const workshops = useRead('form.whereUsed', { id: form.id }).data?.workshops ?? [];
  if (workshops.length === 0) return null;
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{t('form:uses')}</h2>
      <BoxedList label={t('form:uses')}>
        <Rows of={workshops} as="li" by={({ activityId }) => activityId}>
          {({ activityId, title, version, sheets }) => (
            <li>
              <BoxedRow>
                <RowWords title={<RecordText text={title} />}>
                  <RowFacts>
                    {[...(version === '' ? [] : [t('form:version', { version })]), t('evaluation:sheetCount', { count: sheets })].join(
                      ' · ',
                    )}
                  </RowFacts>
                </RowWords>
                <RowActions>
                  <Button
                    variant="subtle"
                    size="compact-md"
                    aria-label={t('form:openWorkshop', { title: textIn(title, language) })}
                    onClick={() => go({ page: 'workshop', id: activityId, tab: 'evaluation' })}
                  >
                    {t('form:open')}
                  </Button>
                </RowActions>
              </BoxedRow>
            </li>
          )}
        </Rows>
      </BoxedList>
    </section>
  );
}
