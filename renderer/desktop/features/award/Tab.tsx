import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isPageAddress } from '../../../../shared/kernel/page-address.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { BoxedList } from '../../../ui/BoxedList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { EmptyChart } from '../../../ui/theme/drawings.tsx';
import { EditIcon, SearchIcon } from '../../../ui/theme/icons.tsx';
import { useRead, useWrite, type Answer } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { go } from '../../app/view.ts';
import { AwardRow, RevokedRow } from './AwardRow.tsx';
import { CertificatePapers } from './CertificatePapers.tsx';
import { DesignChoice } from './DesignChoice.tsx';
import { DesignDialog } from './DesignDialog.tsx';
import { Demands, useDemands, type Demanded } from './Demands.tsx';
import { ReasonDialog, type AskedReason } from './ReasonDialog.tsx';
import { VerificationPage } from './VerificationPage.tsx';
import { VerifyDialog } from './VerifyDialog.tsx';
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
  const { chosen, demanded, change } = useDemands(activityId);
  const [language, setLanguage] = useState(first);
  const [verifying, setVerifying] = useState(false);
  const [designing, setDesigning] = useState(false);
  const [plain, setPlain] = useState(false);
  const designs = useRead('certificate.designs', { activityId }).data;
  const standing = useRead('certificate.standing', demanded, { keep: true });
  return (
    <>
      <div className={classes.tools}>
        <Button variant="default" leftSection={<EditIcon />} onClick={() => setDesigning(true)}>
          {t('design.open')}
        </Button>
        <Button variant="default" leftSection={<SearchIcon />} onClick={() => setVerifying(true)}>
          {t('verify.open')}
        </Button>
      </div>
      <Demands chosen={chosen} language={language} onChange={change} onLanguage={setLanguage} />
      {designs && <DesignChoice activityId={activityId} designs={designs} plain={plain} onPlain={setPlain} />}
      <Loaded query={standing}>
        {(answer) =>
          answer.people.length === 0 ? (
            <EmptyState drawing={<EmptyChart />} title={t('empty.title')} text={t('empty.text')}>
              <Button onClick={() => go({ page: 'workshop', id: activityId, tab: 'people' })}>{t('empty.toPeople')}</Button>
            </EmptyState>
          ) : (
            <Standing
              demanded={demanded}
              answer={answer}
              language={language}
              start={start}
              plain={plain && designs?.here === false}
              designId={designs?.designs.some(({ id }) => id === designs.chosen) ? designs.chosen : null}
            />
          )
        }
      </Loaded>
      {designing && <DesignDialog activityId={activityId} kind={chosen.kind} first={language} onClose={() => setDesigning(false)} />}
      {verifying && <VerifyDialog onClose={() => setVerifying(false)} />}
    </>
  );
}

interface StandingProps {
  readonly demanded: Demanded;
  readonly answer: Answer<'certificate.standing'>;
  readonly language: Language;
  readonly start: string;
  /** Whether the papers are made without the design of the workshop. */
  readonly plain: boolean;
  /** The design that the workshop chose; null: none that is here. */
  readonly designId: Id | null;
}

function Standing({ demanded, answer, language, start, plain, designId }: StandingProps) {
  const { t } = useTranslation('award');
  const issue = useWrite('certificate.issue');
  const [asked, setAsked] = useState<AskedReason>();
  const [typed, setAddress] = useState<string>();
  // Where its institution publishes the page, until somebody writes another one.
  const design = useRead('certificate.design', { id: designId ?? '' }, { enabled: designId !== null && !plain }).data;
  const address = typed ?? design?.address ?? '';
  const usedAddress = isPageAddress(address.trim()) ? address.trim() : '';
  const { people, held, revoked } = answer;
  const reaching = people.filter(({ does }) => does !== null);
  const missing = people.filter(({ does }) => does === null);
  const due = reaching.filter(({ does }) => does !== 'same');
  const issued = reaching.some(({ standing }) => standing !== null);
  const issueTo = (ids: readonly Id[]) =>
    issue.mutate(
      { ...demanded, people: [...ids], apply: true },
      { onSuccess: ({ eligible }) => say(t('done', { count: eligible.length })) },
    );
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
        <CertificatePapers activityId={demanded.activityId} kind={demanded.kind} {...{ language, start, plain }} address={usedAddress} />
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
                badge={{ language, ...(usedAddress !== '' && { address: usedAddress }) }}
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
      <VerificationPage address={address} onAddress={setAddress} />
      {asked && <ReasonDialog demanded={demanded} asked={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}
