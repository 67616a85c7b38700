import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../ui/formats.ts';
import { UndoIcon } from '../../../ui/theme/icons.tsx';
import { useWrite, type Answer } from '../../app/engine.ts';
import type { Person } from '../people/find-people.ts';
import { useNameShown } from '../people/person/person-words.ts';
import classes from './Enter.module.css';

interface Props {
  readonly removed: Answer<'evaluation.sheets'>['removed'];
  readonly people: readonly Person[];
}

/** Sheets that were taken out: whose, by whom and when, each to be put back. Nothing where there is none. */
export function RemovedSheets({ removed, people }: Props) {
  const { t } = useTranslation('evaluation');
  const format = useFormats();
  const nameShown = useNameShown();
  const restore = useWrite('evaluation.restoreSheet');
  if (removed.length === 0) return null;
  const nameOf = (personId: string): string => {
    const person = people.find(({ id }) => id === personId);
    return person ? nameShown(person) : '';
  };
  return (
    <details className={classes.removed}>
      <summary>{t('removed.title', { count: removed.length })}</summary>
      <ul>
        {removed.map(({ id, personId, wave, by, device, at, replaced }) => (
          <li key={id}>
            <span>
              <strong>{nameOf(personId)}</strong> {wave !== null && t(`wave.${wave}`)}{' '}
              <span className={classes.hint}>
                {t('removed.row', { when: format.instant(at), author: by || device })} {replaced && t('removed.replaced')}
              </span>
            </span>
            <Button
              variant="default"
              size="compact-md"
              leftSection={<UndoIcon size={16} />}
              aria-label={t('removed.restoreOf', { name: nameOf(personId) })}
              onClick={() => restore.mutate({ id })}
            >
              {t('removed.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
