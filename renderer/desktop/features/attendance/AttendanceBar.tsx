import { ActionIcon, Button, CloseButton, Kbd, TextInput, Tooltip } from '@mantine/core';
import { memo, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import { useFormats, useHalfDay } from '../../../ui/formats.ts';
import { CloseIcon, DownloadIcon, KeyboardIcon, PlusIcon, SearchIcon, UndoIcon, UploadIcon } from '../../../ui/icons.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { SaveState } from '../../../ui/SaveState.tsx';
import { countWords } from './count-words.ts';
import type { GridCursor } from './grid-cursor.ts';
import type { MarkStore, Saving } from './mark-store.ts';
import { useCounts } from './Totals.tsx';
import classes from './AttendanceBar.module.css';

interface Props {
  readonly marks: MarkStore;
  readonly cursor: GridCursor;
  readonly mayMark: boolean;
  readonly open: HalfDay;
  readonly found: string;
  /** What the last action on several people did. */
  readonly said: string;
  onFind(text: string): void;
  /** Enter in the search: to the first person found. */
  onFound(): void;
  onRemaining(): void;
  onWalkIn(): void;
  onUndo(): void;
  onLetters(): void;
  onImport(): void;
  onSave(): void;
}

/** Longer than a mark takes to be on disk: *Saving* is said only where it is worth a word. */
const NOTICEABLE = 250;

/**
 * Above the grid: how the half-day stands, one primary action, the search, and where what was marked is. Its parts listen for
 * themselves, so that a mark draws the number anew and not the bar.
 */
export function AttendanceBar(props: Props) {
  const { marks, mayMark, open } = props;
  const { t } = useTranslation('attendance');
  return (
    <>
      <div className={classes.head}>
        <div className={classes.words}>
          <h2 className={classes.halfDay}>{t('grid.halfDay', useHalfDay()(open))}</h2>
          <Count marks={marks} open={open} />
        </div>
        {mayMark && <Remaining marks={marks} open={open} onRemaining={props.onRemaining} />}
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
        {mayMark && (
          <Button variant="default" leftSection={<PlusIcon />} rightSection={<Kbd size="md">+</Kbd>} onClick={props.onWalkIn}>
            {t('walkIn.open')}
          </Button>
        )}
        {mayMark && <Undo marks={marks} onUndo={props.onUndo} />}
        {mayMark && (
          <>
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
        <Said cursor={props.cursor} mayMark={mayMark} said={props.said} />
        <Saved marks={marks} />
      </div>
      <Failure marks={marks} />
    </>
  );
}

/** One fact of how saving stands; draws anew only when that fact changes. */
function useSaving<T extends string | number | boolean | null>(marks: MarkStore, fact: (saving: Saving) => T): T {
  return useSyncExternalStore(
    useCallback((listener) => marks.subscribeSaving(listener), [marks]),
    () => fact(marks.saving),
  );
}

const Count = memo(function Count({ marks, open }: Pick<Props, 'marks' | 'open'>) {
  const { t } = useTranslation('attendance');
  const format = useFormats();
  const parts = countWords(useCounts(marks, open), t);
  return (
    <p className={classes.count} data-testid="attendance-count">
      {format.unitList(parts)}
    </p>
  );
});

/** How many cells are selected while that is more than one, else what the last action did. */
function Said({ cursor, mayMark, said }: Pick<Props, 'cursor' | 'mayMark' | 'said'>) {
  const { t } = useTranslation('attendance');
  const selected = useSyncExternalStore(
    useCallback((listener) => cursor.subscribe(listener), [cursor]),
    () => cursor.selectedCount(),
  );
  const words = selected > 1 ? t(mayMark ? 'said.selected' : 'said.selectedAlone', { count: selected }) : said;
  return (
    <p className={classes.said} role="status" data-testid="attendance-said">
      {words}
    </p>
  );
}

function Remaining({ marks, open, onRemaining }: Pick<Props, 'marks' | 'open' | 'onRemaining'>) {
  const { t } = useTranslation('attendance');
  const { notTaken } = useCounts(marks, open);
  return (
    <Button
      onClick={onRemaining}
      disabled={notTaken === 0}
      rightSection={
        <Kbd size="md" className={classes.key}>
          M
        </Kbd>
      }
    >
      {notTaken === 0 ? t('bar.everybodyMarked') : t('bar.markRemaining', { count: notTaken })}
    </Button>
  );
}

const Undo = memo(function Undo({ marks, onUndo }: Pick<Props, 'marks' | 'onUndo'>) {
  const { t } = useTranslation('attendance');
  const can = useSaving(marks, ({ undoable }) => undoable > 0);
  return (
    <Button variant="default" leftSection={<UndoIcon />} disabled={!can} onClick={onUndo}>
      {t('bar.undo')}
    </Button>
  );
});

function Saved({ marks }: Pick<Props, 'marks'>) {
  const waiting = useSaving(marks, (saving) => saving.waiting > 0);
  const saved = useSaving(marks, (saving) => saving.savedOnce && saving.failure === null);
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return setLate(false);
    const timer = setTimeout(() => setLate(true), NOTICEABLE);
    return () => clearTimeout(timer);
  }, [waiting]);
  // Between a tap and its answer nothing is claimed; the cell itself is drawn as not saved yet.
  return (
    <span className={classes.saved}>
      <SaveState state={waiting ? (late ? 'saving' : 'idle') : saved ? 'saved' : 'idle'} />
    </span>
  );
}

function Failure({ marks }: Pick<Props, 'marks'>) {
  const { t } = useTranslation('attendance');
  const failure = useSaving(marks, (saving) => saving.failure);
  if (failure === null) return null;
  return (
    <div className={classes.failure}>
      <Refusal error={{ message: failure }}>
        <p className={classes.kept}>{t('bar.putBack')}</p>
        <Button variant="default" leftSection={<CloseIcon />} onClick={() => marks.putFailureAway()}>
          {t('bar.close')}
        </Button>
      </Refusal>
    </div>
  );
}
