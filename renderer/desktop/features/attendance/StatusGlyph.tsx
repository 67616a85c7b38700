import type { ReactNode } from 'react';
import type { Status } from '../../../../shared/features/attendance/contract.ts';
import { LETTER } from './status-letters.ts';
import classes from './StatusGlyph.module.css';

/** One outline per status, so that neither colour nor reading is needed: disc, diamond, tag, open square, square, hexagon, ring. */
const SHAPES: Readonly<Record<Status, ReactNode>> = {
  present: <circle cx="14" cy="14" r="12" />,
  late: <path d="M14 0.8 27.2 14 14 27.2 0.8 14Z" />,
  leftEarly: <path d="M9.5 2.5H26v23H9.5L1 14Z" />,
  excused: <rect x="3.5" y="3.5" width="21" height="21" rx="2" />,
  absent: <rect x="2.5" y="2.5" width="23" height="23" rx="2" />,
  remote: <path d="M7.5 2.2h13L27 14l-6.5 11.8h-13L1 14Z" />,
  notTaken: <circle cx="14" cy="14" r="8.5" />,
};

/** A status as LOOK wants it: letter, colour and shape; hidden from screen readers, for the cell says it in words. */
export function StatusGlyph({ status, size = 28 }: { readonly status: Status; readonly size?: number }) {
  return (
    <svg className={classes.root} data-status={status} width={size} height={size} viewBox="0 0 28 28" aria-hidden focusable={false}>
      {SHAPES[status]}
      {status !== 'notTaken' && (
        <text x={status === 'leftEarly' ? 15 : 14} y="14" dy="0.35em" textAnchor="middle">
          {LETTER[status]}
        </text>
      )}
    </svg>
  );
}
