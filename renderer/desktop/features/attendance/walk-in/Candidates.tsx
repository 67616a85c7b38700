import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import type { Status } from '../../../../../shared/model/vocabularies.ts';
import type { Answer } from '../../../app/engine.ts';
import { useImportWords } from '../../../import/import-words.ts';
import { fullName } from '../../people/person/person-words.ts';
import { StatusGlyph } from '../grid/StatusGlyph.tsx';
import classes from './WalkIn.module.css';

export type Recognised = Answer<'attendance.recognise'>;

interface Props {
  readonly ref: Ref<HTMLDivElement>;
  readonly who: Recognised;
  nameOf(personId: Id): string;
  /** In the half-day that is open. */
  statusOf(personId: Id): Status;
  /** It is somebody of the list. */
  onMark(personId: Id): void;
  /** It is none of them. */
  onNew(): void;
}

/** Whoever of the list may be at the door, with their mark, and last that it is somebody new. */
export function Candidates({ ref, who, nameOf, statusOf, onMark, onNew }: Props) {
  const { t } = useTranslation('attendance');
  const words = useImportWords();
  return (
    <div ref={ref} role="group" aria-label={t('walkIn.perhaps')} className={classes.choices}>
      <p>{t('walkIn.perhaps')}</p>
      {who.candidates.map(({ personId, why }) => (
        <button key={personId} type="button" className={classes.choice} onClick={() => onMark(personId)}>
          <StatusGlyph status={statusOf(personId)} />
          <span>
            <strong>{t('walkIn.isHere', { name: nameOf(personId) })}</strong>
            <small>{words.reason(why)}</small>
          </span>
        </button>
      ))}
      <button type="button" className={classes.choice} onClick={onNew}>
        <span>
          <strong>{t('walkIn.new', { name: fullName(who) })}</strong>
        </span>
      </button>
    </div>
  );
}
