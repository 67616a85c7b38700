import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FirstStep } from '../../../../../shared/features/activity/first-steps.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { CheckIcon } from '../../../../ui/theme/icons.tsx';
import { useRead, useWrite } from '../../../app/engine.ts';
import { openHelp } from '../../../app/overlay.ts';
import { go, type View } from '../../../app/view.ts';
import { offers, useRights } from '../../sync/MayNot.tsx';
import classes from './FirstSteps.module.css';

/** Where a step is done. */
const PLACES: Readonly<Record<FirstStep, (id: Id) => View>> = {
  open: (id) => ({ page: 'workshop', id, tab: 'agenda' }),
  mark: (id) => ({ page: 'workshop', id, tab: 'attendance' }),
  walkIn: (id) => ({ page: 'workshop', id, tab: 'attendance' }),
  sheet: (id) => ({ page: 'workshop', id, tab: 'evaluation' }),
  report: (id) => ({ page: 'workshop', id, tab: 'report' }),
  own: () => ({ page: 'workshops', create: true }),
};

/** The steps to try on the sample, in five minutes: each step opens its place and is ticked once it is done. Nothing without a sample, or where it was hidden. */
export function FirstSteps() {
  const { t } = useTranslation('activity');
  const { data } = useRead('activity.firstSteps', {});
  const show = useWrite('activity.showFirstSteps');
  const mayCreate = offers(useRights(), 'plan');
  if (!data || data.sampleId === null || data.hidden) return null;
  const { sampleId } = data;
  const steps = data.steps.filter(({ step }) => step !== 'own' || mayCreate);
  const done = steps.filter((step) => step.done).length;
  const next = steps.find((step) => !step.done)?.step;
  return (
    <section className={classes.root} aria-labelledby="first-steps" data-help="firstSteps">
      <div className={classes.head}>
        <h2 id="first-steps" className={classes.title}>
          {t('steps.title')}
        </h2>
        <span className={classes.count} role="status">
          {done === steps.length ? t('steps.allDone') : t('steps.done', { count: done, of: steps.length })}
        </span>
      </div>
      <ol className={classes.list}>
        {steps.map(({ step, done: isDone }) => (
          <li key={step}>
            <button
              type="button"
              className={classes.step}
              data-step={step}
              data-done={isDone || undefined}
              aria-current={step === next ? 'step' : undefined}
              onClick={() => go(PLACES[step](sampleId))}
            >
              <span className={classes.tick}>{isDone && <CheckIcon size={16} />}</span>
              <span>
                {t(`steps.${step}.what`)}
                {isDone && <span className="unseen">{t('steps.isDone')}</span>}
                {step === next && <small>{t(`steps.${step}.how`)}</small>}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <div className={classes.foot}>
        <Button variant="subtle" size="compact-md" onClick={() => openHelp('firstSteps')}>
          {t('steps.help')}
        </Button>
        <Button variant="subtle" size="compact-md" onClick={() => show.mutate({ shown: false })}>
          {t('steps.hide')}
        </Button>
      </div>
    </section>
  );
}
