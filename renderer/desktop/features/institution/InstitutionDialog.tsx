import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import { labelKey } from '../../../../shared/model/entity.ts';
import { institution as institutionEntity } from '../../../../shared/model/institution.ts';
import { blankOf } from '../../../../shared/model/records.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../ui/dialog/Form.tsx';
import { SearchSelect } from '../../../ui/fields/SearchSelect.tsx';
import { useFieldFaults } from '../../../ui/formats.ts';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useWrite } from '../../app/engine.ts';
import { useOpenForm } from '../../app/use-open-form.ts';
import { useCountryChoices } from '../people/choices.ts';
import type { Institution } from './Institutions.tsx';

const NOTHING_SEEN = {};

/** The name of an institution, its country and its languages; without one, those of the user's own, which is added. */
export function InstitutionDialog({ institution, close }: { readonly institution: Institution | undefined; close(): void }) {
  const { t } = useTranslation(['adaptation', 'course', 'app']);
  const create = useWrite('institution.create', { shownHere: true });
  const update = useWrite('institution.update', { shownHere: true });
  const { name, country, languages } = institution ?? blankOf(institutionEntity);
  const form = useOpenForm({
    fields: { name, country, languages },
    seen: institution?.seen ?? NOTHING_SEEN,
    registersOf: (field) => [field],
  });
  const { fields } = form;
  const [tried, setTried] = useState(false);
  const countries = useCountryChoices([]);
  const faultOf = useFieldFaults(institution);
  const label = (field: keyof typeof fields) => t(labelKey(institutionEntity, field));
  const missing = (field: keyof typeof fields, is: boolean) => (tried && is ? t(`adaptation:institution.${field}Missing`) : faultOf(field));
  const submit = () => {
    setTried(true);
    if (fields.name.trim() === '' || fields.country === '' || fields.languages.length === 0) return;
    const after = { onSuccess: close };
    if (institution) update.mutate({ id: institution.id, ...form.touched(), seen: form.seenNow() }, after);
    else create.mutate({ ...fields, languages: [...fields.languages] }, after);
  };
  return (
    <Dialog
      help="library"
      onClose={close}
      unsaved={form.isTouched}
      title={institution ? t('adaptation:institution.change', { name }) : t('adaptation:institution.addTitle')}
      size={560}
    >
      <Form onSubmit={submit}>
        <Stack gap="md">
          {!institution && <Text c="dimmed">{t('adaptation:institution.addText')}</Text>}
          <TextInput
            label={label('name')}
            value={fields.name}
            onChange={({ currentTarget: { value } }) => form.set({ ...fields, name: value })}
            error={missing('name', fields.name.trim() === '')}
            maxLength={500}
            required
            data-autofocus
          />
          <SearchSelect
            label={label('country')}
            choices={countries}
            value={fields.country === '' ? null : fields.country}
            onChange={(value) => form.set({ ...fields, country: value ?? '' })}
            error={missing('country', fields.country === '')}
          />
          <Checkbox.Group
            label={label('languages')}
            value={[...fields.languages]}
            onChange={(values) => form.set({ ...fields, languages: LANGUAGES.filter((code) => values.includes(code)) })}
            error={missing('languages', fields.languages.length === 0)}
            size="md"
          >
            <Group mt="xs" gap="lg">
              {LANGUAGES.map((code) => (
                <Checkbox key={code} value={code} label={LANGUAGE_NAMES[code]} />
              ))}
            </Group>
          </Checkbox.Group>
          <Refusal error={create.error ?? update.error} />
          <DialogFoot>
            <Button variant="default" onClick={close}>
              {t('app:cancel')}
            </Button>
            <Button type="submit" disabled={create.isPending || update.isPending}>
              {t('adaptation:institution.save')}
            </Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}
