import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DesignPicture as Of } from '../../../../shared/features/award/design-fields.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { JobState } from '../../../ui/JobState.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { call, useJob, useWrite, type Answer, type Args } from '../../app/engine.ts';
import { offerUndo } from '../../app/frame/notices.tsx';
import classes from './Design.module.css';

interface Props {
  readonly id: Id;
  readonly of: Of;
  readonly picture: Answer<'certificate.design'>['logo'];
  readonly seen: Answer<'certificate.design'>['seen'];
}

/** Returns what puts back what was taken out of a design, over what stands there then. */
export function bringBack(id: Id, before: Partial<Omit<Args<'certificate.setDesign'>, 'id' | 'seen'>>): () => Promise<unknown> {
  return async () => call('certificate.setDesign', { id, ...before, seen: (await call('certificate.design', { id })).seen });
}

/** A picture of a design: chosen as a file, which the engine judges, or taken out, which is taken back. */
export function DesignPicture({ id, of, picture, seen }: Props) {
  const { t } = useTranslation('award');
  const job = useJob('certificate.setPicture');
  const set = useWrite('certificate.setDesign');
  const what = t(`design.field.${of}`);
  const choose = async () => {
    const file = await window.shell.chooseFile('material');
    if (!file) return;
    const taken = await job.start({ id, of, path: file.path });
    if (taken && taken.before !== null) offerUndo(t('design.replaced', { what }), bringBack(id, { [of]: taken.before }));
  };
  const remove = () => {
    if (picture)
      set.mutate(
        { id, [of]: null, seen },
        { onSuccess: () => offerUndo(t('design.removed', { what }), bringBack(id, { [of]: picture.id })) },
      );
  };
  return (
    <div className={classes.picture}>
      <span className={classes.label}>{what}</span>
      <span className={classes.hint}>
        {picture ? (picture.here ? picture.name : t('design.pictureAway', { name: picture.name })) : t('design.noPicture')}
      </span>
      <div className={classes.buttons}>
        <Button variant="default" aria-label={t('design.chooseOf', { what })} disabled={job.running} onClick={() => void choose()}>
          {t('design.choose')}
        </Button>
        {picture && (
          <Button variant="subtle" color="red" aria-label={t('design.removeOf', { what })} disabled={set.isPending} onClick={remove}>
            {t('design.remove')}
          </Button>
        )}
      </div>
      <JobState job={job} />
      <Refusal error={job.refusal} />
    </div>
  );
}
