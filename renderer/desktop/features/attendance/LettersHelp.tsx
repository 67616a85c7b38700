import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog.tsx';
import { StatusGlyph } from './StatusGlyph.tsx';
import { KeyLists } from './KeyLists.tsx';
import { useLetters } from './letters-shown.tsx';
import { MARKS } from '../../../../shared/model/vocabularies.ts';
import classes from './LettersHelp.module.css';

/** The letters of the window's language with what they mean, and the sheet's keys. */
export function LettersHelp({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('attendance');
  const letters = useLetters();
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
      <KeyLists />
    </Dialog>
  );
}
