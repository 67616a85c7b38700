import { Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useWrite, type Answer } from '../../app/engine.ts';
import classes from './Tab.module.css';

interface Props {
  readonly activityId: Id;
  readonly designs: Answer<'certificate.designs'>;
  /** Whether the papers are made without it, where it is not on this laptop. */
  readonly plain: boolean;
  onPlain(plain: boolean): void;
}

const OWN = '';

/** The design that a workshop's certificates have; nothing where there is none to choose. */
export function DesignChoice({ activityId, designs: { designs, chosen, here, mayChoose }, plain, onPlain }: Props) {
  const { t } = useTranslation('award');
  const choose = useWrite('certificate.chooseDesign');
  if (designs.length === 0 && chosen === null) return null;
  const isKnown = chosen === null || designs.some(({ id }) => id === chosen);
  return (
    <div className={classes.bar}>
      <Select
        label={t('design.label')}
        data={[
          { value: OWN, label: t('design.own') },
          ...designs.map(({ id, name }) => ({ value: id, label: name })),
          ...(isKnown ? [] : [{ value: chosen, label: t('design.notHere') }]),
        ]}
        value={chosen ?? OWN}
        onChange={(value) => choose.mutate({ activityId, designId: value === OWN ? null : value })}
        disabled={!mayChoose.allowed}
        allowDeselect={false}
        className={classes.field!}
      />
      {!here && (
        <Switch
          label={t('design.plain')}
          description={t('design.away')}
          checked={plain}
          onChange={(event) => onPlain(event.currentTarget.checked)}
        />
      )}
    </div>
  );
}
