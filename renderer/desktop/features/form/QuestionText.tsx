import { useTranslation } from 'react-i18next';
import { optionOfRow, rightOrder, worthOf } from '../../../../shared/features/form/right-answer.ts';
import { textIn, type Language } from '../../../../shared/kernel/text.ts';
import { RecordText } from '../../../ui/fields/RecordText.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { CheckIcon } from '../../../ui/theme/icons.tsx';
import type { Answer } from '../../app/engine.ts';
import classes from './QuestionText.module.css';

type Item = Answer<'form.get'>['items'][number];

interface Props {
  readonly item: Item;
  readonly language: Language;
}

/** A question as it is read: its words, what can be answered, what is right and why. */
export function QuestionText({ item, number, language }: Props & { readonly number: number }) {
  const { t } = useTranslation(['form', 'evaluation']);
  const { type, topic, points, required, explanation } = item;
  return (
    <>
      <h2 className={classes.text}>
        <span className={classes.number}>{number}</span>
        <span className={classes.words}>
          <RecordText text={item.text} prefer={language} />
        </span>
      </h2>
      <div className={classes.body}>
        <p className={classes.facts}>
          {[
            t(`evaluation:type.${type}`),
            ...(item.key === null ? [] : [t('form:points', { count: points })]),
            ...(required ? [t('evaluation:item.required')] : []),
          ].join(' · ')}
          {textIn(topic, language) !== '' && (
            <>
              {' · '}
              <RecordText text={topic} prefer={language} />
            </>
          )}
        </p>
        <Options item={item} language={language} />
        <Right item={item} language={language} />
        {textIn(explanation, language) !== '' && (
          <p className={classes.explanation}>
            <RecordText text={explanation} prefer={language} />
          </p>
        )}
      </div>
    </>
  );
}

/** The answers that are offered; of a table of choices its lines. */
function Options({ item, language }: Props) {
  const { t } = useTranslation('form');
  if (item.type === 'matrix') return <MatrixRows item={item} language={language} />;
  if (item.options.length === 0) return null;
  return (
    <ul className={classes.options}>
      {item.options.map(({ letter, text }) => {
        const worth = worthOf(item, letter);
        return (
          <li key={letter} data-right={worth.is === 'whole' || undefined}>
            <span className={classes.mark} aria-hidden="true">
              {worth.is === 'whole' && <CheckIcon size={16} />}
            </span>
            <span className={classes.words}>
              <RecordText text={text} prefer={language} />
              <WorthWords item={item} letter={letter} />
            </span>
          </li>
        );
      })}
      {item.type === 'ranking' && item.key === null && <li className={classes.facts}>{t('noOrder')}</li>}
    </ul>
  );
}

function WorthWords({ item, letter }: { readonly item: Item; readonly letter: string }) {
  const { t } = useTranslation('form');
  const format = useFormats();
  const { is, share } = worthOf(item, letter);
  if (is === 'none') return null;
  const words = is === 'whole' ? t('right') : t(is === 'part' ? 'worthPart' : 'worthLoss', { share: format.percent(Math.abs(share)) });
  return <span className={classes.worth}> {words}</span>;
}

function MatrixRows({ item, language }: Props) {
  const { t } = useTranslation(['form', 'evaluation']);
  return (
    <>
      <p className={classes.facts}>{t('form:choices')}</p>
      <ul className={classes.options}>
        {item.options.map(({ letter, text }) => (
          <li key={letter}>
            <span className={classes.mark} />
            <span className={classes.words}>
              <RecordText text={text} prefer={language} />
            </span>
          </li>
        ))}
      </ul>
      <p className={classes.facts}>{t('evaluation:item.rowTexts')}</p>
      <ul className={classes.options}>
        {item.rows.map(({ letter, text }) => {
          const right = optionOfRow(item, letter);
          return (
            <li key={letter} data-right={right !== undefined || undefined}>
              <span className={classes.mark} aria-hidden="true">
                {right && <CheckIcon size={16} />}
              </span>
              <span className={classes.words}>
                <RecordText text={text} prefer={language} />
                {right && <span className={classes.worth}> {t('form:rightIs', { answer: textIn(right.text, language) })}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** The right answer where no option says it: an order, a number, a day, words. */
function Right({ item, language }: Props) {
  const { t } = useTranslation('form');
  const answer = useRightWords()(item, language);
  return answer === '' ? null : <p className={classes.right}>{t('rightIs', { answer })}</p>;
}

/** Returns the words for a right answer that no option says; '' where there is none. */
function useRightWords(): (item: Item, language: Language) => string {
  const { t } = useTranslation('form');
  const format = useFormats();
  return (item, language) => {
    const { type, key } = item;
    if (key === null) return '';
    if (type === 'ranking')
      return rightOrder(item)
        .map(({ text }) => textIn(text, language))
        .join(' → ');
    if (type === 'number' && key.value !== undefined) {
      const value = format.number(Number(key.value), 6);
      return key.tolerance ? t('within', { value, tolerance: format.number(key.tolerance, 6) }) : value;
    }
    if (type === 'date' && key.value !== undefined) return format.day(key.value);
    if (type === 'open') return format.list(key.texts ?? []);
    return '';
  };
}
