import { Button, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { Column } from '../../../../ui/Column.tsx';
import { Form } from '../../../../ui/dialog/Form.tsx';
import { useLanguage, useReadableTitle } from '../../../../ui/formats.ts';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { useRead, useWrite } from '../../../app/engine.ts';
import { say } from '../../../app/frame/notices.tsx';
import { go } from '../../../app/view.ts';
import { BackToCourse } from './BackToCourse.tsx';
import { TickedCard } from './ChangeCard.tsx';
import { ByPart } from './ChangeList.tsx';
import type { Change } from './use-change-words.ts';
import classes from './Comparison.module.css';

/** The changes of an adaptation that its source has not, ticked where they are to be suggested, with a note why. */
export function SuggestPage({ id }: { readonly id: Id }) {
  const { t } = useTranslation('adaptation');
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const course = useRead('course.list', {}).data?.find((one) => one.id === id);
  const title = course ? readableTitle(course, textIn(course.title, language)) : '';
  return (
    <Column>
      <PageHeader title={t('suggestion.title', { title })} before={<BackToCourse id={id} />}>
        {t('suggestion.text')}
      </PageHeader>
      <Loaded query={useRead('course.suggestable', { courseId: id })}>
        {({ changes }) => (changes.length === 0 ? <Text>{t('suggestion.none')}</Text> : <Suggestable courseId={id} changes={changes} />)}
      </Loaded>
    </Column>
  );
}

function Suggestable({ courseId, changes }: { readonly courseId: Id; readonly changes: readonly Change[] }) {
  const { t } = useTranslation('adaptation');
  const suggest = useWrite('course.suggest', { shownHere: true });
  // What is changed while the page is open is suggested too.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const chosen = changes.filter((change) => !left.has(keyOf(change)));
  const tick = (change: Change, checked: boolean) => {
    const next = new Set(left);
    if (checked) next.delete(keyOf(change));
    else next.add(keyOf(change));
    setLeft(next);
  };
  const isAll = chosen.length === changes.length;
  const submit = () => {
    setTried(true);
    if (chosen.length === 0) return;
    const named = chosen.map(({ part, field, language }) => ({ part, field, ...(language !== undefined && { language }) }));
    suggest.mutate(
      { courseId, note, changes: named },
      {
        onSuccess: () => {
          go({ page: 'course', id: courseId }, { replace: true });
          say(t('suggestion.sent'));
        },
      },
    );
  };
  return (
    <Form onSubmit={submit}>
      <div className={classes.form}>
        <div className={classes.row}>
          <p role="status" className={classes.progress}>
            {t('suggestion.ticked', { chosen: chosen.length, all: changes.length })}
          </p>
          <Button variant="subtle" size="compact-md" onClick={() => setLeft(new Set(isAll ? changes.map(keyOf) : []))}>
            {isAll ? t('suggestion.nothing') : t('suggestion.all')}
          </Button>
        </div>
        <ByPart as="choice" changes={changes}>
          {(change) => (
            <TickedCard change={change} as="choice" checked={!left.has(keyOf(change))} tick={(checked) => tick(change, checked)} />
          )}
        </ByPart>
        <Textarea
          label={t('suggestion.field.note')}
          value={note}
          onChange={({ currentTarget: { value } }) => setNote(value)}
          autosize
          minRows={3}
          maxLength={2000}
        />
        {tried && chosen.length === 0 && (
          <Text role="alert" c="var(--absent)">
            {t('suggestion.noneTicked')}
          </Text>
        )}
        <Refusal error={suggest.error} />
        <div className={classes.row}>
          <Button type="submit" disabled={suggest.isPending}>
            {t('suggestion.submit')}
          </Button>
        </div>
      </div>
    </Form>
  );
}

function keyOf({ part, field, language }: Change): string {
  return `${part} ${field} ${language ?? ''}`;
}
