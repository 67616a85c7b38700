import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { draftOfMerge } from '../../../../../shared/features/course/merge-text.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../../ui/dialog/Form.tsx';
import { Difference } from './Difference.tsx';
import { useChangeWords, type Change, type Comparing } from './use-change-words.ts';
import classes from './Comparison.module.css';

interface Props {
  readonly change: Change;
  readonly as: Comparing;
  save(text: string): void;
  close(): void;
}

/** The text of both sides as far as it merges by itself, to be changed and kept. */
export function MergeDialog({ change, as, save, close }: Props) {
  const { t } = useTranslation(['adaptation', 'app']);
  const { whatOf } = useChangeWords(as);
  const [base, mine, theirs] = [change.base, change.mine, change.theirs].map((value) => (typeof value === 'string' ? value : '')) as [
    string,
    string,
    string,
  ];
  const draft = useMemo(() => draftOfMerge(base, mine, theirs) ?? { text: mine, places: 1 }, [base, mine, theirs]);
  const [text, setText] = useState(draft.text);
  return (
    <Dialog
      help="library"
      onClose={close}
      unsaved={text !== draft.text}
      title={t('adaptation:compare.mergeTitle', { what: whatOf(change) })}
      size={720}
    >
      <Form onSubmit={() => save(text)}>
        <Stack gap="md">
          <Text>
            {draft.places === 0 ? t('adaptation:compare.mergeClean') : t('adaptation:compare.mergePlaces', { count: draft.places })}
          </Text>
          <Textarea
            label={t('adaptation:compare.merged')}
            lang={change.language}
            value={text}
            onChange={({ currentTarget: { value } }) => setText(value)}
            autosize
            minRows={4}
            maxRows={14}
            data-autofocus
          />
          <div>
            <h3 className={classes.side}>{t(`adaptation:side.${as}.theirs`)}</h3>
            <Difference before={base} after={theirs} language={change.language} />
          </div>
          <DialogFoot>
            <Button variant="default" onClick={close}>
              {t('app:cancel')}
            </Button>
            <Button type="submit">{t('adaptation:compare.mergeSave')}</Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}
