import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import type { AwardKind } from '../../../../shared/model/vocabularies.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { Form } from '../../../ui/dialog/Form.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useRead, useWrite } from '../../app/engine.ts';
import { DesignForm } from './DesignForm.tsx';
import classes from './Design.module.css';

interface Props {
  readonly activityId: Id;
  readonly kind: AwardKind;
  readonly first: Language;
  onClose(): void;
}

/** The designs of institutions: the one of this workshop first. Each part is saved when it is left. */
export function DesignDialog({ activityId, kind, first, onClose }: Props) {
  const { t } = useTranslation('award');
  const known = useRead('certificate.designs', { activityId });
  const [picked, setPicked] = useState<Id>();
  return (
    <Dialog help="certificates" onClose={onClose} title={t('design.title')} size="min(1180px, 96vw)" yOffset="3vh">
      <Loaded query={known}>
        {({ designs, chosen, mayAdd, mayChoose }) => {
          const shown = designs.find(({ id }) => id === (picked ?? chosen)) ?? designs[0];
          return (
            <>
              {designs.length > 1 && (
                <Select
                  label={t('design.which')}
                  data={designs.map(({ id, name }) => ({ value: id, label: name }))}
                  value={shown?.id ?? null}
                  onChange={(value) => value !== null && setPicked(value)}
                  allowDeselect={false}
                  className={classes.which!}
                />
              )}
              {shown ? (
                <DesignForm key={shown.id} id={shown.id} {...{ activityId, kind, first }} />
              ) : (
                <NewDesign activityId={activityId} mayAdd={mayAdd.allowed} chooses={mayChoose.allowed && chosen === null} />
              )}
            </>
          );
        }}
      </Loaded>
    </Dialog>
  );
}

/** Where there is no design yet: what one is for, and the name by which it begins. */
function NewDesign({ activityId, mayAdd, chooses }: { readonly activityId: Id; readonly mayAdd: boolean; readonly chooses: boolean }) {
  const { t } = useTranslation('award');
  const [name, setName] = useState('');
  const add = useWrite('certificate.addDesign', { shownHere: true });
  const choose = useWrite('certificate.chooseDesign');
  const submit = () => {
    if (name.trim() === '') return;
    add.mutate({ name }, { onSuccess: ({ id }) => chooses && choose.mutate({ activityId, designId: id }) });
  };
  return (
    <Form onSubmit={submit} className={classes.first}>
      <p>{t('design.none')}</p>
      {mayAdd ? (
        <>
          <TextInput
            label={t('design.field.name')}
            value={name}
            onChange={({ currentTarget: { value } }) => setName(value)}
            maxLength={500}
            data-autofocus
          />
          <Refusal error={add.error} />
          <Button type="submit" disabled={name.trim() === '' || add.isPending}>
            {t('design.create')}
          </Button>
        </>
      ) : (
        <p>{t('design.readOnly')}</p>
      )}
    </Form>
  );
}
