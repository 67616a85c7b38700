import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { textIn } from '../../../../shared/kernel/text.ts';
import { StatusGlyph } from '../attendance/StatusGlyph.tsx';
import { STATUSES } from '../../../../shared/features/attendance/contract.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead, useWrite } from '../../app/engine.ts';
import { say } from '../../app/notices.tsx';
import { fieldWords, halfDayWords, valueWords, writtenWords, type Conflict, type Value } from './conflict-words.ts';
import { useSpeech } from './use-speech.ts';
import classes from './Sync.module.css';

/** Where two people wrote different things: both, side by side; one tap settles it and nothing is thrown away. */
export function Conflicts() {
  const { t } = useTranslation('sync');
  const conflicts = useRead('sync.conflicts', {});
  return (
    <Loaded query={conflicts}>
      {(list) =>
        list.length > 0 && (
          <section className={classes.section}>
            <h2>{t('conflicts.title', { count: list.length })}</h2>
            <p className={classes.quiet}>{t('conflicts.text')}</p>
            <ul className={classes.conflicts}>
              {list.map((conflict) => (
                <OneConflict key={`${conflict.entity} ${conflict.field}`} conflict={conflict} />
              ))}
            </ul>
          </section>
        )
      }
    </Loaded>
  );
}

function OneConflict({ conflict }: { readonly conflict: Conflict }) {
  const { t } = useTranslation('sync');
  const speech = useSpeech();
  const settle = useWrite('sync.settle');
  const [history, setHistory] = useState(false);
  const { about, entityType, field } = conflict;
  const heading = [
    about.person || about.title,
    about.halfDay ? halfDayWords(about.halfDay, speech) : '',
    entityType === 'mark' ? '' : fieldWords(entityType, field, speech),
  ].filter((part) => part !== '');
  const choose = (value: Value) =>
    settle.mutate(
      { entity: conflict.entity, field, value: value.value, seen: conflict.values.map(({ id }) => id) },
      { onSuccess: () => say(t('conflicts.settled', { value: valueWords(field, value.value, speech) })) },
    );
  return (
    <li className={classes.conflict}>
      <h3>{heading[0] ?? t('conflicts.something')}</h3>
      <p className={classes.quiet}>
        {[...heading.slice(1), ...(about.activity === null ? [] : [textIn(about.activity, speech.language)])].join(' · ')}
      </p>
      <div className={classes.cards}>
        {conflict.values.map((value) => (
          <button key={value.id} type="button" className={classes.card} disabled={settle.isPending} onClick={() => choose(value)}>
            {entityType === 'mark' && field === 'status' && <Glyph value={value.value} />}
            <span>{writtenWords(conflict, value, speech)}</span>
            {value.id === conflict.shown && <span className={classes.shown}>{t('conflicts.shown')}</span>}
            <span className={classes.keep}>
              {entityType === 'mark' ? t('conflicts.keep', { value: valueWords(field, value.value, speech) }) : t('conflicts.keepThis')}
            </span>
          </button>
        ))}
      </div>
      <details className={classes.history} onToggle={(event) => setHistory(event.currentTarget.open)}>
        <summary>{t('conflicts.history')}</summary>
        {history && <History conflict={conflict} />}
      </details>
    </li>
  );
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
          {values.map((value) => (
            <li key={value.id}>{value.erased ? t('conflicts.erased') : writtenWords(conflict, value, speech)}</li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}
