import { Button, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileKind } from '../../../shared/contract/shell.ts';
import type { RejectedRow } from '../../../shared/contract/shapes.ts';
import type { Progress as JobProgress } from '../../../shared/contract/rpc.ts';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FileIcon } from '../../ui/icons.tsx';
import { JobState } from '../../ui/JobState.tsx';
import { Refusal } from '../../ui/Refusal.tsx';
import { RejectedRows } from './RejectedRows.tsx';
import classes from './ImportDialog.module.css';

/** What every import answers. */
export interface ImportAnswer {
  readonly applied: boolean;
  readonly rejected: readonly RejectedRow[];
  /** Taken, but worth a look. */
  readonly doubtful?: readonly RejectedRow[];
}

/** The part of a job that the dialog shows. */
export interface ImportJob {
  readonly running: boolean;
  readonly progress: JobProgress | undefined;
  readonly refusal: Error | undefined;
  cancel(): void;
  reset(): void;
}

interface Props<R extends ImportAnswer> {
  readonly title: string;
  readonly kind: FileKind;
  /** What a file should hold. */
  readonly intro: ReactNode;
  readonly job: ImportJob;
  run(path: string, options: { readonly apply: boolean; readonly skipRejected: boolean }): Promise<R | undefined>;
  /** What was understood of the file. */
  summary(answer: R): ReactNode;
  /** What the import would add or change; 0: there is nothing to do. */
  count(answer: R): number;
  /** On the button: *Import 25 people*. */
  importWords(count: number): string;
  /** On the button when rows are bad: *Import the 23 good rows*. */
  goodWords(count: number): string;
  onDone(answer: R): void;
  onClose(): void;
}

interface Preview<R> {
  readonly path: string;
  readonly name: string;
  readonly answer: R;
}

/**
 * Choose a file, see what it would do, then decide. Bad rows are listed with their reason; nothing is imported until the file
 * is corrected, or the user says that the good rows are to go in without the others.
 */
export function ImportDialog<R extends ImportAnswer>(props: Props<R>) {
  const { t } = useTranslation(['people', 'app']);
  const { job } = props;
  const [preview, setPreview] = useState<Preview<R> | null>(null);
  const [tried, setTried] = useState<{ readonly path: string; readonly name: string } | null>(null);

  const look = async (file: { readonly path: string; readonly name: string }) => {
    setTried(file);
    setPreview(null);
    const answer = await props.run(file.path, { apply: false, skipRejected: false });
    if (answer) setPreview({ ...file, answer });
  };
  const choose = async () => {
    const file = await window.shell.chooseFile(props.kind);
    if (file) await look(file);
  };
  const apply = async (file: Preview<R>, skipRejected: boolean) => {
    const answer = await props.run(file.path, { apply: true, skipRejected });
    if (answer?.applied) {
      props.onDone(answer);
      props.onClose();
    } else if (answer) setPreview({ ...file, answer });
  };

  const rejected = preview?.answer.rejected ?? [];
  const badRows = new Set(rejected.map(({ row }) => row)).size;
  const doubtful = preview?.answer.doubtful ?? [];
  const count = preview ? props.count(preview.answer) : 0;
  return (
    <Modal opened onClose={props.onClose} title={props.title} size={720} closeButtonProps={{ 'aria-label': t('app:close') }}>
      <div className={classes.root}>
        {!preview && !job.running && <div className={classes.intro}>{props.intro}</div>}
        {(preview ?? tried) && (
          <p className={classes.file}>
            <FileIcon />
            {(preview ?? tried)?.name}
          </p>
        )}
        <JobState job={job} />
        {!job.running && <Refusal error={job.refusal} />}
        {preview && !job.running && (
          <>
            {props.summary(preview.answer)}
            {rejected.length > 0 && (
              <>
                <p className={classes.bad}>{t('import.bad', { count: badRows })}</p>
                <RejectedRows rows={rejected} label={t('import.bad', { count: badRows })} />
              </>
            )}
            {doubtful.length > 0 && (
              <>
                <p className={classes.quiet}>{t('import.doubtful', { count: new Set(doubtful.map(({ row }) => row)).size })}</p>
                <RejectedRows rows={doubtful} label={t('import.doubtful', { count: doubtful.length })} />
              </>
            )}
          </>
        )}
        {!job.running && (
          <DialogFoot>
            {tried && (rejected.length > 0 || job.refusal) && (
              <Button variant="default" onClick={() => void look(tried)}>
                {t('import.again')}
              </Button>
            )}
            {preview && rejected.length > 0 && count > 0 && (
              <Button variant="default" onClick={() => void apply(preview, true)}>
                {props.goodWords(count)}
              </Button>
            )}
            {preview && rejected.length === 0 ? (
              count > 0 ? (
                <Button data-autofocus onClick={() => void apply(preview, false)}>
                  {props.importWords(count)}
                </Button>
              ) : (
                <Button data-autofocus onClick={props.onClose}>
                  {t('app:close')}
                </Button>
              )
            ) : (
              <Button data-autofocus onClick={() => void choose()}>
                {preview || job.refusal ? t('import.chooseOther') : t('import.choose')}
              </Button>
            )}
          </DialogFoot>
        )}
      </div>
    </Modal>
  );
}
