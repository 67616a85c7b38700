import { ActionIcon, Button, CloseButton, TextInput, Tooltip } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import { useFormats, useHalfDay } from '../../../ui/formats.ts';
import { AdvanceIcon, DownloadIcon, KeyboardIcon, PlusIcon, SearchIcon, UndoIcon, UploadIcon } from '../../../ui/theme/icons.tsx';
import { SingleKey } from '../../app/keyboard/single-keys.tsx';
import { countWords } from './count-words.ts';
import type { MarkStore } from './mark-store.ts';
import { useSaving } from './SheetFoot.tsx';
import { useCounts } from './grid/Totals.tsx';
import classes from './AttendanceBar.module.css';

interface Props {
  readonly marks: MarkStore;
  readonly mayMark: boolean;
  readonly open: HalfDay;
  readonly found: string;
  onFind(text: string): void;
  /** Whether the next person follows a letter. */
  readonly advance: boolean;
  onAdvance(advance: boolean): void;
  onRemaining(): void;
  onWalkIn(): void;
  onUndo(): void;
  onLetters(): void;
  onImport(): void;
  onSave(): void;
}

/**
 * Above the grid: how the half-day stands, one primary action, the search. Its height never changes, or a row would slip away under the pointer. Its parts listen for
 * themselves, so that a mark draws the number anew and not the bar.
 */
export function AttendanceBar(props: Props) {
  const { marks, mayMark, open } = props;
  const { t } = useTranslation('attendance');
  return (
    <div className={classes.root}>
      <div className={classes.words}>
        <h2 className={classes.halfDay}>{t('grid.halfDay', useHalfDay()(open))}</h2>
        <Count marks={marks} open={open} />
      </div>
      {mayMark && <Remaining marks={marks} open={open} onRemaining={props.onRemaining} />}
      <div className={classes.tools} role="toolbar" aria-label={t('bar.tools')}>
        <TextInput
          type="search"
          className={classes.search}
          aria-label={t('bar.find')}
          placeholder={t('bar.findHint')}
          value={props.found}
          onChange={(event) => props.onFind(event.currentTarget.value)}
          leftSection={<SearchIcon />}
          rightSection={
            props.found ? <CloseButton aria-label={t('showEverybody')} onClick={() => props.onFind('')} /> : <SingleKey>/</SingleKey>
          }
        />
        {mayMark && (
          <Button
            variant="default"
            className={classes.tool}
            classNames={{ label: classes.toolLabel! }}
            title={t('walkIn.open')}
            onClick={props.onWalkIn}
          >
            <PlusIcon />
            <span className={classes.label}>{t('walkIn.open')}</span>
            <SingleKey className={classes.key}>+</SingleKey>
          </Button>
        )}
        {mayMark && <Undo marks={marks} onUndo={props.onUndo} />}
        {mayMark && (
          <>
            <Tooltip label={t(props.advance ? 'advance.on' : 'advance.off')}>
              <ActionIcon
                variant={props.advance ? 'light' : 'default'}
                size={44}
                aria-label={t('advance.label')}
                aria-pressed={props.advance}
                onClick={() => props.onAdvance(!props.advance)}
              >
                <AdvanceIcon />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('letters.title')}>
              <ActionIcon variant="default" size={44} aria-label={t('letters.title')} onClick={props.onLetters}>
                <KeyboardIcon />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('import.title')}>
              <ActionIcon variant="default" size={44} aria-label={t('import.title')} onClick={props.onImport}>
                <UploadIcon />
              </ActionIcon>
            </Tooltip>
          </>
        )}
        <Tooltip label={t('save.button')}>
          <ActionIcon variant="default" size={44} aria-label={t('save.button')} onClick={props.onSave}>
            <DownloadIcon />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}

const Count = memo(function Count({ marks, open }: Pick<Props, 'marks' | 'open'>) {
  const { t } = useTranslation('attendance');
  const format = useFormats();
  return (
    <p className={classes.count} data-testid="attendance-count">
      {countWords(useCounts(marks, open), t, format)}
    </p>
  );
});

function Remaining({ marks, open, onRemaining }: Pick<Props, 'marks' | 'open' | 'onRemaining'>) {
  const { t } = useTranslation('attendance');
  const { notTaken } = useCounts(marks, open);
  return (
    <Button
      className={classes.remaining}
      classNames={{ label: classes.remainingLabel! }}
      onClick={onRemaining}
      disabled={notTaken === 0}
      rightSection={<SingleKey className={classes.key}>M</SingleKey>}
    >
      {notTaken === 0 ? t('bar.everybodyMarked') : t('bar.markRemaining', { count: notTaken })}
    </Button>
  );
}

const Undo = memo(function Undo({ marks, onUndo }: Pick<Props, 'marks' | 'onUndo'>) {
  const { t } = useTranslation('attendance');
  const can = useSaving(marks, ({ undoable }) => undoable > 0);
  return (
    <Button
      variant="default"
      className={classes.tool}
      classNames={{ label: classes.toolLabel! }}
      title={t('bar.undo')}
      disabled={!can}
      onClick={onUndo}
    >
      <UndoIcon />
      <span className={classes.label}>{t('bar.undo')}</span>
    </Button>
  );
});
