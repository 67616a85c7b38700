import { Button } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowAsk } from '../../../shared/features/intake/shapes.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Choice } from '../../../shared/kernel/typed-choice.ts';
import { asksAtRow } from '../../../shared/features/intake/waiting-rows.ts';
import { SearchSelect } from '../../ui/fields/SearchSelect.tsx';
import { AnswerButtons } from './AnswerButtons.tsx';
import type { ImportWords } from './import-words.ts';
import type { Options, ShownRow, Take } from './plan-view.ts';
import classes from './PlanRows.module.css';

export interface KnownName {
  readonly id: Id;
  readonly name: string;
}

interface Props {
  readonly row: ShownRow;
  readonly turned: boolean;
  readonly kind: 'people' | 'attendance' | 'answers';
  readonly takes: readonly Take[];
  readonly people: readonly KnownName[];
  readonly words: ImportWords;
  /** Keys of the questions that are asked over all rows. */
  readonly asked: ReadonlySet<string>;
  readonly answers: NonNullable<Options['answers']>;
  onDecide(take: Take | null, personId?: Id): void;
  readonly onAnswer: ((key: string, option: string) => void) | undefined;
}

/** Everything that is said about one row, and what may become of it. */
export const RowDecision = memo(function RowDecision(props: Props) {
  const { row, turned, kind, takes, people, words, asked, answers, onDecide, onAnswer } = props;
  const { t } = useTranslation('intake');
  const { planned, decision, does, doubts } = row;
  const nameOf = (id: Id | null | undefined) => people.find((person) => person.id === id)?.name;
  const about = turned ? 'columnOf' : 'rowOf';
  const choices = choicesOf(people);
  const is = decision?.take === 'same' ? decision.personId : planned.personId;
  const candidates =
    planned.candidates.length > 0
      ? planned.candidates
      : planned.personId !== null && does !== 'new'
        ? [{ personId: planned.personId, name: nameOf(planned.personId) ?? planned.name, why: planned.why }]
        : [];
  const button = (take: Take, label: string, pressed: boolean, personId?: Id) => (
    <Button
      key={personId ?? take}
      size="compact-md"
      variant={pressed ? 'filled' : 'default'}
      aria-pressed={pressed}
      data-same={take === 'same' || undefined}
      onClick={() => onDecide(take, personId)}
      classNames={{ label: classes.whole!, root: classes.wholeButton! }}
    >
      {label}
    </Button>
  );
  const { asks } = planned;
  const { here, above } = asksAtRow(asks, asked);
  const name = planned.headings === true ? t('headings') : planned.name || t('noName');
  const known = [
    ...(asks.length > 0 || planned.why === '' ? [] : [words.reason(planned.why)]),
    ...(nameOf(is) !== undefined && (does === 'same' || does === 'change') ? [t('isPerson', { name: nameOf(is) })] : []),
  ];
  return (
    <div className={classes.about} role="group" aria-label={t(about, { row: row.place, name })}>
      <p>
        <strong>{t(about, { row: row.place, name })}</strong>
        {known.length > 0 && ` ${known.join(' · ')}`}
      </p>
      {asks.length > 0 && (
        <ul>
          {asks.map((ask, at) => (
            <li key={at}>{words.ask(ask)}</li>
          ))}
        </ul>
      )}
      {above && <p>{t('waitsForAnswer')}</p>}
      {onAnswer && <Answers asks={here} answers={answers} words={words} onAnswer={onAnswer} />}
      {planned.changes.length > 0 && (
        <ul>
          {planned.changes.map(({ field, from, to }) => (
            <li key={field}>
              {t('change.field', { field: words.field(field) })} <s>{words.value(field, from)}</s> → <b>{words.value(field, to)}</b>
            </li>
          ))}
        </ul>
      )}
      {row.namesake && <p>{t('namesake')}</p>}
      {doubts.length > 0 && (
        <ul>
          {doubts.map(({ field, code }) => (
            <li key={`${field} ${code}`}>
              {field === '' ? words.reason(code) : t('doubt', { field: words.field(field), reason: words.reason(code) })}
            </li>
          ))}
        </ul>
      )}
      {takes.length > 0 && (
        <div className={classes.choices}>
          {takes.includes('new') && button('new', t(`does.${kind}.new`), does === 'new' && decision !== undefined)}
          {takes.includes('same') &&
            candidates.map(({ personId, name, why }) =>
              button(
                'same',
                t('sameAs', { name: nameOf(personId) ?? name, why: words.reason(why) }),
                decision?.take === 'same' && decision.personId === personId,
                personId,
              ),
            )}
          {takes.includes('same') && people.length > 0 && (
            <SearchSelect
              aria-label={t('someoneElse')}
              placeholder={t('someoneElse')}
              choices={choices}
              limit={OFFERED}
              value={null}
              onChange={(id) => id !== null && onDecide('same', id as Id)}
              nothingFoundMessage={t('nobody')}
              data-same
              w={264}
            />
          )}
          {takes.includes('leave') && button('leave', t('leaveOut'), does === 'leave')}
          {decision !== undefined && (
            <Button size="compact-md" variant="subtle" onClick={() => onDecide(null)}>
              {t('decideAnew')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
});

/** The questions on cells that nobody understands. */
function Answers({
  asks,
  answers,
  words,
  onAnswer,
}: { readonly asks: readonly RowAsk[] } & Required<Pick<Props, 'answers' | 'words'>> & {
    onAnswer(key: string, option: string): void;
  }) {
  return asks.map((ask) => {
    const { key, code, options } = ask.answer!;
    const sentence = words.question(code, { subject: ask.text, column: words.field(ask.field) });
    return (
      <div key={key} className={classes.choices} role="group" aria-label={sentence}>
        <span>{sentence}</span>
        <AnswerButtons
          options={options}
          chosen={answers[key] ?? null}
          wordOf={(option) => words.option(code, option)}
          onAnswer={(option) => onAnswer(key, option)}
        />
      </div>
    );
  });
}

/** So many are offered; a name that is typed further finds the others. */
const OFFERED = 50;

const choosable = new WeakMap<readonly KnownName[], readonly Choice[]>();

/** The same for each row that is looked at: a workshop may have ten thousand people, and they are folded once. */
function choicesOf(people: readonly KnownName[]): readonly Choice[] {
  const known = choosable.get(people) ?? people.map(({ id, name }) => ({ value: id, label: name }));
  choosable.set(people, known);
  return known;
}
