import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../../ui/formats.ts';
import type { Answer } from '../../../app/engine.ts';
import classes from './RemovedNotice.module.css';

export type Removed = NonNullable<Answer<'activity.get'>['removed']>;

/** *Removed by Awa on 2 March at 10:00, but written to since by Bakary on 2 March at 11:00*. */
export function useRemovedWords(): (removed: Removed) => string {
  const { t } = useTranslation('sync');
  const format = useFormats();
  return ({ by, at, writtenBy, writtenAt }) =>
    t('inSight.told', {
      by: by || t('inSight.somebody'),
      at: format.instant(at),
      writtenBy: writtenBy || t('inSight.somebody'),
      writtenAt: format.instant(writtenAt),
    });
}

interface Props {
  readonly removed: Removed;
  readonly busy: boolean;
  /** Left out: the user may decide. */
  readonly mayDecide?: boolean;
  keep(): void;
  remove(): void;
}

/** Above what somebody removed while another, who had not seen that, wrote to it: what happened, and the two ways on. */
export function RemovedNotice({ removed, busy, mayDecide = true, keep, remove }: Props) {
  const { t } = useTranslation('sync');
  const words = useRemovedWords();
  return (
    <section className={classes.root} aria-label={t('inSight.flag')} data-testid="removed-notice">
      <p>{words(removed)}</p>
      {mayDecide && (
        <Group gap="sm">
          <Button variant="default" loading={busy} onClick={keep}>
            {t('inSight.keep')}
          </Button>
          <Button variant="subtle" color="var(--absent-text)" disabled={busy} onClick={remove}>
            {t('inSight.remove')}
          </Button>
        </Group>
      )}
    </section>
  );
}

/** The same in a list, in one word. */
export function RemovedFlag({ removed }: { readonly removed: Removed | null }) {
  const { t } = useTranslation('sync');
  return removed && <span className={classes.flag}>{t('inSight.flag')}</span>;
}
