import { Button, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../ui/dialog/Form.tsx';
import { useHalfDay } from '../../../ui/formats.ts';
import { Refusal } from '../../../ui/Refusal.tsx';
import { SearchSelect } from '../../../ui/fields/SearchSelect.tsx';
import { useRead, useWrite } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { useNameShown } from '../people/person/person-words.ts';
import { useMarkWords } from './grid/MarkWords.tsx';
import type { Orphan } from './Orphans.tsx';
import classes from './Orphans.module.css';

interface Props {
  readonly activityId: Id;
  /** One mark, whose cell is chosen here; or several, each to the half-day that the new dates made of its own. */
  readonly marks: readonly Orphan[];
  onClose(): void;
}

/** Moves marks that have no place to cells that there are. What stands in such a cell is asked about before anything changes. */
export function MoveMarks({ activityId, marks, onClose }: Props) {
  const { t } = useTranslation(['attendance', 'app']);
  const words = useHalfDay();
  const nameShown = useNameShown();
  const { nameOf } = useMarkWords();
  const people = useRead('people.list', { activityId }).data ?? [];
  const grid = useRead('attendance.grid', { activityId }).data;
  const move = useWrite('attendance.move', { shownHere: true });
  const [single] = marks.length === 1 ? marks : [];
  const [personId, setPerson] = useState<string | null>(single && people.some(({ id }) => id === single.personId) ? single.personId : null);
  const [halfDay, setHalfDay] = useState<string | null>(single?.movedTo ?? null);
  const [unsettled, setUnsettled] = useState(false);
  const taken = move.error?.code === 'attendance.cellTaken';
  const send = (answer: 'ask' | 'keep' | 'replace') => {
    const chosen = marks.map((mark) => ({
      mark,
      to: single ? { personId: personId ?? '', halfDay: halfDay ?? '' } : { personId: mark.personId, halfDay: mark.movedTo ?? '' },
    }));
    if (chosen.some(({ to }) => to.personId === '' || to.halfDay === '')) return;
    move.mutate(
      {
        activityId,
        taken: answer,
        marks: chosen.map(({ mark, to }) => ({
          personId: mark.personId,
          halfDay: mark.halfDay,
          seen: mark.heads,
          to,
          seenThere: grid?.marks.find((cell) => cell.personId === to.personId && cell.halfDay === to.halfDay)?.heads ?? [],
        })),
      },
      {
        onSuccess: ({ moved }) => {
          say(t('orphans.moved', { count: moved }));
          onClose();
        },
      },
    );
  };
  const ready = single === undefined || (personId !== null && halfDay !== null);
  return (
    <Dialog help="agenda" onClose={onClose} title={t('orphans.moveTitle', { count: marks.length })}>
      <Form onSubmit={() => send('ask')}>
        <Stack gap="md">
          {single ? (
            <>
              <SearchSelect
                label={t('orphans.person')}
                choices={people.map((person) => ({ value: person.id, label: nameShown(person) }))}
                value={personId}
                onChange={(value) => {
                  setPerson(value);
                  move.reset();
                }}
                onUnsettled={setUnsettled}
              />
              <Select
                label={t('orphans.halfDay')}
                data={(grid?.halfDays ?? []).map((value) => ({ value, label: t('grid.halfDay', words(value)) }))}
                value={halfDay}
                onChange={(value) => {
                  setHalfDay(value);
                  move.reset();
                }}
                allowDeselect={false}
              />
            </>
          ) : (
            <ul className={classes.list}>
              {marks.map((mark) => (
                <li key={`${mark.personId} ${mark.halfDay}`}>
                  {t('orphans.fromTo', {
                    name: nameOf(mark),
                    from: t('grid.halfDay', words(mark.halfDay)),
                    to: mark.movedTo ? t('grid.halfDay', words(mark.movedTo)) : '',
                  })}
                </li>
              ))}
            </ul>
          )}
          <Refusal error={move.error} />
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {t('app:cancel')}
            </Button>
            {taken && !unsettled ? (
              <>
                <Button variant="default" loading={move.isPending} onClick={() => send('keep')}>
                  {t('orphans.keepThere')}
                </Button>
                <Button loading={move.isPending} onClick={() => send('replace')}>
                  {t('orphans.replaceThere')}
                </Button>
              </>
            ) : (
              <Button type="submit" disabled={!ready} loading={move.isPending}>
                {t('orphans.moveSubmit', { count: marks.length })}
              </Button>
            )}
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}
