import { useTranslation } from 'react-i18next';
import type { Day } from '../../../../shared/kernel/dates.ts';
import { Period } from './Period.tsx';
import type { Weekends } from './use-weekends.ts';
import { WeekendChoice } from './WeekendChoice.tsx';

interface Props {
  readonly start: Day;
  readonly end: Day;
  readonly weekends: Weekends;
  readonly change: (start: Day, end: Day) => void;
  /** What was asked about other days or other sessions on them is asked anew. */
  readonly forget: () => void;
}

/** The days on which a workshop with an agenda comes to stand, and whether its sessions may stand on free ones. */
export function NewPeriod({ start, end, weekends, change, forget }: Props) {
  const { t } = useTranslation('activity');
  return (
    <>
      <Period
        start={start}
        end={end}
        free={weekends.off}
        change={(from, to) => {
          change(from, to);
          forget();
        }}
      />
      <WeekendChoice
        free={weekends.asked}
        checked={weekends.also}
        hint={t('dates.weekendsHint')}
        onChange={(also) => {
          weekends.setAlso(also);
          forget();
        }}
      />
    </>
  );
}
