import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import type { AwardKind } from '../../../../shared/model/vocabularies.ts';
import { BoxedList, BoxedRow, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { JobState } from '../../../ui/JobState.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { FolderIcon } from '../../../ui/theme/icons.tsx';
import { useJob } from '../../app/engine.ts';
import { PaperRow } from '../paper/PaperRow.tsx';
import { BadgesRow } from './BadgesRow.tsx';
import classes from './Tab.module.css';

interface Props {
  readonly activityId: Id;
  readonly kind: AwardKind;
  readonly language: Language;
  readonly start: string;
  /** What stands before the digits in the codes; '' for nothing. */
  readonly address: string;
  /** Without the design that the workshop chose. */
  readonly plain: boolean;
}

/** The ways in which the certificates that stand are had: as one PDF, as a file each, and as Open Badges. */
export function CertificatePapers({ activityId, kind, language, start, address, plain }: Props) {
  const { t } = useTranslation(['award', 'paper']);
  const saving = useJob('document.make');
  const opening = useJob('document.open');
  const [asked, setAsked] = useState<'paper' | 'files'>();
  const options = { certificate: kind, ...(address !== '' && { address }), ...(plain && { plain }) };
  return (
    <BoxedList label={t('papers')}>
      <PaperRow
        {...{ activityId, language, start, saving, opening, second: undefined }}
        paper={{ key: 'certificates', kind: 'certificates', name: t('paper:certificates.name'), about: t('print'), options }}
        asked={asked === 'paper'}
        onAsk={() => setAsked('paper')}
      />
      <FilesRow
        wanted={{ activityId, language, options }}
        saving={saving}
        busy={saving.running || opening.running}
        asked={asked === 'files'}
        onAsk={() => {
          opening.reset();
          setAsked('files');
        }}
      />
      <BadgesRow {...{ activityId, kind, language, address }} />
    </BoxedList>
  );
}

interface FilesRowProps {
  readonly wanted: {
    readonly activityId: Id;
    readonly language: Language;
    readonly options: { readonly certificate: AwardKind; readonly address?: string; readonly plain?: boolean };
  };
  readonly saving: ReturnType<typeof useJob<'document.make'>>;
  readonly busy: boolean;
  readonly asked: boolean;
  onAsk(): void;
}

/** A file for each certificate, in a folder that is chosen. */
function FilesRow({ wanted, saving, busy, asked, onAsk }: FilesRowProps) {
  const { t } = useTranslation(['award', 'paper']);
  const format = useFormats();
  const [saved, setSaved] = useState('');
  const save = async (): Promise<void> => {
    const folder = await window.shell.chooseFolder();
    if (!folder) return;
    setSaved('');
    saving.reset();
    onAsk();
    const options = { ...wanted.options, files: true };
    const made = await saving.start({ ...wanted, options, kind: 'certificates', format: 'pdf', path: folder.path });
    if (made) setSaved(t('files.saved', { count: made.files ?? 0, name: folder.name, size: format.bytes(made.bytes) }));
  };
  return (
    <li>
      <BoxedRow>
        <RowWords title={t('files.name')}>
          <RowFacts>{t('files.about')}</RowFacts>
          <span role="status">{saved}</span>
        </RowWords>
        <Button variant="default" leftSection={<FolderIcon />} disabled={busy} onClick={() => void save()}>
          {t('files.save')}
        </Button>
      </BoxedRow>
      {asked && (
        <div className={classes.state}>
          <JobState job={saving} />
          <Refusal error={saving.refusal} />
        </div>
      )}
    </li>
  );
}
