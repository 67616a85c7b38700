import { useTranslation } from 'react-i18next';
import { LIST_FIELDS } from '../../../../shared/features/people/list/headings.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useJob, type Answer } from '../../app/engine.ts';
import { useFormats } from '../../../ui/formats.ts';
import { ImportDialog } from '../../import/ImportDialog.tsx';
import { PastImports, sayImported } from '../../import/PastImports.tsx';
import type { RowCounts } from '../../import/plan-view.ts';
import type { GivenSources } from '../../import/use-plan.ts';
import { offers, useRights } from '../sync/MayNot.tsx';
import { useKnownNames } from './known-names.ts';
import classes from './ImportPeople.module.css';

interface Props {
  readonly activityId: Id;
  readonly given?: GivenSources | undefined;
  onClose(): void;
}

/** Takes the list that officers have, in any of its usual forms. */
export function ImportPeople({ activityId, given, onClose }: Props) {
  const { t } = useTranslation('people');
  const job = useJob('people.import');
  return (
    <ImportDialog<Answer<'people.import'>>
      title={t('import.title')}
      kind="people"
      place={`people ${activityId}`}
      intro={
        <>
          <p>{t('import.intro')}</p>
          <p className={classes.quiet}>{t('import.introColumns')}</p>
        </>
      }
      job={job}
      shares={offers(useRights(activityId), 'people')}
      given={given}
      fields={LIST_FIELDS}
      takes={TAKES}
      people={useKnownNames(activityId)}
      run={({ name: _name, ...source }, attempt) => job.start({ activityId, ...source, ...attempt })}
      summary={(_answer, counts) => <Summary counts={counts} />}
      count={(answer) => answer.added + answer.updated}
      importWords={(count) => t('import.button', { count })}
      past={<PastImports activityId={activityId} kind="people" />}
      onDone={(answer) => sayImported(t('import.done', { count: answer.added + answer.updated }), answer.importId)}
      onClose={onClose}
    />
  );
}

const TAKES = ['new', 'same', 'leave'] as const;

function Summary({ counts }: { readonly counts: RowCounts }) {
  const { t } = useTranslation('people');
  const format = useFormats();
  const said = { added: counts.new, updated: counts.change, unchanged: counts.same };
  const figures = (['added', 'updated', 'unchanged'] as const).filter((key) => key === 'added' || said[key] > 0);
  return (
    <>
      <dl className={classes.figures}>
        {figures.map((key) => (
          <div key={key}>
            <dd>{format.number(said[key])}</dd>
            <dt>{t(`import.${key}`, { count: said[key] })}</dt>
          </div>
        ))}
      </dl>
      {said.added + said.updated === 0 && counts.ask === 0 && <p className={classes.line}>{t('import.nothing')}</p>}
      {counts.namesake > 0 && <p className={classes.line}>{t('import.homonyms', { count: counts.namesake })}</p>}
    </>
  );
}
