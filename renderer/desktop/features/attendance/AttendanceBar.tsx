import { ActionIcon, Button, CloseButton, Kbd, TextInput, Tooltip } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import { useHalfDay, useLanguage } from '../../../ui/formats.ts';
import { INTL_LOCALE } from '../../../ui/i18n.ts';
import { CloseIcon, KeyboardIcon, SearchIcon, UndoIcon, UploadIcon } from '../../../ui/icons.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { SaveState } from '../../../ui/SaveState.tsx';
import { countWords } from './count-words.ts';
import type { MarkStore } from './mark-store.ts';
import { useCounts } from './Totals.tsx';
import classes from './AttendanceBar.module.css';

interface Props {
  readonly marks: MarkStore;
  readonly open: HalfDay;
  readonly found: string;
  /** What the last action on several people did. */
  readonly said: string;
  onFind(text: string): void;
  /** Enter in the search: to the first person found. */
  onFound(): void;
  onRemaining(): void;
  onUndo(): void;
  onLetters(): void;
  onImport(): void;
}

/** Above the grid: how the half-day stands, one primary action, the search, and where what was marked is. */
export function AttendanceBar(props: Props) {
  const { marks, open } = props;
  const { t } = useTranslation('attendance');
  const language = useLanguage();
  const counts = useCounts(marks, open);
  const saving = useSyncExternalStore(
    (listener) => marks.subscribeSaving(listener),
    () => marks.saving,
  );
  const halfDay = t('grid.halfDay', useHalfDay()(open));
  const parts = countWords(counts, t);
  const sentence = new Intl.ListFormat(INTL_LOCALE[language], { type: 'unit', style: 'short' }).format(parts);
  return (
    <>
      <div className={classes.head}>
        <div className={classes.words}>
          <h2 className={classes.halfDay}>{halfDay}</h2>
          <p className={classes.count} data-testid="attendance-count">
            {sentence}
          </p>
        </div>
        <Button
          onClick={props.onRemaining}
          disabled={counts.notTaken === 0}
          rightSection={
            <Kbd size="md" className={classes.key}>
              M
            </Kbd>
          }
        >
          {counts.notTaken === 0 ? t('bar.everybodyMarked') : t('bar.markRemaining', { count: counts.notTaken })}
        </Button>
      </div>
      <div className={classes.tools} role="toolbar" aria-label={t('bar.tools')}>
        <TextInput
          type="search"
          className={classes.search}
          aria-label={t('bar.find')}
          placeholder={t('bar.find')}
          value={props.found}
          onChange={(event) => props.onFind(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'ArrowDown') {
              event.preventDefault();
              props.onFound();
            } else if (event.key === 'Escape') props.onFind('');
          }}
          leftSection={<SearchIcon />}
          rightSection={
            props.found ? <CloseButton aria-label={t('showEverybody')} onClick={() => props.onFind('')} /> : <Kbd size="md">/</Kbd>
          }
        />
        <Button variant="default" leftSection={<UndoIcon />} disabled={saving.undoable === 0} onClick={props.onUndo}>
          {t('bar.undo')}
        </Button>
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
        <p className={classes.said} role="status">
          {props.said}
        </p>
        <SaveState state={saving.waiting > 0 ? 'saving' : saving.savedOnce ? 'saved' : 'idle'} />
      </div>
      {saving.failure !== null && (
        <div className={classes.failure}>
          <Refusal error={{ message: saving.failure }}>
            <p className={classes.kept}>{t('bar.putBack')}</p>
            <Button variant="default" leftSection={<CloseIcon />} onClick={() => marks.putFailureAway()}>
              {t('bar.close')}
            </Button>
          </Refusal>
        </div>
      )}
    </>
  );
}
