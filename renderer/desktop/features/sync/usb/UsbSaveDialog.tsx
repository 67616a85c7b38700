import { Button, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../../ui/dialog/Form.tsx';
import { useFormats } from '../../../../ui/formats.ts';
import { JobState } from '../../../../ui/JobState.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { SearchMultiSelect } from '../../../../ui/fields/SearchSelect.tsx';
import { today } from '../../../app/clock.ts';
import { useJob, useRead, type Answer } from '../../../app/engine.ts';
import { say } from '../../../app/frame/notices.tsx';
import { laptopWords } from '../device-words.ts';
import { useWorkshopWords } from '../workshop-words.ts';
import { SpacesChoice } from './SpacesChoice.tsx';
import { amountWords, byWorkshop } from './usb-words.ts';
import classes from './Usb.module.css';

const WHOLE = '';

/** Asks what goes on a stick, for whom, and how much it is, before the place is chosen and anything is written. */
export function UsbSaveDialog({ bundles, close }: { readonly bundles: Answer<'sync.bundles'>; readonly close: () => void }) {
  const { t } = useTranslation(['usb', 'sync', 'app']);
  const format = useFormats();
  const workshopName = useWorkshopWords();
  const job = useJob('sync.export');
  const offered = byWorkshop(bundles.spaces);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [files, setFiles] = useState(true);
  const [since, setSince] = useState(WHOLE);
  const [to, setTo] = useState('');
  const [recipients, setRecipients] = useState<string[]>([]);
  const [asked, setAsked] = useState(false);

  const chosen = [...offered].filter(([key]) => !left.has(key));
  const target = since === WHOLE ? to.trim() : since;
  const wish = {
    spaces: chosen.flatMap(([, spaces]) => spaces),
    files,
    recipients,
    ...(since === WHOLE ? {} : { since: 'last' }),
    ...(target === '' ? {} : { to: target }),
  };
  const plan = useRead('sync.exportPlan', wish, { keep: true });
  // A file of judges' names that whoever finds the stick can read is nobody's oversight.
  const isOpen = chosen.length > 0 && recipients.length === 0;
  const asks = isOpen && asked;
  const save = async () => {
    if (isOpen && !asked) {
      setAsked(true);
      return;
    }
    const place = await window.shell.chooseSave('pack', `itinera-${today()}`);
    if (!place) return;
    const done = await job.start({ ...wish, path: place.path });
    if (!done) return;
    say(t('save.done', { what: amountWords(done.changeSets, done.files, t, format), size: format.bytes(done.bytes) }));
    close();
  };
  const earlier = [...new Map(bundles.written.toReversed().map((one) => [one.to, one])).values()];

  return (
    <Dialog help="stick" onClose={close} unsaved={to.trim() !== '' || recipients.length > 0} title={t('save.title')} size={640}>
      <Form onSubmit={() => void save()}>
        <Stack gap="lg">
          <SpacesChoice offered={[...offered.keys()]} left={left} disabled={job.running} wordsOf={workshopName} onLeave={setLeft} />
          <Switch
            label={t('save.files')}
            checked={files}
            onChange={(event) => setFiles(event.currentTarget.checked)}
            disabled={job.running}
          />
          {earlier.length > 0 && (
            <Select
              label={t('save.since')}
              data={[
                { value: WHOLE, label: t('save.whole') },
                ...earlier.map((one) => ({ value: one.to, label: t('save.sinceLast', { to: one.to, at: format.instant(one.at) }) })),
              ]}
              value={since}
              onChange={(value) => setSince(value ?? WHOLE)}
              allowDeselect={false}
              disabled={job.running}
            />
          )}
          {since === WHOLE && (
            <TextInput
              label={t('save.to')}
              description={t('save.toHint')}
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
              maxLength={200}
              disabled={job.running}
            />
          )}
          {bundles.recipients.length > 0 ? (
            <SearchMultiSelect
              label={t('save.recipients')}
              description={recipients.length > 0 ? t('save.recipientsHint') : t('save.recipientsNone')}
              choices={bundles.recipients.map((one) => ({ value: one.replica, label: laptopWords(one, t) }))}
              value={recipients}
              onChange={setRecipients}
              disabled={job.running}
            />
          ) : (
            <Text size="sm" c="dimmed">
              {`${t('save.recipientsNone')} ${t('save.nobody')}`}
            </Text>
          )}
          <Notes plan={plan.data} isCard={chosen.length === 0} />
          {asks && !job.running && (
            <p role="alert" className={classes.asked}>
              {t('save.open')}
            </p>
          )}
          <JobState job={job} />
          {!job.running && <Refusal error={job.refusal ?? plan.error} />}
          <DialogFoot before={<Size plan={plan.data} builds={since !== WHOLE && chosen.length > 0} />}>
            <Button variant="default" onClick={close} disabled={job.running}>
              {t('app:cancel')}
            </Button>
            <Button type="submit" loading={job.running} disabled={plan.data === undefined}>
              {t(asks ? 'save.submitOpen' : 'save.submit')}
            </Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}

/** How much it would be; always in sight, for it is what decides. */
function Size({ plan, builds }: { readonly plan: Answer<'sync.exportPlan'> | undefined; readonly builds: boolean }) {
  const { t } = useTranslation(['usb', 'sync', 'app']);
  const format = useFormats();
  if (!plan) return null;
  const { changeSets, files, bytes } = plan;
  return (
    <p role="status" className={classes.size}>
      {builds && changeSets + files === 0
        ? t('save.nothing')
        : t('save.size', { what: amountWords(changeSets, files, t, format), size: format.bytes(bytes) })}
    </p>
  );
}

/** Notes on what is not in it, and why. */
function Notes({ plan, isCard }: { readonly plan: Answer<'sync.exportPlan'> | undefined; readonly isCard: boolean }) {
  const { t } = useTranslation(['usb', 'sync', 'app']);
  const notes = [
    ...(isCard ? [t('save.card')] : []),
    ...(plan && plan.filesNotHere > 0 ? [t('save.filesAway', { count: plan.filesNotHere })] : []),
    ...(plan && plan.leftOut.length > 0 ? [t('save.leftOut', { count: plan.leftOut.length })] : []),
  ];
  return notes.map((note) => (
    <p key={note} className={classes.quiet}>
      {note}
    </p>
  ));
}
