import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../ui/formats.ts';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useJob, type Args } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';

interface Props {
  /** Whose it is. */
  readonly name: string;
  /** The certificate, in the language of the papers and with the address that it leads to. */
  readonly wanted: Omit<Args<'certificate.badge'>, 'path'>;
}

/** Saves the certificate of one person as an Open Badge, for who asks for theirs. */
export function BadgeButton({ name, wanted }: Props) {
  const { t } = useTranslation('award');
  const format = useFormats();
  const saving = useJob('certificate.badge');
  const save = async (): Promise<void> => {
    const file = await window.shell.chooseSave('badge', `${wanted.number}.json`);
    if (!file) return;
    saving.reset();
    const made = await saving.start({ ...wanted, path: file.path });
    if (made) say(t('badges.savedOne', { name: file.name, size: format.bytes(made.bytes) }));
  };
  return (
    <>
      <Button variant="subtle" aria-label={t('badges.of', { name })} disabled={saving.running} onClick={() => void save()}>
        {t('badges.one')}
      </Button>
      <Refusal error={saving.refusal} />
    </>
  );
}
