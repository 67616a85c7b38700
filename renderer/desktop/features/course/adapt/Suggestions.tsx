import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { BoxedList, BoxedRow, RowActions, RowFacts, RowWords } from '../../../../ui/BoxedList.tsx';
import { useFormats } from '../../../../ui/formats.ts';
import { Rows } from '../../../../ui/Rows.tsx';
import { useRead, type Answer } from '../../../app/engine.ts';
import { go } from '../../../app/view.ts';
import { useOwnerName } from '../course-name.ts';
import { verdictOf } from './verdicts.ts';
import classes from './Versions.module.css';

type Suggestion = Answer<'course.suggestions'>[number];

/** Returns the words for what was answered to a suggestion, and why. */
export function useStateWords(): (answer: Suggestion['answer']) => string {
  const { t } = useTranslation('adaptation');
  return (answer) => {
    if (answer === null) return t('suggestion.state.waiting');
    const state = t(`suggestion.state.${verdictOf(answer)}`);
    return answer.why === '' ? state : t('suggestion.because', { state, why: answer.why });
  };
}

/** The suggestions that are made to a course, each to be reviewed, and those that it made to its source, each with the answer; nothing where there are none. */
export function Suggestions({ courseId }: { readonly courseId: Id }) {
  const { t } = useTranslation('adaptation');
  const suggestions = useRead('course.suggestions', { courseId }).data ?? [];
  const received = suggestions.filter(({ sourceId }) => sourceId === courseId);
  const made = suggestions.filter((one) => one.sourceId !== courseId);
  return (
    <>
      {received.length > 0 && <SuggestionList title={t('suggestion.received')} suggestions={received} received />}
      {made.length > 0 && <SuggestionList title={t('suggestion.made')} suggestions={made} />}
    </>
  );
}

interface ListProps {
  readonly title: string;
  readonly suggestions: readonly Suggestion[];
  readonly received?: boolean;
}

function SuggestionList({ title, suggestions, received = false }: ListProps) {
  return (
    <section className={classes.root}>
      <h2 className={classes.heading}>{title}</h2>
      <BoxedList label={title}>
        <Rows of={suggestions} as="li">
          {(suggestion) => (
            <li>
              <SuggestionRow suggestion={suggestion} received={received} />
            </li>
          )}
        </Rows>
      </BoxedList>
    </section>
  );
}

function SuggestionRow({ suggestion, received }: { readonly suggestion: Suggestion; readonly received: boolean }) {
  const { t } = useTranslation('adaptation');
  const format = useFormats();
  const ownerName = useOwnerName();
  const stateWords = useStateWords();
  const { id, institution, note, suggestedAt, open, answer } = suggestion;
  const day = format.instant(suggestedAt);
  const what = received ? t('suggestion.by', { institution: ownerName(institution), day }) : t('suggestion.on', { day });
  return (
    <BoxedRow>
      <RowWords title={what}>
        {note !== '' && <span className={classes.notes}>{note}</span>}
        <span className={classes.notes}>{stateWords(answer)}</span>
        {open > 0 && <RowFacts>{t('suggestion.undecided', { count: open })}</RowFacts>}
      </RowWords>
      {received && (
        <RowActions>
          <Button
            variant="subtle"
            size="compact-md"
            onClick={() => go({ page: 'suggestion', id })}
            aria-label={t('suggestion.reviewOf', { what })}
          >
            {t('suggestion.review')}
          </Button>
        </RowActions>
      )}
    </BoxedRow>
  );
}
