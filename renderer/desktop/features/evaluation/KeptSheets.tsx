import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallRefused } from '../../../../shared/contract/rpc.ts';
import { UndoIcon } from '../../../ui/theme/icons.tsx';
import { sayRefusal } from '../../app/frame/notices.tsx';
import classes from './Enter.module.css';

/** A sheet that was kept since the form was opened. */
export interface KeptSheet {
  readonly id: string;
  /** *Kept: DIOP Awa, 12 of 12 answers*. */
  readonly words: string;
  /** The same in the list; of an anonymous sheet how much it says, and not what. */
  readonly listed: string;
  /** Takes it back, and puts its answers where they can be gone on with. */
  takeBack(): Promise<unknown>;
}

const LISTED = 10;

/** The sheets kept here last, the newest first. */
export function useKeptSheets() {
  const [kept, setKept] = useState<readonly KeptSheet[]>([]);
  const [said, setSaid] = useState('');
  const { t } = useTranslation('evaluation');
  return {
    kept,
    said,
    say: setSaid,
    add(sheet: KeptSheet): void {
      setKept((before) => [sheet, ...before.filter(({ id }) => id !== sheet.id)].slice(0, LISTED));
      setSaid(sheet.words);
    },
    takeBack(sheet: KeptSheet): void {
      sheet.takeBack().then(
        () => {
          setKept((before) => before.filter((one) => one !== sheet));
          setSaid(t('enter.takenBack'));
        },
        (error: CallRefused) => sayRefusal(error),
      );
    },
  };
}

type Kept = ReturnType<typeof useKeptSheets>;

/** The notice of what was kept last, at the head of the form, where it is in sight; with the way back. */
export function KeptNotice({ kept, said, takeBack }: Kept) {
  const { t } = useTranslation('evaluation');
  const [last] = kept;
  return (
    <div className={classes.keptNotice} data-testid="kept-notice">
      <p className={classes.kept} role="status">
        {said}
      </p>
      {last && said === last.words && (
        <Button variant="subtle" size="compact-md" leftSection={<UndoIcon size={16} />} onClick={() => takeBack(last)}>
          {t('enter.takeBack')}
        </Button>
      )}
    </div>
  );
}

/** Those before the last one, each to be taken back. */
export function KeptList({ kept, takeBack }: Kept) {
  const { t } = useTranslation('evaluation');
  if (kept.length === 0) return null;
  return (
    <details className={classes.removed} data-testid="kept-list">
      <summary>{t('enter.keptHere', { count: kept.length })}</summary>
      <ul>
        {kept.map((sheet) => (
          <li key={sheet.id}>
            <span>{sheet.listed}</span>
            <Button
              variant="default"
              size="compact-md"
              leftSection={<UndoIcon size={16} />}
              aria-label={t('enter.takeBackOf', { sheet: sheet.listed })}
              onClick={() => takeBack(sheet)}
            >
              {t('enter.takeBack')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** That a sheet has items without an answer, before it is kept so. */
export function Unfinished({ answered, of }: { readonly answered: number; readonly of: number }) {
  const { t } = useTranslation('evaluation');
  return (
    <p className={classes.note} role="alert" data-testid="unfinished">
      {t('enter.unfinished', { count: answered, of })}
    </p>
  );
}

/** That a sheet was typed, and asked to be kept, before it was on screen: nothing is kept that nobody saw. */
export function ShownFirst() {
  const { t } = useTranslation('evaluation');
  return (
    <p className={classes.note} role="alert" data-testid="shown-first">
      {t('enter.shownFirst')}
    </p>
  );
}
