import { useTranslation } from 'react-i18next';
import { LINE_FIELDS } from '../../../../shared/features/attendance/sheets/sheet-headings.ts';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useJob, type Answer } from '../../app/engine.ts';
import { ImportDialog } from '../../import/ImportDialog.tsx';
import { PastImports, sayImported } from '../../import/PastImports.tsx';
import type { GivenSources } from '../../import/use-plan.ts';
import { offers, useRights } from '../sync/MayNot.tsx';
import { useKnownNames } from '../people/known-names.ts';

interface Props {
  readonly activityId: Id;
  readonly halfDays: readonly HalfDay[];
  readonly given?: GivenSources | undefined;
  onClose(): void;
}

/** Takes an attendance sheet that was filled elsewhere: people down, half-days across, letters in the cells. */
export function ImportMarks({ activityId, halfDays, given, onClose }: Props) {
  const { t } = useTranslation('attendance');
  const job = useJob('attendance.import');
  return (
    <ImportDialog<Answer<'attendance.import'>>
      title={t('import.title')}
      kind="attendance"
      place={`attendance ${activityId}`}
      intro={<p>{t('import.intro')}</p>}
      job={job}
      shares={offers(useRights(activityId), 'people')}
      given={given}
      fields={[...PERSON, ...LINE_FIELDS, ...halfDays]}
      takes={TAKES}
      people={useKnownNames(activityId)}
      run={({ name: _name, ...source }, attempt) => job.start({ activityId, ...source, ...attempt })}
      summary={(answer, counts) => (
        <p>
          {answer.marked > 0 && t('import.found', { count: answer.marked })}{' '}
          {answer.marked === 0 && counts.ask === 0 && t('import.nothing')}{' '}
          {answer.unchanged > 0 && t('import.unchanged', { count: answer.unchanged })}
        </p>
      )}
      count={(answer) => answer.marked}
      importWords={(count) => t('import.button', { count })}
      past={<PastImports activityId={activityId} kind="attendance" />}
      onDone={(answer) => sayImported(t('import.done', { count: answer.marked }), answer.importId)}
      onClose={onClose}
    />
  );
}

const PERSON = ['ref', 'fullName', 'familyName', 'givenName', 'email', 'country', 'institution'] as const;
const TAKES = ['same', 'leave'] as const;
