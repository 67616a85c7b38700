import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordedBeside } from '../../../../../shared/features/sync/rules.ts';
import { valuesPutAside } from '../../../../../shared/features/sync/settling.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { STATUSES } from '../../../../../shared/model/vocabularies.ts';
import { StatusGlyph } from '../../attendance/grid/StatusGlyph.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { call, useRead, useWrite } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';
import { Compared, WORTH_COMPARING } from './Compared.tsx';
import {
  byWords,
  fieldWords,
  halfDayWords,
  removalWords,
  valueWords,
  writtenWords,
  type Conflict,
  type Speech,
  type Value,
} from './conflict-words.ts';
import { NotPermitted } from '../MayNot.tsx';
import { useSpeech } from '../lan/use-speech.ts';
import { Rows } from '../../../../ui/Rows.tsx';
import { Card, Cards } from '../../../../ui/Cards.tsx';
import classes from '../Sync.module.css';

/** So many are shown at first, and with each *show more*; what is settled makes room for those behind the last. */
const A_PAGE = 50;
const MOST = 500;

/** Where two people wrote different things: both, side by side; one tap settles it and nothing is thrown away. */
export function Conflicts() {
  const { t } = useTranslation('sync');
  const [limit, setLimit] = useState(A_PAGE);
  const page = useRead('sync.conflictPage', { limit });
  return (
    <Loaded query={page}>
      {({ total, conflicts: list, next }) =>
        list.length === 0 ? (
          <p className={classes.none}>{t('conflicts.none')}</p>
        ) : (
          <section className={classes.section}>
            <h2>{t(mayChoose(list) ? 'conflicts.title' : 'conflicts.titleToRead', { count: Math.max(total, list.length) })}</h2>
            <p className={classes.quiet}>{t(mayChoose(list) ? 'conflicts.text' : 'conflicts.textToRead')}</p>
            <ul className={classes.conflicts}>
              <Rows of={list} as="li" by={(conflict) => `${conflict.entity} ${conflict.field}`}>
                {(conflict) => <OneConflict conflict={conflict} />}
              </Rows>
            </ul>
            {next !== null && limit < MOST && (
              <Button variant="default" onClick={() => setLimit(Math.min(MOST, limit + A_PAGE))}>
                {t('conflicts.showMore', { count: total - list.length })}
              </Button>
            )}
          </section>
        )
      }
    </Loaded>
  );
}

/** Whether any of these is the user's to settle. */
function mayChoose(list: readonly Conflict[]): boolean {
  return list.some(({ permission }) => permission.allowed);
}

