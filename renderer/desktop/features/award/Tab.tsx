import { Button, SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { USUAL_THRESHOLD } from '../../../../shared/features/attendance/rules.ts';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES, type Language } from '../../../../shared/kernel/text.ts';
import { AWARD_KINDS, type AwardKind } from '../../../../shared/model/vocabularies.ts';
import { BoxedList } from '../../../ui/BoxedList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { EmptyChart } from '../../../ui/theme/drawings.tsx';
import { useJob, useRead, useWrite, type Answer } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { go } from '../../app/view.ts';
import { ThresholdInput } from '../attendance/ThresholdInput.tsx';
import { PaperRow } from '../paper/PaperRow.tsx';
import { AwardRow, RevokedRow } from './AwardRow.tsx';
import { ReasonDialog, type AskedReason } from './ReasonDialog.tsx';
import classes from './Tab.module.css';

/** Who reaches a certificate of the workshop and who misses it by what; there it is issued, revoked and printed. */
export function Tab({ activityId }: { readonly activityId: Id }) {
  const activity = useRead('activity.get', { id: activityId });
  return (
    <Loaded query={activity}>
      {({ languages, start }) => <Awards activityId={activityId} start={start} first={languages[0] ?? 'en'} />}
    </Loaded>
  );
}

function Awards({ activityId, start, first }: { readonly activityId: Id; readonly start: string; readonly first: Language }) {
  const { t } = useTranslation('award');
  const [kind, setKind] = useState<AwardKind>('attendance');
  const [threshold, setThreshold] = useState(USUAL_THRESHOLD);
  const [language, setLanguage] = useState(first);
  const demanded = { activityId, kind, threshold };
  const standing = useRead('certificate.standing', demanded, { keep: true });
  return (
    <>
      <SegmentedControl
        aria-label={t('kinds')}
        data={AWARD_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={kind}
        onChange={(value) => setKind(AWARD_KINDS.find((one) => one === value) ?? kind)}
        className={classes.kinds}
      />
      <div className={classes.bar}>
        <ThresholdInput
          label={t('threshold')}
          description={t(`asks.${kind}`)}
          value={threshold}
          onChange={setThreshold}
          className={classes.field}
        />
        <Select
          label={t('language')}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={language}
          onChange={(value) => setLanguage(LANGUAGES.find((one) => one === value) ?? language)}
          allowDeselect={false}
          className={classes.field}
        />
      </div>
      <Loaded query={standing}>
        {(answer) =>
          answer.people.length === 0 ? (
            <EmptyState drawing={<EmptyChart />} title={t('empty.title')} text={t('empty.text')}>
              <Button onClick={() => go({ page: 'workshop', id: activityId, tab: 'people' })}>{t('empty.toPeople')}</Button>
            </EmptyState>
          ) : (
            <Standing demanded={demanded} answer={answer} language={language} start={start} />
          )
        }
      </Loaded>
    </>
  );
}

interface StandingProps {
  readonly demanded: { readonly activityId: Id; readonly kind: AwardKind; readonly threshold: number };
  readonly answer: Answer<'certificate.standing'>;
  readonly language: Language;
  readonly start: string;
}

function Standing({ demanded, answer, language, start }: StandingProps) {
  const { t } = useTranslation(['award', 'paper']);
  const issue = useWrite('certificate.issue');
  const [asked, setAsked] = useState<AskedReason>();
  const saving = useJob('document.make');
  const opening = useJob('document.open');
  const { people, held, revoked } = answer;
  const reaching = people.filter(({ does }) => does !== null);
  const missing = people.filter(({ does }) => does === null);
  const due = reaching.filter(({ does }) => does !== 'same');
  const issued = reaching.some(({ standing }) => standing !== null);
  const { kind } = demanded;
  const issueTo = (ids: readonly Id[]) =>
    issue.mutate(
      { ...demanded, people: [...ids], apply: true },
      { onSuccess: ({ eligible }) => say(t('done', { count: eligible.length })) },
    );
  const paper = {
    key: 'certificates',
    kind: 'certificates',
    name: t('paper:certificates.name'),
    about: t('print'),
    options: { certificate: kind },
  } as const;
  return (
    <>
      <p className={classes.sentence} data-testid="award-sentence">
        {held === 0
          ? t('nothingHeld')
          : t('sentence', { reaching: people.filter(({ misses }) => misses.length === 0).length, people: people.length, held })}
      </p>
      {due.length > 0 && (
        <div className={classes.bar}>
          <Button disabled={issue.isPending} onClick={() => issueTo(due.map(({ personId }) => personId))}>
            {t('issue', { count: due.length })}
          </Button>
        </div>
      )}
      {issued && (
        <BoxedList label={t('paper:certificates.name')}>
          <PaperRow
            {...{ activityId: demanded.activityId, paper, language, start, saving, opening, second: undefined }}
            asked
            onAsk={() => undefined}
          />
        </BoxedList>
      )}
      {reaching.length > 0 && (
        <>
          <h2 className={classes.heading}>{t('reaches')}</h2>
          <BoxedList label={t('reaches')}>
            {reaching.map((person) => (
              <AwardRow
                key={person.personId}
                {...{ person, held }}
                busy={issue.isPending}
                onIssue={() => issueTo([person.personId])}
                onRevoke={(number) => setAsked({ does: 'revoke', number, name: person.name })}
              />
            ))}
          </BoxedList>
        </>
      )}
      {missing.length > 0 && (
        <>
          <h2 className={classes.heading}>{t('misses')}</h2>
          <BoxedList label={t('misses')}>
            {missing.map((person) => (
              <AwardRow
                key={person.personId}
                {...{ person, held }}
                busy={issue.isPending}
                onExcept={() => setAsked({ does: 'except', personId: person.personId, name: person.name })}
              />
            ))}
          </BoxedList>
        </>
      )}
      {revoked.length > 0 && (
        <>
          <h2 className={classes.heading}>{t('revoked')}</h2>
          <BoxedList label={t('revoked')}>
            {revoked.map((one) => (
              <RevokedRow key={one.number} award={one} />
            ))}
          </BoxedList>
        </>
      )}
      {asked && <ReasonDialog demanded={demanded} asked={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}
