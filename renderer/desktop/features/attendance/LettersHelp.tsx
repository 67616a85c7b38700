import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StatusGlyph } from './StatusGlyph.tsx';
import { LETTERS, MARKS } from '../../../../shared/model/vocabularies.ts';
import classes from './LettersHelp.module.css';

const KEYS = ['enter', 'arrows', 'fill', 'clear', 'remaining', 'everyone', 'find', 'walkIn', 'details', 'undo'] as const;

/** What the letters mean in the window's language, and the grid's keys. The letters are the same in every language. */
export function LettersHelp({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('attendance');
  return (
    <Modal opened onClose={onClose} size={960} title={t('letters.title')} closeButtonProps={{ 'aria-label': t('letters.close') }}>
      <p className={classes.intro}>{t('letters.intro')}</p>
      <dl className={classes.letters}>
        {MARKS.map((mark) => (
          <div key={mark}>
            <dt>
              <StatusGlyph status={mark} />
              <span className="unseen">{LETTERS[mark]}</span>
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
      <dl className={classes.keys}>
        {KEYS.map((key) => (
          <div key={key}>
            <dt>
              <Kbd size="md">{t(`letters.${key}.key`)}</Kbd>
            </dt>
            <dd>{t(`letters.${key}.does`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
