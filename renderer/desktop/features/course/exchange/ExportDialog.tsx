import { Button, Stack, Switch } from '@mantine/core';
import i18next from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { useFormats, useLanguage, useReadableTitle } from '../../../../ui/formats.ts';
import { JobState } from '../../../../ui/JobState.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { DownloadIcon } from '../../../../ui/theme/icons.tsx';
import { useJob, type Answer } from '../../../app/engine.ts';
import { sayRefusal } from '../../../app/frame/notices.tsx';
import classes from './Exchange.module.css';

interface Props {
  readonly course: Answer<'course.get'>;
  close(): void;
}

interface Written {
  readonly path: string;
  readonly words: string;
}

/** Writes a course where the user chooses: as one signed file for another Itinera, or its texts as a workbook for whoever translates. */
export function ExportDialog({ course, close }: Props) {
  const { t } = useTranslation(['exchange', 'app']);
  const format = useFormats();
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const pack = useJob('course.exportPack');
  const texts = useJob('course.exportTexts');
  const [files, setFiles] = useState(false);
  const [written, setWritten] = useState<Written | null>(null);
  const title = readableTitle(course, textIn(course.title, language));
  const running = pack.running || texts.running;
  const begin = () => {
    setWritten(null);
    pack.reset();
    texts.reset();
  };
  const savePack = async () => {
    const place = await window.shell.chooseSave('course', `${title}.zip`);
    if (!place) return;
    begin();
    const done = await pack.start({ courseId: course.id, path: place.path, files });
    if (!done) return;
    const left = done.left > 0 ? [t('exchange:export.left', { count: done.left })] : [];
    const words = [t('exchange:export.packDone', { name: place.name, size: format.bytes(done.bytes) }), ...left].join(' ');
    setWritten({ path: place.path, words });
  };
  const saveTexts = async () => {
    const place = await window.shell.chooseSave('xlsx', `${t('exchange:export.textsName', { title })}.xlsx`);
    if (!place) return;
    begin();
    const done = await texts.start({ courseId: course.id, path: place.path, language });
    if (done) setWritten({ path: place.path, words: t('exchange:export.textsDone', { count: done.cells, name: place.name }) });
  };
  return (
    <Dialog help="exchange" onClose={close} title={t('exchange:export.title')} size={560}>
      <Stack gap="lg">
        <section className={classes.way} aria-labelledby="export-pack">
          <h3 id="export-pack">{t('exchange:export.pack')}</h3>
          <p>{t('exchange:export.packText')}</p>
          <Switch
            label={t('exchange:export.files')}
            description={t('exchange:export.filesHint')}
            checked={files}
            onChange={(event) => setFiles(event.currentTarget.checked)}
            disabled={running}
          />
          <Button variant="default" leftSection={<DownloadIcon />} disabled={running} onClick={() => void savePack()}>
            {t('exchange:export.savePack')}
          </Button>
        </section>
        <section className={classes.way} aria-labelledby="export-texts">
          <h3 id="export-texts">{t('exchange:export.texts')}</h3>
          <p>{t('exchange:export.textsText')}</p>
          <Button variant="default" leftSection={<DownloadIcon />} disabled={running} onClick={() => void saveTexts()}>
            {t('exchange:export.saveTexts')}
          </Button>
        </section>
        <JobState job={pack.running ? pack : texts} />
        {!running && <Refusal error={pack.refusal ?? texts.refusal} />}
        <div role="status" className={classes.done}>
          {written && <p>{written.words}</p>}
        </div>
        <DialogFoot
          before={
            written && (
              <Button variant="default" onClick={() => void show(written.path)}>
                {t('exchange:export.show')}
              </Button>
            )
          }
        >
          <Button onClick={close}>{t('app:close')}</Button>
        </DialogFoot>
      </Stack>
    </Dialog>
  );
}

async function show(path: string): Promise<void> {
  const answer = await window.shell.showSaved(path);
  if (!answer.ok) sayRefusal({ message: i18next.t(`errors:${answer.code}`) });
}
