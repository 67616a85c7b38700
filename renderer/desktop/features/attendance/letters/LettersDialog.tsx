import { Button, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { checkLetters, lettersInWords, lettersOf, type LetterSet } from '../../../../../shared/features/attendance/letters.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { MARKS } from '../../../../../shared/model/vocabularies.ts';
import { ChangedMeanwhile } from '../../../../ui/dialog/ChangedMeanwhile.tsx';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../../ui/dialog/Form.tsx';
import { useFieldFaults, useLanguage } from '../../../../ui/formats.ts';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { askAnew, call, useRead, useWrite, type Answer } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';
import { useOpenForm } from '../../../app/use-open-form.ts';
import classes from './LettersHelp.module.css';

interface Props {
  readonly activityId: Id;
  onClose(): void;
}

/** Chooses the letters of a workshop's attendance sheet, each for one status. */
export function LettersDialog({ activityId, onClose }: Props) {
  return (
    <Loaded query={useRead('activity.get', { id: activityId })}>{(workshop) => <Choosing workshop={workshop} onClose={onClose} />}</Loaded>
  );
}

function Choosing({ workshop, onClose }: { readonly workshop: Answer<'activity.get'>; onClose(): void }) {
  const { t } = useTranslation(['attendance', 'app', 'errors']);
  const usual = lettersOf(useLanguage());
  // Whoever sees that they are chosen types with them: the dialog stands until they are in effect.
  const inEffect = () => askAnew('activity.get', { id: workshop.id });
  const update = useWrite('activity.update', { shownHere: true, until: inEffect });
  const form = useOpenForm({ fields: { letters: workshop.letters }, seen: workshop.seen, registersOf: (field) => [field] });
  const letters = form.fields.letters ?? usual;
  const checked = checkLetters(letters);
  const refused = checked.ok ? null : checked.refusal;
  const unreadable = useFieldFaults(workshop)('letters');
  const isWrong = (letter: string) => refused?.details['letter'] === letter.trim().toUpperCase();
  const set = (chosen: LetterSet | null) => form.set({ letters: chosen });
  const submit = () => {
    if (!checked.ok) return;
    const chosen = form.fields.letters === null ? null : { ...checked.value };
    update.mutate(
      { id: workshop.id, letters: chosen, seen: form.seenNow() },
      {
        onSuccess: () => {
          onClose();
          offerUndo(t('letters.choose.done', { letters: lettersInWords(chosen ?? usual) }), async () => {
            const { seen } = await call('activity.get', { id: workshop.id });
            await call('activity.update', { id: workshop.id, letters: workshop.letters, seen });
            await inEffect();
          });
        },
      },
    );
  };
  return (
    <Dialog help="attendance" onClose={onClose} unsaved={form.isTouched} title={t('letters.choose.title')} size={640}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          <p className={classes.intro}>{t('letters.choose.text')}</p>
          {unreadable !== undefined && <p className={classes.intro}>{unreadable}</p>}
          <div className={classes.choices}>
            {MARKS.map((mark, at) => (
              <TextInput
                key={mark}
                label={t(`status.${mark}`)}
                value={letters[mark]}
                error={isWrong(letters[mark])}
                onChange={(event) => set({ ...letters, [mark]: letterTyped(event.currentTarget.value, letters[mark]) })}
                onFocus={(event) => event.currentTarget.select()}
                {...(at === 0 && { 'data-autofocus': true })}
              />
            ))}
          </div>
          <ChangedMeanwhile
            changed={form.changed.map((field) => ({
              field,
              label: t('letters.choose.open'),
              value: lettersInWords(workshop.letters ?? usual),
            }))}
            take={form.take}
          />
          {refused && (
            <Refusal error={{ message: t(`errors:${refused.code}` as 'errors:attendance.letterTwice', { replace: refused.details }) }} />
          )}
          <Refusal error={update.error} />
          <DialogFoot
            before={
              <Button variant="subtle" onClick={() => set(null)}>
                {t('letters.choose.usual', { letters: lettersInWords(usual) })}
              </Button>
            }
          >
            <Button variant="default" onClick={onClose}>
              {t('app:cancel')}
            </Button>
            <Button type="submit" aria-disabled={!checked.ok || undefined} loading={update.isPending}>
              {t('app:save.button')}
            </Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}

/** One letter, the one that was typed, wherever the caret was. */
function letterTyped(text: string, before: string): string {
  const typed = [...text.trim().toUpperCase()];
  return typed.length > 1 ? (typed.find((letter) => letter !== before) ?? before) : (typed[0] ?? '');
}
