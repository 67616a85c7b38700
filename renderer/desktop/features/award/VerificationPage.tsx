import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isPageAddress, LONGEST_PAGE_ADDRESS } from '../../../../shared/kernel/page-address.ts';
import { BoxedList, BoxedRow, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { JobState } from '../../../ui/JobState.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { DownloadIcon } from '../../../ui/theme/icons.tsx';
import { useJob } from '../../app/engine.ts';
import classes from './Tab.module.css';

interface Props {
  /** The address as it is typed, whether it is one or not. */
  readonly address: string;
  onAddress(address: string): void;
}

/** The page that verifies certificates with no network: as a file, and where it is published. */
export function VerificationPage({ address, onAddress }: Props) {
  const { t } = useTranslation('award');
  const typed = address.trim();
  return (
    <>
      <h2 className={classes.heading}>{t('page.name')}</h2>
      <BoxedList label={t('page.name')}>
        <PageRow />
        <li>
          <BoxedRow>
            <TextInput
              type="url"
              label={t('address')}
              description={t('addressHint')}
              value={address}
              onChange={({ currentTarget: { value } }) => onAddress(value)}
              error={typed !== '' && !isPageAddress(typed) && t('addressWrong')}
              maxLength={LONGEST_PAGE_ADDRESS}
              className={classes.address!}
            />
          </BoxedRow>
        </li>
      </BoxedList>
    </>
  );
}

/** The page as a file, which names who issues the certificates. */
function PageRow() {
  const { t } = useTranslation('award');
  const format = useFormats();
  const job = useJob('certificate.page');
  const [institution, setInstitution] = useState('');
  const [saved, setSaved] = useState('');
  const save = async (): Promise<void> => {
    const file = await window.shell.chooseSave('material', `${t('page.fileName')}.html`);
    if (!file) return;
    setSaved('');
    const named = institution.trim();
    const made = await job.start({ path: file.path, ...(named !== '' && { institution: named }) });
    if (made) setSaved(t('page.saved', { name: file.name, size: format.bytes(made.bytes) }));
  };
  return (
    <li>
      <BoxedRow>
        <RowWords title={t('page.file')}>
          <RowFacts>{t('page.about')}</RowFacts>
          <TextInput
            label={t('page.institution')}
            description={t('page.institutionHint')}
            value={institution}
            onChange={({ currentTarget: { value } }) => setInstitution(value)}
            maxLength={500}
            className={classes.institution!}
          />
          <span role="status">{saved}</span>
        </RowWords>
        <Button variant="default" leftSection={<DownloadIcon />} disabled={job.running} onClick={() => void save()}>
          {t('page.save')}
        </Button>
      </BoxedRow>
      <div className={classes.state}>
        <JobState job={job} />
        <Refusal error={job.refusal} />
      </div>
    </li>
  );
}
