import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { takesTwoLanguages, type DocumentKind } from '../../../../shared/features/paper/contract.ts';
import { fileName } from '../../../../shared/features/paper/paper-words.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { BoxedRow, RowActions, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { loadWords } from '../../../ui/i18n.ts';
import { JobState } from '../../../ui/JobState.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { DownloadIcon, OpenIcon } from '../../../ui/theme/icons.tsx';
import type { Args, Job } from '../../app/engine.ts';
import classes from './Tab.module.css';

/** A paper that can be had. */
export interface ShownPaper {
  readonly key: string;
  readonly kind: DocumentKind;
  readonly name: string;
  readonly about: string;
  readonly options?: NonNullable<Args<'document.make'>['options']>;
  /** What is asked for what stands on it; kept as long as the page is open. */
  readonly takes?: readonly ('network' | 'password')[];
}

interface Props {
  readonly activityId: Id;
  readonly paper: ShownPaper;
  readonly language: Language;
  readonly second: Language | undefined;
  readonly start: string;
  /** One paper is made at a time; `asked`: this one was asked for last. */
  readonly saving: Job<'document.make'>;
  readonly opening: Job<'document.open'>;
  readonly asked: boolean;
  onAsk(): void;
}

/** A paper, and the two ways to have it: as a file, and in the program that prints it. */
export function PaperRow({ activityId, paper, language, second, start, saving, opening, asked, onAsk }: Props) {
  const { t } = useTranslation('paper');
  const format = useFormats();
  // Said in the row, where it stays: several papers are saved one after the other.
  const [saved, setSaved] = useState('');
  const running = saving.running || opening.running;
  const { kind, name, about, options, takes = [] } = paper;
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const wanted = {
    ...{ kind, activityId, language },
    ...(takesTwoLanguages(kind) && second !== undefined && { second }),
    ...(options && { options }),
    ...(takes.length > 0 && { options: typed }),
  };
  const ask = (): void => {
    setSaved('');
    saving.reset();
    opening.reset();
    onAsk();
  };
  const save = async (): Promise<void> => {
    await loadWords(language);
    const inLanguage = (key: string, values = {}) => t(key, { ...values, lng: language });
    const file = await window.shell.chooseSave('pdf', `${fileName({ say: inLanguage }, kind, start)}.pdf`);
    if (!file) return;
    ask();
    const made = await saving.start({ ...wanted, path: file.path, format: 'pdf' });
    if (made) setSaved(t('saved', { count: made.pages ?? 1, name: file.name, size: format.bytes(made.bytes) }));
  };
  const open = async (): Promise<void> => {
    ask();
    await opening.start(wanted);
  };
  return (
    <li>
      <BoxedRow>
        <RowWords title={name}>
          <RowFacts>{about}</RowFacts>
          {takes.length > 0 && (
            <Group gap="sm" my={8}>
              {takes.map((part) => (
                <TextInput
                  key={part}
                  label={t(`${kind}.${part}`)}
                  value={typed[part] ?? ''}
                  onChange={({ currentTarget: { value } }) => setTyped((before) => ({ ...before, [part]: value }))}
                  maxLength={100}
                />
              ))}
            </Group>
          )}
          <span role="status">{saved}</span>
        </RowWords>
        <RowActions>
          <Button
            variant="subtle"
            leftSection={<OpenIcon />}
            disabled={running}
            aria-label={t('openPaper', { paper: name })}
            onClick={() => void open()}
          >
            {t('open')}
          </Button>
          <Button
            variant="default"
            leftSection={<DownloadIcon />}
            disabled={running}
            aria-label={t('savePaper', { paper: name })}
            onClick={() => void save()}
          >
            {t('save')}
          </Button>
        </RowActions>
      </BoxedRow>
      {asked && (
        <div className={classes.state}>
          <JobState job={saving.running ? saving : opening} />
          <Refusal error={saving.refusal ?? opening.refusal} />
        </div>
      )}
    </li>
  );
}
