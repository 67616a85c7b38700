import { Button, SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { useLanguage, useReadableTitle } from '../../../ui/formats.ts';
import { UploadIcon } from '../../../ui/theme/icons.tsx';
import { Loaded, Waiting } from '../../../ui/Loaded.tsx';
import { useRead } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { DropHint } from '../../import/DropHint.tsx';
import { useGiven } from '../../import/use-given.ts';
import type { GivenSources } from '../../import/use-plan.ts';
import { EnterAnonymous } from './EnterAnonymous.tsx';
import { EnterNamed } from './named/EnterNamed.tsx';
import { ImportSheets } from './ImportSheets.tsx';
import type { Form } from './paper-sheet.ts';
import { SheetsApart } from './SheetsApart.tsx';
import classes from './FormPane.module.css';

// The chart library is half as large as the rest of the window: not before a result is looked at.
const Results = lazy(() => import('./Results.tsx').then((module) => ({ default: module.Results })));

/** One questionnaire in a workshop: its results, or the entry of its paper sheets. */
export function FormPane(props: {
  readonly activityId: Id;
  readonly form: Form;
  /** False: its results are shown, and why there is no more. */
  readonly mayEnter: boolean;
  readonly children?: ReactNode;
}) {
  const { activityId, form, mayEnter } = props;
  const { t } = useTranslation(['evaluation', 'form']);
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const sheets = useRead('evaluation.sheets', { activityId, formId: form.id });
  const [chosen, setChosen] = useState<'results' | 'enter' | null>(null);
  const [importing, setImporting] = useState<{ readonly given?: GivenSources } | null>(null);
  const over = useGiven(mayEnter, (given) => setImporting({ given }));
  // What is shown at first stays: the first sheet that is kept must not take the others away from the keyboard.
  const count = sheets.data?.count;
  if (chosen === null && count !== undefined) setChosen(count > 0 ? 'results' : 'enter');
  return (
    <section
      className={classes.root}
      aria-label={readableTitle(form, textIn(form.title, language))}
      data-help-page={mayEnter && chosen !== 'results' ? 'sheets' : 'results'}
    >
      <Loaded query={sheets}>
        {(answer) => {
          const view = mayEnter ? (chosen ?? 'enter') : 'results';
          return (
            <>
              {props.children}
              <div className={classes.bar}>
                {mayEnter && (
                  <SegmentedControl
                    aria-label={t('evaluation:view.label')}
                    value={view}
                    onChange={(value) => setChosen(value === 'results' ? 'results' : 'enter')}
                    data={[
                      { value: 'results', label: t('evaluation:view.results') },
                      { value: 'enter', label: t('evaluation:view.enter') },
                    ]}
                  />
                )}
                <div className={classes.buttons}>
                  {!form.removed && (
                    <Button variant="subtle" onClick={() => go({ page: 'form', id: form.id })}>
                      {t('form:read')}
                    </Button>
                  )}
                  {mayEnter && (
                    <Button variant="default" leftSection={<UploadIcon />} onClick={() => setImporting({})}>
                      {t('evaluation:import.open')}
                    </Button>
                  )}
                </div>
              </div>
              {!form.anonymous && <SheetsApart activityId={activityId} sheets={answer.sheets} questions={form.items.length} />}
              {view === 'results' && (
                <Suspense fallback={<Waiting />}>
                  <Results activityId={activityId} form={form} onEnter={() => setChosen('enter')} />
                </Suspense>
              )}
              {view === 'enter' &&
                (form.anonymous ? (
                  <EnterAnonymous activityId={activityId} form={form} count={answer.count} waiting={answer.waiting} />
                ) : (
                  <EnterNamed activityId={activityId} form={form} sheets={answer.sheets} removed={answer.removed} />
                ))}
            </>
          );
        }}
      </Loaded>
      <DropHint shown={over} />
      {importing && (
        <ImportSheets
          activityId={activityId}
          form={form}
          given={importing.given}
          onImported={() => setChosen('results')}
          onClose={() => setImporting(null)}
        />
      )}
    </section>
  );
}
