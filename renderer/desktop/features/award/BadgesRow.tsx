import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import type { AwardKind } from '../../../../shared/model/vocabularies.ts';
import { BoxedRow, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { JobState } from '../../../ui/JobState.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { FolderIcon } from '../../../ui/theme/icons.tsx';
import { useJob } from '../../app/engine.ts';
import classes from './Tab.module.css';

interface Props {
  readonly activityId: Id;
  readonly kind: AwardKind;
  readonly language: Language;
  /** The address that each leads to; '' for none. */
  readonly address: string;
}

/** The certificates that stand as Open Badges, a file each in a folder that is chosen. */
export function BadgesRow({ address, ...wanted }: Props) {
  const { t } = useTranslation('award');
  const format = useFormats();
  const saving = useJob('certificate.badges');
  const [saved, setSaved] = useState('');
  const save = async (): Promise<void> => {
    const folder = await window.shell.chooseFolder();
    if (!folder) return;
    setSaved('');
    saving.reset();
    const made = await saving.start({ ...wanted, ...(address !== '' && { address }), path: folder.path });
    if (made) setSaved(t('files.saved', { count: made.files, name: folder.name, size: format.bytes(made.bytes) }));
  };
  return (
    <li>
      <BoxedRow>
        <RowWords title={t('badges.name')}>
          <RowFacts>{t('badges.about')}</RowFacts>
          <span role="status">{saved}</span>
        </RowWords>
        <Button variant="default" leftSection={<FolderIcon />} disabled={saving.running} onClick={() => void save()}>
          {t('badges.save')}
        </Button>
      </BoxedRow>
      <div className={classes.state}>
        <JobState job={saving} />
        <Refusal error={saving.refusal} />
      </div>
    </li>
  );
}
