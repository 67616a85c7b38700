import { Button, SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenPath } from '../../../../shared/contract/shell.ts';
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
import { CountryPane } from './countries/CountryPane.tsx';
import { EnterAnonymous } from './EnterAnonymous.tsx';
import { EnterNamed } from './named/EnterNamed.tsx';
import { ImportSheets } from './ImportSheets.tsx';
import type { Form } from './paper-sheet.ts';
import { SheetsApart } from './SheetsApart.tsx';
import classes from './FormPane.module.css';

// The chart library is half as large as the rest of the window: not before a result is looked at.
const Results = lazy(() => import('./Results.tsx').then((module) => ({ default: module.Results })));

type View = 'countries' | 'results' | 'enter';
const HELP = { countries: 'countries', results: 'results', enter: 'sheets' } as const;

/** One questionnaire in a workshop: its results, the entry of its paper sheets, or the countries that it is put to. */
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
  const [chosen, setChosen] = useState<View | null>(null);
  const [importing, setImporting] = useState<{ readonly given?: GivenSources } | null>(null);
  const isOfCountries = form.kind === 'preEvent' && !form.anonymous;
  const [ofCountry, setOfCountry] = useState<ChosenPath>();
  const over = useGiven(mayEnter, (given) => {
    const [{ path, name }] = given.sources;
    if (view === 'countries' && path !== undefined) setOfCountry({ path, name });
    else setImporting({ given });
  });
  // What is shown at first stays: the first sheet that is kept must not take the others away from the keyboard.
  const count = sheets.data?.count;
  if (chosen === null && count !== undefined) setChosen(isOfCountries ? 'countries' : count > 0 ? 'results' : 'enter');
  const views: readonly View[] = [...(isOfCountries ? (['countries'] as const) : []), 'results', ...(mayEnter ? (['enter'] as const) : [])];
  const view = chosen !== null && views.includes(chosen) ? chosen : views.at(mayEnter ? -1 : 0)!;
  return (
    <section className={classes.root} aria-label={readableTitle(form, textIn(form.title, language))} data-help-page={HELP[view]}>
      <Loaded query={sheets}>
        {(answer) => (
          <>
            {props.children}
            <div className={classes.bar}>
              {views.length > 1 && (
                <SegmentedControl
                  aria-label={t('evaluation:view.label')}
                  value={view}
                  onChange={(value) => setChosen(views.find((one) => one === value) ?? view)}
                  data={views.map((value) => ({ value, label: t(`evaluation:view.${value}`) }))}
                />
              )}
              <div className={classes.buttons}>
                {!form.removed && (
                  <Button variant="subtle" onClick={() => go({ page: 'form', id: form.id })}>
                    {t('form:read')}
                  </Button>
                )}
                {mayEnter && view !== 'countries' && (
                  <Button variant="default" leftSection={<UploadIcon />} onClick={() => setImporting({})}>
                    {t('evaluation:import.open')}
                  </Button>
                )}
              </div>
            </div>
            {!form.anonymous && <SheetsApart activityId={activityId} sheets={answer.sheets} questions={form.items.length} />}
            {view === 'countries' && (
              <CountryPane
                activityId={activityId}
                form={form}
                mayEnter={mayEnter}
                given={ofCountry}
                onGivenDone={() => setOfCountry(undefined)}
              />
            )}
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
        )}
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
