import { Button, Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../../ui/dialog/Form.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { useWrite, type Answer } from '../../../app/engine.ts';
import { say } from '../../../app/frame/notices.tsx';
import { useOwnerName } from '../course-name.ts';
import { VERDICTS, verdictOf, type Verdict } from './verdicts.ts';

/** The answer to a suggestion: whether it is taken, declined or to be changed, and why. */
export function AnswerDialog({ suggestion, close }: { readonly suggestion: Answer<'course.suggestion'>; close(): void }) {
  const { t } = useTranslation(['adaptation', 'app']);
  const institution = useOwnerName()(suggestion.institution);
  const send = useWrite('course.answerSuggestion', { shownHere: true });
  const [{ answer, seen }] = useState(suggestion);
  const before = { verdict: answer === null ? 'taken' : verdictOf(answer), why: answer?.why ?? '' } as const;
  const [verdict, setVerdict] = useState<Verdict>(before.verdict);
  const [why, setWhy] = useState(before.why);
  const [tried, setTried] = useState(false);
  const isMissing = verdict !== 'taken' && why.trim() === '';
  const submit = () => {
    setTried(true);
    if (isMissing) return;
    send.mutate(
      { id: suggestion.id, taken: VERDICTS[verdict], why, seen },
      {
        onSuccess: () => {
          close();
          say(t('adaptation:suggestion.answered', { institution }));
        },
      },
    );
  };
  return (
    <Dialog
      help="library"
      onClose={close}
      unsaved={verdict !== before.verdict || why !== before.why}
      title={t('adaptation:suggestion.answerTitle', { institution })}
      size={560}
    >
      <Form onSubmit={submit}>
        <Stack gap="md">
          <Radio.Group
            label={t('adaptation:suggestion.verdict')}
            value={verdict}
            onChange={(value) => setVerdict((Object.keys(VERDICTS) as Verdict[]).find((one) => one === value) ?? verdict)}
          >
            <Stack gap="xs" mt="xs">
              {(Object.keys(VERDICTS) as Verdict[]).map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`adaptation:suggestion.state.${one}`)}
                  description={t(`adaptation:suggestion.about.${one}`)}
                  data-autofocus={one === verdict || undefined}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label={t('adaptation:suggestion.field.why')}
            value={why}
            onChange={({ currentTarget: { value } }) => setWhy(value)}
            error={tried && isMissing ? t('adaptation:suggestion.whyMissing') : undefined}
            autosize
            minRows={3}
            maxLength={2000}
          />
          <Refusal error={send.error} />
          <DialogFoot>
            <Button variant="default" onClick={close}>
              {t('app:cancel')}
            </Button>
            <Button type="submit" disabled={send.isPending}>
              {t('adaptation:suggestion.send')}
            </Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}
