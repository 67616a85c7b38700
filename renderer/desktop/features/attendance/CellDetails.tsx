import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isAnotherMoment } from '../../../../shared/features/sync/rules.ts';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { useFormats, useHalfDay } from '../../../ui/formats.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead, type Answer } from '../../app/engine.ts';
import { useDeviceWords } from '../sync/device-words.ts';
import type { GridModel } from './grid/grid-model.ts';
import type { Person } from './grid/GridRow.tsx';
import { useLetters } from './letters/letters-shown.tsx';
import { StatusGlyph } from './grid/StatusGlyph.tsx';
import { statusesApart } from '../../../../shared/features/attendance/cells.ts';
import { markOfLetter } from '../../../../shared/features/attendance/letters.ts';
import { MARKS } from '../../../../shared/model/vocabularies.ts';
import { Rows } from '../../../ui/Rows.tsx';
import { useSingleKeys } from '../../app/keyboard/single-keys.tsx';
import { Card, Cards } from '../../../ui/Cards.tsx';
import classes from './CellDetails.module.css';

type Entry = Answer<'attendance.history'>[number];

interface Props {
  readonly activityId: Id;
  readonly model: GridModel;
  readonly person: Person;
  readonly halfDay: HalfDay;
  onClose(): void;
}

/** One cell in full: both values where two people disagree, every status one tap away, and who marked what and when. */
export function CellDetails({ activityId, model, person, halfDay, onClose }: Props) {
  const { t } = useTranslation(['attendance', 'app', 'sync']);
  const history = useRead('attendance.history', { activityId, personId: person.id, halfDay });
  const { marks } = model;
  const letters = useLetters();
  const cell = marks.cell(person.id, halfDay);
  const current = useMemo(() => statusesApart((history.data ?? []).filter((entry) => entry.current)), [history.data]);
  const singleKeys = useSingleKeys();
  // Enter leaves a mark as it is; where there is none it makes the usual one.
  const first = cell.conflict || cell.unreadable ? undefined : cell.status === 'notTaken' ? 'present' : cell.status;
  const choose = (status: Entry['status']) => {
    if (!model.mayMark) return;
    model.mark([{ halfDay, people: [person.id] }], status);
    onClose();
  };
  return (
    <Dialog
      help="attendance"
      onClose={onClose}
      size={720}
      title={`${person.familyName} ${person.givenName}`.trim()}
      onKeyDown={(event) => {
        const mark = !singleKeys || event.ctrlKey || event.metaKey || event.altKey ? undefined : markOfLetter(letters, event.key);
        if (mark) {
          event.preventDefault();
          choose(mark);
        }
      }}
    >
      <p className={classes.halfDay}>{t('grid.halfDay', useHalfDay()(halfDay))}</p>
      {cell.conflict && (
        <>
          <p className={classes.question}>{t('details.twoValues', { count: current.length })}</p>
          <div className={classes.values}>
            <Cards>
              <Rows of={current} as="div" by={(entry) => `${entry.status} ${entry.happenedAt} ${entry.device}`}>
                {(entry) => (
                  <Card
                    onChoose={model.mayMark ? () => choose(entry.status) : undefined}
                    does={t('details.keep', { status: t(`status.${entry.status}`) })}
                  >
                    <StatusGlyph status={entry.unreadable ? 'unreadable' : entry.status} large />
                    <span>
                      <Marked entry={entry} />
                      <Recorded entry={entry} />
                    </span>
                  </Card>
                )}
              </Rows>
            </Cards>
          </div>
        </>
      )}
      {model.mayMark && (
        <div className={classes.choices} role="group" aria-label={t('details.choose')}>
          {MARKS.map((mark) => (
            <button
              key={mark}
              type="button"
              data-autofocus={mark === first || undefined}
              aria-pressed={cell.status === mark && !cell.conflict}
              onClick={() => choose(mark)}
            >
              <StatusGlyph status={mark} />
              {t(`status.${mark}`)}
            </button>
          ))}
          <button type="button" aria-pressed={cell.status === 'notTaken' && !cell.unreadable} onClick={() => choose('notTaken')}>
            <StatusGlyph status="notTaken" />
            {t('status.notTaken')}
          </button>
        </div>
      )}
      <h3 className={classes.title}>{t('details.history')}</h3>
      <Loaded query={history}>
        {(entries) =>
          entries.length === 0 ? (
            <p className={classes.none}>{t('details.none')}</p>
          ) : (
            <ol className={classes.history}>
              <Rows of={entries} as="li">
                {(entry) => (
                  <li data-current={entry.current || undefined}>
                    <StatusGlyph status={entry.unreadable ? 'unreadable' : entry.status} />
                    <span>
                      <Marked entry={entry} />
                      <Recorded entry={entry} />
                    </span>
                    {!entry.current && !entry.unreadable && model.mayMark && (
                      <Button
                        variant="default"
                        size="compact-md"
                        onClick={() => choose(entry.status)}
                        aria-label={t('details.restoreNamed', { status: t(`status.${entry.status}`) })}
                      >
                        {t('sync:history.restore')}
                      </Button>
                    )}
                  </li>
                )}
              </Rows>
            </ol>
          )
        }
      </Loaded>
    </Dialog>
  );
}

/** *Awa Diop marked LATE, 12 July 2021 at 14:25, on this laptop*. */
function Marked({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('attendance');
  const format = useFormats();
  const on = useDeviceWords();
  // What came from a sheet of paper or a file happened on a day, not at a minute.
  const at = entry.happenedAt.length === 10 ? format.day(entry.happenedAt) : format.instant(entry.happenedAt);
  return (
    <>
      {t(entry.author === '' ? 'marked.somebody' : 'marked.by', {
        author: entry.author,
        status: entry.unreadable ? t('app:notReadable') : t(`status.${entry.status}`),
        at,
        on: on(entry),
      })}
    </>
  );
}

/** How it came in, where that is not by hand, and when, where that is not when it happened. */
function Recorded({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('attendance');
  const format = useFormats();
  // The repository's clock says it where it is known: a device's may be years off.
  const recorded = entry.receivedAt ?? entry.recordedAt;
  const late = isAnotherMoment(recorded, entry.happenedAt);
  if (entry.method === 'list' && !late) return null;
  return (
    <span className={classes.recorded}>
      {entry.method !== 'list' && <span>{t(`method.${entry.method}`)}</span>}
      {late && <span>{t('details.recorded', { at: format.instant(recorded) })}</span>}
    </span>
  );
}
