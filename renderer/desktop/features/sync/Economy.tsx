import { SegmentedControl, Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../ui/formats.ts';
import { useWrite, type Answer } from '../../app/engine.ts';
import classes from './Sync.module.css';

const MEGABYTE = 1_000_000;
const CAPS = [1, 5, 20, 50, 100, 500];
const NONE = 'none';

/** What a connection may cost: records only, so much a day, or nothing for now. */
export function Economy({ status }: { readonly status: Answer<'sync.status'> }) {
  const { t } = useTranslation('sync');
  const format = useFormats();
  const write = useWrite('sync.economy');
  const { metered, dailyCap, usedToday, paused, spent } = status.economy;
  const offered = new Set([...CAPS.map((cap) => cap * MEGABYTE), ...(dailyCap === null ? [] : [dailyCap])]);
  const caps = [...offered].toSorted((a, b) => a - b);
  return (
    <>
      <Switch
        data-spot="metered"
        label={t('economy.metered')}
        description={t('economy.meteredHint')}
        checked={metered}
        onChange={(event) => write.mutate({ metered: event.currentTarget.checked })}
      />
      <Select
        data-spot="cap"
        label={t('economy.cap')}
        description={t(spent ? 'economy.spent' : 'economy.used', { size: format.bytes(usedToday) })}
        data={[{ value: NONE, label: t('economy.noCap') }, ...caps.map((cap) => ({ value: String(cap), label: format.bytes(cap) }))]}
        value={dailyCap === null ? NONE : String(dailyCap)}
        onChange={(value) => write.mutate({ dailyCap: value === null || value === NONE ? null : Number(value) })}
        allowDeselect={false}
        className={classes.cap}
      />
      <div>
        <p className={classes.pauseLabel} id="sync-pause">
          {t('economy.pause')}
        </p>
        <SegmentedControl
          data-spot="pause"
          aria-labelledby="sync-pause"
          value={paused ? 'paused' : 'no'}
          onChange={(value) => write.mutate({ pause: value === 'no' ? 'no' : value === 'tomorrow' ? 'tomorrow' : 'asked' })}
          data={
            paused
              ? [
                  { value: 'paused', label: t('economy.paused') },
                  { value: 'no', label: t('economy.resume') },
                ]
              : [
                  { value: 'no', label: t('economy.running') },
                  { value: 'tomorrow', label: t('economy.untilTomorrow') },
                  { value: 'asked', label: t('economy.untilAsked') },
                ]
          }
        />
      </div>
    </>
  );
}
