import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../../ui/formats.ts';
import type { Answer } from '../../../app/engine.ts';
import { Difference } from '../adapt/Difference.tsx';
import classes from './Exchange.module.css';

type Outcome = Answer<'course.importTexts'>;
type Conflict = Outcome['conflicts'][number];

/** So many changes are shown; a workbook of a whole course that was translated has thousands, and they are all taken alike. */
const SHOWN = 200;

/** Returns what tells the conflict of one text from all others. */
export function conflictKey({ part, field, language }: Pick<Conflict, 'part' | 'field' | 'language'>): string {
  return `${part} ${field} ${language}`;
}

interface Props {
  readonly answer: Outcome;
  /** The conflicts in which the workbook's text is taken. */
  readonly chosen: ReadonlySet<string>;
  onChoose(chosen: ReadonlySet<string>): void;
}

/** Shows what a workbook changes, text by text: what is taken, what was written here as well, and rows that fit nowhere. */
export function TextsPreview({ answer: { changes, conflicts, rejected }, chosen, onChoose }: Props) {
  const { t } = useTranslation('exchange');
  const textWords = useTextWords();
  const choose = (conflict: Conflict, takes: boolean) => {
    const key = conflictKey(conflict);
    onChoose(new Set(takes ? [...chosen, key] : [...chosen].filter((one) => one !== key)));
  };
  return (
    <section className={classes.preview}>
      <p role="status">{changes.length + conflicts.length === 0 ? t('import.nothing') : t('import.changes', { count: changes.length })}</p>
      {conflicts.length > 0 && (
        <>
          <h3>{t('import.conflicts', { count: conflicts.length })}</h3>
          <ul className={classes.texts}>
            {conflicts.map((conflict) => (
              <li key={conflictKey(conflict)}>
                <ConflictChoice
                  conflict={conflict}
                  label={textWords(conflict)}
                  takes={chosen.has(conflictKey(conflict))}
                  onTake={(takes) => choose(conflict, takes)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      {rejected.length > 0 && (
        <>
          <h3>{t('import.rejected', { count: rejected.length })}</h3>
          <ul className={classes.texts}>
            {rejected.map(({ row, field, code }) => (
              <li key={`${row} ${field}`}>{t('import.row', { row, reason: t(`import.rejection.${code}`) })}</li>
            ))}
          </ul>
        </>
      )}
      {changes.length > 0 && (
        <>
          <h3>{t('import.taken')}</h3>
          <ul className={classes.texts}>
            {changes.slice(0, SHOWN).map((change) => (
              <li key={conflictKey(change)}>
                <p className={classes.where}>{textWords(change)}</p>
                <Difference before={change.here ?? ''} after={change.text} language={change.language} />
              </li>
            ))}
          </ul>
          {changes.length > SHOWN && <p>{t('import.more', { count: changes.length - SHOWN })}</p>}
        </>
      )}
    </section>
  );
}

interface ConflictProps {
  readonly conflict: Conflict;
  readonly label: string;
  readonly takes: boolean;
  onTake(takes: boolean): void;
}

/** A text that was written here and in the workbook: what stood before, and the choice between the two; here it stays as long as nothing is chosen. */
function ConflictChoice({ conflict: { base, here, text, language, field }, label, takes, onTake }: ConflictProps) {
  const { t } = useTranslation('exchange');
  // No title is emptied, and nothing is written over what cannot be read.
  const isOffered = here !== null && (field !== 'title' || text !== '');
  return (
    <Stack gap={6}>
      <p className={classes.where}>{label}</p>
      {base !== null && base !== '' && (
        <p className={classes.base}>
          {t('import.before')} <span lang={language}>{base}</span>
        </p>
      )}
      <Radio.Group aria-label={label} value={takes ? 'workbook' : 'here'} onChange={(value) => onTake(value === 'workbook')}>
        <Stack gap={6}>
          <Radio
            value="here"
            label={t('import.keep')}
            description={<span lang={language}>{here === '' ? t('import.empty') : here}</span>}
          />
          <Radio
            value="workbook"
            disabled={!isOffered}
            label={t('import.takeThis')}
            description={<span lang={language}>{text === '' ? t('import.empty') : text}</span>}
          />
        </Stack>
      </Radio.Group>
    </Stack>
  );
}

/** Returns the words for which text is meant: the number of its part, its field and its language. */
function useTextWords(): (text: Pick<Conflict, 'number' | 'field' | 'language'>) => string {
  const { t } = useTranslation(['exchange', 'course']);
  const format = useFormats();
  return ({ number, field, language }) => {
    const values = { field: t(`course:field.${field}`), language: format.language(language) };
    return number === '' ? t('exchange:import.text', values) : t('exchange:import.textOf', { ...values, number });
  };
}
