import { Button } from '@mantine/core';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../shared/kernel/ids.ts';
import { useFormats } from '../../ui/formats.ts';
import { UndoIcon } from '../../ui/theme/icons.tsx';
import { call, useRead, type Answer } from '../app/engine.ts';
import type { CallRefused } from '../../../shared/contract/rpc.ts';
import { offerUndo, say, sayRefusal } from '../app/frame/notices.tsx';
import classes from './ImportDialog.module.css';

type Import = Answer<'intake.list'>[number];

/** The imports into a workshop that this laptop made, each to be undone, the newest first. Nothing where there is none. */
export function PastImports({ activityId, kind }: { readonly activityId: Id; readonly kind: Import['kind'] }) {
  const { t } = useTranslation('intake');
  const format = useFormats();
  const imports = (useRead('intake.list', { activityId }).data ?? []).filter((one) => one.kind === kind);
  if (imports.length === 0) return null;
  return (
    <section className={classes.past} aria-label={t('past.title')}>
      <h3>{t('past.title')}</h3>
      <ul>
        {imports.map(({ importId, file, at, records }) => (
          <li key={importId}>
            <span>
              <strong>{file || t('pasted')}</strong>{' '}
              <span className={classes.muted}>
                {format.instant(at)}, {t('past.records', { count: records })}
              </span>
            </span>
            <Button
              variant="default"
              size="compact-md"
              leftSection={<UndoIcon size={16} />}
              aria-label={t('past.undo', { file: file || t('pasted') })}
              onClick={() => undo(importId).catch((error: CallRefused) => sayRefusal(error))}
            >
              {t('undo')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Says what was imported and offers to take it back, where it wrote anything. */
export function sayImported(message: string, importId: string | null): void {
  if (importId === null) say(message);
  else offerUndo(message, () => undo(importId), { label: i18next.t('intake:undo'), quiet: true });
}

/** Undoes an import and says what is as before and what was left, because somebody wrote to it since. */
async function undo(importId: string): Promise<void> {
  const { undone, left } = await call('intake.undo', { importId });
  const names = left.map(({ name }) => name || '–').join(', ');
  say(
    [
      i18next.t('intake:undone', { count: undone }),
      ...(left.length > 0 ? [i18next.t('intake:undoneLeft', { count: left.length, names })] : []),
    ].join(' '),
  );
}
