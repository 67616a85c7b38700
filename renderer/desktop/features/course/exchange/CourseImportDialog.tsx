import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenPath } from '../../../../../shared/contract/shell.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { useLanguage } from '../../../../ui/formats.ts';
import { JobState } from '../../../../ui/JobState.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { FileIcon } from '../../../../ui/theme/icons.tsx';
import { call, useJob, useRead, type Answer } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';
import { go } from '../../../app/view.ts';
import { NotPermitted } from '../../sync/MayNot.tsx';
import { PackPreview } from './PackPreview.tsx';
import { conflictKey, TextsPreview } from './TextsPreview.tsx';
import classes from './Exchange.module.css';

/** Takes a course pack or a translation workbook that the user chose: what it holds is shown before anything is written. */
export function CourseImportDialog({ close }: { close(): void }) {
  const { t } = useTranslation(['exchange', 'app']);
  const [file, setFile] = useState<ChosenPath | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const pack = useJob('course.importPack');
  const texts = useJob('course.importTexts');
  const running = pack.running || texts.running;
  const choose = async () => {
    const place = await window.shell.chooseFile('course');
    if (!place) return;
    pack.reset();
    texts.reset();
    setChosen(new Set());
    setFile(place);
    if (/\.xlsx$/i.test(place.name)) await texts.start({ path: place.path, apply: false });
    else await pack.start({ path: place.path, apply: false });
  };
  const refusal = pack.refusal ?? texts.refusal;
  return (
    <Dialog help="exchange" onClose={close} unsaved={chosen.size > 0} title={t('exchange:import.title')} size={texts.result ? 860 : 600}>
      <Stack gap="md">
        {file === null && <p className={classes.intro}>{t('exchange:import.intro')}</p>}
        {file && (
          <p className={classes.file}>
            <FileIcon size={18} /> {file.name}
          </p>
        )}
        <JobState job={pack.running ? pack : texts} />
        {!running && <Refusal error={refusal} />}
        {pack.result && <PackPreview answer={pack.result} />}
        {texts.result && <TextsPreview answer={texts.result} chosen={chosen} onChoose={setChosen} />}
        <DialogFoot
          before={
            <Button variant="default" onClick={() => void choose()} disabled={running} data-autofocus>
              {t(file === null ? 'exchange:import.choose' : 'exchange:import.chooseOther')}
            </Button>
          }
        >
          <Button variant="default" onClick={close}>
            {t('app:cancel')}
          </Button>
          {file && pack.result && <TakePack file={file} answer={pack.result} job={pack} close={close} />}
          {file && texts.result && <TakeTexts file={file} answer={texts.result} chosen={chosen} job={texts} close={close} />}
        </DialogFoot>
      </Stack>
    </Dialog>
  );
}

interface TakePackProps {
  readonly file: ChosenPath;
  readonly answer: Answer<'course.importPack'>;
  readonly job: ReturnType<typeof useJob<'course.importPack'>>;
  close(): void;
}

/** The button that makes the course of a pack; of a course that is here, the one that opens it. */
function TakePack({ file, answer, job, close }: TakePackProps) {
  const { t } = useTranslation('exchange');
  const language = useLanguage();
  const open = (id: string) => {
    close();
    go({ page: 'course', id });
  };
  if (!answer.made) return <Button onClick={() => open(answer.id)}>{t('import.openCourse')}</Button>;
  const take = async () => {
    const done = await job.start({ path: file.path });
    if (!done) return;
    open(done.id);
    const { id, taking } = done;
    if (taking !== null) offerUndo(t('import.packDone', { title: textIn(done.title, language) }), () => takeBack(id, taking, true));
  };
  return <Button onClick={() => void take()}>{t('import.takePack')}</Button>;
}

interface TakeTextsProps {
  readonly file: ChosenPath;
  readonly answer: Answer<'course.importTexts'>;
  /** The conflicts in which the workbook's text is taken. */
  readonly chosen: ReadonlySet<string>;
  readonly job: ReturnType<typeof useJob<'course.importTexts'>>;
  close(): void;
}

/** The button that writes the texts of a workbook, with those conflicts in which it was chosen; or why the user may not. */
function TakeTexts({ file, answer, chosen, job, close }: TakeTextsProps) {
  const { t } = useTranslation('exchange');
  const opened = useRead('course.open', { id: answer.courseId }).data;
  const over = answer.conflicts.flatMap(({ part, field, language, here }) =>
    here !== null && chosen.has(conflictKey({ part, field, language })) ? [{ part, field, language, here }] : [],
  );
  const count = answer.changed + over.length;
  if (count === 0 || !opened) return null;
  if (!opened.change.allowed) return <NotPermitted permission={opened.change} />;
  const take = async () => {
    const done = await job.start({ courseId: answer.courseId, path: file.path, over });
    if (!done) return;
    close();
    go({ page: 'course', id: done.courseId });
    const { courseId, taking } = done;
    if (taking !== null) offerUndo(t('import.textsDone', { count: done.changed }), () => takeBack(courseId, taking, false));
  };
  return <Button onClick={() => void take()}>{t('import.takeTexts', { count })}</Button>;
}

async function takeBack(courseId: string, taking: string, isWhole: boolean): Promise<void> {
  const { undone } = await call('course.undoImport', { courseId, taking });
  if (isWhole && undone > 0) go({ page: 'library' });
}
