import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import type { Status } from '../../../../../shared/model/vocabularies.ts';
import { Card } from '../../../../ui/Cards.tsx';
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
        <Card key={personId} onChoose={() => onMark(personId)} meaning={words.reason(why)}>
          <span className={classes.who}>
            <StatusGlyph status={statusOf(personId)} />
            {t('walkIn.isHere', { name: nameOf(personId) })}
          </span>
        </Card>
      ))}
      <Card onChoose={onNew}>
        <span className={classes.who}>{t('walkIn.new', { name: fullName(who) })}</span>
      </Card>
    </div>
  );
}
