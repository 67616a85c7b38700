import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useHalfDay, useReadable } from '../../../../ui/formats.ts';
import type { Answer } from '../../../app/engine.ts';
import { StatusGlyph } from './StatusGlyph.tsx';
import classes from '../Orphans.module.css';

type Mark = Pick<Answer<'attendance.gone'>[number], 'status' | 'person' | 'halfDay' | 'unreadable'>;

interface Props {
  readonly mark: Mark;
  /** What more is said of it, quietly. */
  readonly children?: ReactNode;
}

/** A mark in a list: its status, whose it is and of which half-day. */
export function MarkWords({ mark, children }: Props) {
  const { t } = useTranslation('attendance');
  const words = useHalfDay();
  const { nameOf, statusOf } = useMarkWords();
  return (
    <>
      <StatusGlyph status={mark.unreadable.includes('status') ? 'unreadable' : mark.status} />
      <span className="unseen">{statusOf(mark)}</span>
      <span className={classes.mark}>
        <strong>{nameOf(mark)}</strong>
        <span>{t('grid.halfDay', words(mark.halfDay))}</span>
        {children && <span className={classes.quiet}>{children}</span>}
      </span>
    </>
  );
}

/** Whose a mark is and what it says, in words. */
export function useMarkWords(): { nameOf(mark: Pick<Mark, 'person' | 'unreadable'>): string; statusOf(mark: Mark): string } {
  const { t } = useTranslation('attendance');
  const readable = useReadable();
  return {
    nameOf: (mark) => readable(mark, 'person', mark.person || t('orphans.nobody')),
    statusOf: (mark) => readable(mark, 'status', t(`status.${mark.status}`)),
  };
}
