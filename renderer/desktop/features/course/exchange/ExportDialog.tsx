import { Button, Stack } from '@mantine/core';
import i18next from 'i18next';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { JobState } from '../../../../ui/JobState.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { DownloadIcon } from '../../../../ui/theme/icons.tsx';
import type { Answer } from '../../../app/engine.ts';
import { sayRefusal } from '../../../app/frame/notices.tsx';
import classes from './Exchange.module.css';
import { useCartridgeWay, usePackWay, useTextsWay, type Way } from './ways.tsx';

interface Props {
  readonly course: Answer<'course.get'>;
  close(): void;
}

interface Written {
  readonly path: string;
  readonly words: ReactNode;
}

/** Writes a course where the user chooses: as one signed file for another Itinera, its texts as a workbook for whoever translates, or for another platform. */
export function ExportDialog({ course, close }: Props) {
  const { t } = useTranslation(['exchange', 'app']);
  const ways = [usePackWay(course), useTextsWay(course), useCartridgeWay(course)];
  const [written, setWritten] = useState<Written | null>(null);
  const running = ways.find(({ job }) => job.running);
  const refused = ways.find(({ job }) => job.refusal);
  const save = async (way: Way) => {
    const place = await window.shell.chooseSave(way.kind, way.fileName);
    if (!place) return;
    setWritten(null);
    for (const { job } of ways) job.reset();
    const words = await way.save(place);
    if (words !== null) setWritten({ path: place.path, words });
  };
  return (
    <Dialog help="exchange" onClose={close} title={t('exchange:export.title')} size={560}>
      <Stack gap="lg">
        {ways.map((way) => (
          <section key={way.id} className={classes.way} aria-labelledby={`export-${way.id}`}>
            <h3 id={`export-${way.id}`}>{way.title}</h3>
            <p>{way.text}</p>
            {way.options(running !== undefined)}
            <Button variant="default" leftSection={<DownloadIcon />} disabled={running !== undefined} onClick={() => void save(way)}>
              {way.verb}
            </Button>
          </section>
        ))}
        {running && <JobState job={running.job} />}
        {!running && <Refusal error={refused?.job.refusal ?? null} />}
        <div role="status" className={classes.done}>
          {written?.words}
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