function OneConflict({ conflict }: { readonly conflict: Conflict }) {
  const { t } = useTranslation('sync');
  const speech = useSpeech();
  const settle = useWrite('sync.settle');
  const [history, setHistory] = useState(false);
  const { about, entity, entityType, field, base } = conflict;
  const removal = field === '_deleted';
  const mayChoose = conflict.permission.allowed;
  const heading = [
    about.person || about.title,
    about.halfDay ? halfDayWords(about.halfDay, speech) : '',
    entityType === 'mark' && !removal ? '' : fieldWords(entityType, field, speech),
  ].filter((part) => part !== '');
  const choose = (chosen: Value) =>
    settle.mutate(
      { entity, field, value: chosen.value, seen: conflict.seen },
      { onSuccess: () => offerUndo(settledWords(conflict, chosen, speech), () => reopen(conflict, chosen)) },
    );
  return (
    <li className={classes.conflict}>
      <h3>{heading[0] ?? t('conflicts.something')}</h3>
      <p className={classes.quiet}>
        {[...heading.slice(1), ...(about.activity === null ? [] : [textIn(about.activity, speech.language)])].join(' · ')}
      </p>
      {typeof base === 'string' && conflict.values.some(isLong) && (
        <div className={classes.base}>
          <p className={classes.trust}>{t('conflicts.before')}</p>
          <p className={classes.compared}>{valueWords(field, base, speech)}</p>
        </div>
      )}
      <div className={classes.values}>
        <Cards>
          <Rows of={conflict.values} as="div" by={(value) => `${value.id} ${removal && value.value === true ? 'removal' : ''}`}>
            {(value) => (
              <Card
                onChoose={mayChoose ? () => choose(value) : undefined}
                disabled={settle.isPending}
                does={
                  removal
                    ? t(value.value === true ? 'removal.remove' : 'removal.keep')
                    : entityType === 'mark'
                      ? t('conflicts.keep', { value: valueWords(field, value.value, speech) })
                      : t('conflicts.keepThis')
                }
                meaning={t(meaningKey(conflict, value), { value: valueWords(field, value.value, speech) })}
              >
                {entityType === 'mark' && field === 'status' && <Glyph value={value.value} />}
                {typeof base === 'string' && isLong(value) ? (
                  <>
                    <Compared base={base} text={value.value} />
                    <span className={classes.trust}>{byWords(value, speech)}</span>
                  </>
                ) : (
                  <span>{removal ? removalWords(value, speech) : writtenWords(conflict, value, speech)}</span>
                )}
                <span className={classes.trust}>{t(`trust.${value.tq}`)}</span>
                <Recorded value={value} />
                {value.id === conflict.shown && <span className={classes.shown}>{t('conflicts.shown')}</span>}
              </Card>
            )}
          </Rows>
        </Cards>
      </div>
      <NotPermitted permission={conflict.permission} />
      {conflict.more > 0 && <p className={classes.quiet}>{t('conflicts.more', { count: conflict.more })}</p>}
      {!removal && (
        <details className={classes.history} onToggle={(event) => setHistory(event.currentTarget.open)}>
          <summary>{t('conflicts.history')}</summary>
          {history && <History conflict={conflict} />}
        </details>
      )}
    </li>
  );
}

/** When it was recorded, where the clock that says when it was written is in doubt. */
function Recorded({ value }: { readonly value: Value }) {
  const { t, format } = useSpeech();
  const at = recordedBeside(value);
  return at === null ? null : <span className={classes.trust}>{t('sync:recorded', { at: format.instant(at) })}</span>;
}

type Text = Value & { readonly value: string };

function isLong(value: Value): value is Text {
  return typeof value.value === 'string' && value.value.length >= WORTH_COMPARING;
}

/** Returns the key of the sentence on what becomes of everything when this value is chosen. */
function meaningKey({ entityType, field }: Conflict, { value }: Value) {
  if (field === '_deleted') return value === true ? 'meaning.remove' : 'meaning.keep';
  return entityType === 'mark' ? 'meaning.mark' : 'meaning.value';
}

function settledWords({ field }: Conflict, { value }: Value, speech: Speech): string {
  if (field === '_deleted') return speech.t(value === true ? 'sync:removal.removed' : 'sync:removal.kept');
  const words = valueWords(field, value, speech);
  return speech.t('sync:conflicts.settled', { value: words.length > WORTH_COMPARING ? `${words.slice(0, WORTH_COMPARING)}…` : words });
}

/**
 * Asks the question again: every other value is written over its own former self and nothing else, so that it stands beside the one that was chosen. A
 * record that was removed is simply brought back.
 */
async function reopen({ entity, field, values, seen }: Conflict, chosen: Value): Promise<void> {
  if (field === '_deleted' && chosen.value === true) {
    await call('sync.settle', { entity, field, value: false, seen });
    return;
  }
  for (const { id, value } of valuesPutAside(values, chosen)) await call('sync.settle', { entity, field, value, seen: [id] });
}

function Glyph({ value }: { readonly value: unknown }) {
  const status = STATUSES.find((one) => one === value);
  return status ? <StatusGlyph status={status} large /> : null;
}

function History({ conflict }: { readonly conflict: Conflict }) {
  const { t } = useTranslation('sync');
  const speech = useSpeech();
  const history = useRead('sync.history', { entity: conflict.entity, field: conflict.field });
  return (
    <Loaded query={history}>
      {(values) => (
        <ol>
          <Rows of={values} as="li">
            {(value) => <li>{value.erased ? t('conflicts.erased') : writtenWords(conflict, value, speech)}</li>}
          </Rows>
        </ol>
      )}
    </Loaded>
  );
}
