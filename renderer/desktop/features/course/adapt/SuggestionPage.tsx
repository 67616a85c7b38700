import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { Column } from '../../../../ui/Column.tsx';
import { useLanguage, useReadableTitle } from '../../../../ui/formats.ts';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { call, useRead, useWrite, type Answer } from '../../../app/engine.ts';
import { useOwnerName } from '../course-name.ts';
import { BackToCourse } from './BackToCourse.tsx';
import { ChangeList, type Choice } from './ChangeList.tsx';
import { offerTakingBack, useDecided } from './decided.ts';
import { useStateWords } from './Suggestions.tsx';
import classes from './Comparison.module.css';

const AnswerDialog = lazy(() => import('./AnswerDialog.tsx').then((module) => ({ default: module.AnswerDialog })));

/** A suggestion of an institution beside the course that it is for, change by change, and the answer to it. */
export function SuggestionPage({ id }: { readonly id: Id }) {
  return <Loaded query={useRead('course.suggestion', { id })}>{(suggestion) => <Suggested suggestion={suggestion} />}</Loaded>;
}

function Suggested({ suggestion }: { readonly suggestion: Answer<'course.suggestion'> }) {
  const { t } = useTranslation('adaptation');
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const ownerName = useOwnerName();
  const stateWords = useStateWords();
  const { id, sourceId, note, changes, answer, review } = suggestion;
  const course = useRead('course.list', {}).data?.find((one) => one.id === sourceId);
  const title = course ? readableTitle(course, textIn(course.title, language)) : '';
  const institution = ownerName(suggestion.institution);
  const decided = useDecided((all) => all[id] ?? 0);
  const [answering, setAnswering] = useState(false);
  const taking = useWrite('course.takeSuggestion');
  const take = (choices: Choice[], words: string) =>
    taking.mutate(
      { id, choices },
      { onSuccess: (done) => offerTakingBack(id, done, words, (hash) => call('course.undoSuggestion', { id, taking: hash })) },
    );
  return (
    <Column>
      <PageHeader
        title={t('suggestion.reviewTitle', { institution, title })}
        before={<BackToCourse id={sourceId} />}
        action={
          review.allowed && (
            // As long as something is open, deciding comes first.
            <Button variant={changes.length > 0 ? 'default' : 'filled'} onClick={() => setAnswering(true)}>
              {answer === null ? t('suggestion.answer') : t('suggestion.answerAgain')}
            </Button>
          )
        }
      >
        {t('compare.text')}
      </PageHeader>
      {note !== '' && <p className={classes.note}>{note}</p>}
      <p className={classes.versions}>{answer === null ? t('suggestion.toAnswer', { institution }) : stateWords(answer)}</p>
      <ChangeList
        as="review"
        changes={changes}
        decided={decided}
        take={review.allowed ? take : undefined}
        closed={t('suggestion.reviewed')}
      />
      <Suspense>{answering && <AnswerDialog suggestion={suggestion} close={() => setAnswering(false)} />}</Suspense>
    </Column>
  );
}
