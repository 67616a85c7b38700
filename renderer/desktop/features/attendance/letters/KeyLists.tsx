import { Kbd } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { REACHES, sheetKeys, type Reach, type SheetKey } from '../../../app/keyboard/key-table.ts';
import { useSingleKeys } from '../../../app/keyboard/single-keys.tsx';
import { useLetters } from './letters-shown.tsx';
import { lettersInWords } from '../../../../../shared/features/attendance/letters.ts';
import classes from './LettersHelp.module.css';

/** The keys of the attendance sheet by where they work, from the table that the sheet itself takes them from. `under`: the level of the heading over them. */
export function KeyLists({ under }: { readonly under: 2 | 3 }) {
  const Heading = under === 2 ? 'h3' : 'h4';
  const { t } = useTranslation('attendance');
  const letters = useLetters();
  const singleKeys = useSingleKeys();
  const keyOf = ({ id }: SheetKey) =>
    id === 'marks' ? lettersInWords(letters) : t(id === 'find' && !singleKeys ? 'letters.find.held' : `letters.${id as 'enter'}.key`);
  return (Object.keys(REACHES) as Reach[]).map((reach) => (
    <section key={reach} data-testid={`keys-${reach}`}>
      <Heading className={classes.reach}>{t(`letters.reach.${reach}`)}</Heading>
      <dl className={classes.keys}>
        {sheetKeys(letters, singleKeys)
          .filter((line) => line.reach === reach)
          .map((line) => (
            <div key={line.id} data-key={line.id}>
              <dt>
                <Kbd size="md">{keyOf(line)}</Kbd>
              </dt>
              <dd>{t(`letters.${line.id as 'enter'}.does`)}</dd>
            </div>
          ))}
      </dl>
    </section>
  ));
}
