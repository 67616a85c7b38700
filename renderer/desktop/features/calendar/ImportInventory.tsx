import { Button, Group, NumberInput, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenPath } from '../../../../shared/contract/shell.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../ui/dialog/DialogFoot.tsx';
import { FileIcon } from '../../../ui/theme/icons.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useWrite, type Answer } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { useCalendarPlace } from './calendar-place.ts';
import { DoubtfulLines, UnderstoodLines } from './InventoryLines.tsx';
import classes from './Calendar.module.css';

/** Milliseconds that a text rests before it is read. */
const RESTS = 300;

type Read = Answer<'calendar.import'>;

/** Takes a published inventory, pasted or out of a file: what is understood and what is doubtful stand before anything is saved. */
export function ImportInventory({ close }: { close(): void }) {
  const { t } = useTranslation('calendar');
  const [text, setText] = useState('');
  const [file, setFile] = useState<ChosenPath | null>(null);
  const [year, setYear] = useState<number | undefined>(undefined);
  const [names, setNames] = useState<{ readonly projects: readonly string[]; readonly partners: readonly string[] }>({
    projects: [],
    partners: [],
  });
  const [read, setRead] = useState<Read | null>(null);
  const look = useWrite('calendar.import', { shownHere: true });
  const write = useWrite('calendar.import', { shownHere: true });
  const given = file ? { path: file.path } : text.trim() === '' ? null : { text };
  const args = given && { ...given, ...(year !== undefined && { year }), projects: [...names.projects], partners: [...names.partners] };
  const asked = JSON.stringify(args);
  const { mutate } = look;
  useEffect(() => {
    const wanted = JSON.parse(asked) as typeof args;
    if (wanted === null) {
      setRead(null);
      return undefined;
    }
    let isLatest = true;
    const timer = setTimeout(() => mutate(wanted, { onSuccess: (answer) => isLatest && setRead(answer) }), RESTS);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [asked, mutate]);
  const shown = args === null ? null : read;
  const count = shown?.understood.filter(({ does }) => does === 'new').length ?? 0;
  const needsYear = year !== undefined || shown?.doubtful.some(({ reasons }) => reasons.includes('noYear'));

  const choose = () =>
    void window.shell.chooseFile('calendar').then((chosen) => {
      if (chosen) setFile(chosen);
    });
  const take = (as: 'projects' | 'partners', name: string) => setNames((before) => ({ ...before, [as]: [...before[as], name] }));
  const add = () => {
    if (!args) return;
    write.mutate(
      { ...args, apply: true },
      {
        onSuccess: ({ added, understood }) => {
          say(t('import.done', { count: added }));
          const first = understood.find(({ start }) => start !== null);
          if (first?.start) useCalendarPlace.getState().look(useCalendarPlace.getState().view, first.start);
          close();
        },
      },
    );
  };

  return (
    <Dialog help="calendar" title={t('import.title')} size={1080} yOffset="2dvh" unsaved={args !== null} onClose={close}>
      <p className={classes.hint}>{t('import.hint')}</p>
      {file ? (
        <Group gap="sm" mb="md">
          <FileIcon />
          <span>{file.name}</span>
          <Button variant="subtle" onClick={() => setFile(null)}>
            {t('import.paste')}
          </Button>
        </Group>
      ) : (
        <Textarea
          data-autofocus
          label={t('import.text')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          rows={shown ? 4 : 10}
          classNames={{ input: classes.pasted! }}
        />
      )}
      <Group gap="md" my="sm" align="end">
        <Button variant="default" leftSection={<FileIcon />} onClick={choose}>
          {t('import.choose')}
        </Button>
        {needsYear && (
          <NumberInput
            label={t('import.year')}
            min={1900}
            max={2199}
            allowDecimal={false}
            value={year ?? ''}
            onChange={(value) => setYear(inYears(value))}
          />
        )}
      </Group>
      <Refusal error={look.error ?? write.error} />
      {shown && (
        <>
          <p className={classes.found} role="status">
            {[
              t('import.understood', { count: shown.understood.length }),
              t('import.doubtful', { count: shown.doubtful.length }),
              t('import.skipped', { count: shown.skipped }),
            ].join(' · ')}
          </p>
          {shown.doubtful.length > 0 && <DoubtfulLines lines={shown.doubtful} take={take} />}
          {shown.understood.length > 0 && <UnderstoodLines lines={shown.understood} />}
        </>
      )}
      <DialogFoot>
        <Button variant="default" onClick={close}>
          {t('app:cancel')}
        </Button>
        <Button onClick={add} disabled={count === 0 || look.isPending} loading={write.isPending}>
          {count === 0 ? t('import.nothing') : t('import.add', { count })}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function inYears(value: string | number): number | undefined {
  return typeof value === 'number' && value >= 1900 && value <= 2199 ? value : undefined;
}
