import { Checkbox, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { decodeAnswer, encodeAnswer, SCALE } from '../../../../../shared/features/evaluation/answer-codec.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { LONGEST_ANSWER } from '../../../../../shared/model/evaluation.ts';
import { useLanguage } from '../../../../ui/formats.ts';
import type { Item } from '../paper-sheet.ts';
import { useOptionWords } from './answer-words.ts';
import classes from './Countries.module.css';

interface Props {
  readonly item: Item;
  /** As it is kept, or as it is typed so far; '' for a blank. */
  readonly answer: string;
  readonly first: boolean;
  onChange(answer: string): void;
}

/** The field in which a question is answered, by its type; what is typed is read when the whole is kept. */
export function AnswerField({ item, answer, first, onChange }: Props) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const optionWords = useOptionWords();
  const label = t('countries.question', { number: item.label, text: textIn(item.text, language) });
  const letters = item.type === 'scale' ? [...SCALE] : Object.keys(item.options);
  const data = letters.map((value) => ({ value, label: optionWords(item, value) }));
  const given = decodeAnswer(item, answer);
  const focus = { 'data-autofocus': first || undefined };
  switch (item.type) {
    case 'choice':
    case 'trueFalse':
    case 'consent':
    case 'scale':
      return (
        <Select
          label={label}
          data={data}
          value={answer || null}
          onChange={(option) => onChange(option ?? '')}
          clearable
          clearButtonProps={{ 'aria-label': t('strip.leaveBlank') }}
          {...focus}
        />
      );
    case 'several':
      return (
        <Checkbox.Group
          label={label}
          value={given?.is === 'options' ? [...given.options] : []}
          onChange={(options) => onChange(encodeAnswer(item, { is: 'options', options }))}
        >
          <Stack gap={6} mt={6}>
            {data.map((one) => (
              <Checkbox key={one.value} {...one} />
            ))}
          </Stack>
        </Checkbox.Group>
      );
    case 'matrix': {
      const rows = given?.is === 'rows' ? given.rows : {};
      return (
        <fieldset className={classes.rows}>
          <legend>{label}</legend>
          {Object.entries(item.rows).map(([row, text]) => (
            <Select
              key={row}
              label={textIn(text, language)}
              data={data}
              value={rows[row] ?? null}
              onChange={(option) => {
                const { [row]: _, ...others } = rows;
                onChange(encodeAnswer(item, { is: 'rows', rows: option === null ? others : { ...others, [row]: option } }));
              }}
              clearable
              clearButtonProps={{ 'aria-label': t('strip.leaveBlank') }}
            />
          ))}
        </fieldset>
      );
    }
    case 'ranking':
    case 'number':
    case 'date':
      return (
        <TextInput
          label={label}
          description={
            item.type === 'ranking'
              ? `${t('countries.asRanking')} ${data.map((one) => one.label).join('; ')}`
              : t(`countries.as.${item.type}`)
          }
          value={answer}
          onChange={(event) => onChange(event.currentTarget.value)}
          maxLength={LONGEST_ANSWER}
          autoComplete="off"
          {...focus}
        />
      );
    case 'open':
      return (
        <Textarea
          label={label}
          value={answer}
          onChange={(event) => onChange(event.currentTarget.value)}
          maxLength={LONGEST_ANSWER}
          autosize
          minRows={1}
          maxRows={6}
          {...focus}
        />
      );
  }
}
