import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { StatusGlyph } from '../grid/StatusGlyph.tsx';
import { KeyLists } from './KeyLists.tsx';
import { offers, useRights } from '../../sync/MayNot.tsx';
import { LettersDialog } from './LettersDialog.tsx';
import { useLetters } from './letters-shown.tsx';
import { MARKS } from '../../../../../shared/model/vocabularies.ts';
import classes from './LettersHelp.module.css';

/** The letters of the sheet with what they mean, and its keys; whoever may change the workshop chooses others from here. */
export function LettersHelp({ activityId, onClose }: { readonly activityId: Id; onClose(): void }) {
  const { t } = useTranslation('attendance');
  const letters = useLetters();
  const mayChoose = offers(useRights(activityId), 'plan');
  const [choosing, setChoosing] = useState(false);
  if (choosing) return <LettersDialog activityId={activityId} onClose={onClose} />;
  return (
    <Dialog help="attendance" onClose={onClose} size={960} title={t('letters.title')}>
      <p className={classes.intro}>{t('letters.intro')}</p>
      <dl className={classes.letters}>
        {MARKS.map((mark) => (
          <div key={mark}>
            <dt>
              <StatusGlyph status={mark} />
              <span className="unseen">{letters[mark]}</span>
            </dt>
            <dd>{t(`status.${mark}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <StatusGlyph status="notTaken" />
          </dt>
          <dd>{t('status.notTaken')}</dd>
        </div>
      </dl>
      {mayChoose && (
        <Button variant="default" className={classes.choose!} onClick={() => setChoosing(true)}>
          {t('letters.choose.open')}
        </Button>
      )}
      <KeyLists under={2} />
    </Dialog>
  );
}
