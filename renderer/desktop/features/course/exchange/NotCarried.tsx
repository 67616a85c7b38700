import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../../ui/formats.ts';
import type { Answer } from '../../../app/engine.ts';
import classes from './Exchange.module.css';

const SHOWN = 20;
const WHY = ['question', 'kind', 'topic', 'points', 'options'] as const;

/** The list of questions of which a cartridge cannot hold something, with what of each. */
export function NotCarried({ of }: { readonly of: Answer<'course.exportCartridge'>['notCarried'] }) {
  const { t } = useTranslation('exchange');
  const format = useFormats();
  if (of.length === 0) return null;
  return (
    <>
      <p>{t('export.notCarried', { count: of.length })}</p>
      <ul className={classes.lost}>
        {of.slice(0, SHOWN).map(({ test, item, why }) => (
          <li key={`${test} ${item}`}>
            {t('export.lostOf', {
              item,
              what: format.list(WHY.filter((known) => why.includes(known)).map((known) => t(`export.lost.${known}`))),
            })}
          </li>
        ))}
        {of.length > SHOWN && <li>{t('import.more', { count: of.length - SHOWN })}</li>}
      </ul>
    </>
  );
}
