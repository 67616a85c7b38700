import { Button, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { valueHeld } from '../../../../../shared/features/sync/settling.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { call, useRead, useWrite } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';
import { fieldWords, valueWords, writtenWords } from './conflict-words.ts';
import { useSpeech } from '../lan/use-speech.ts';
import { Rows } from '../../../../ui/Rows.tsx';
import classes from './FieldHistory.module.css';

/** Every value that a field ever held, who wrote it, when and where; an earlier one can be written again. */
export function FieldHistory(props: {
  readonly entityType: string;
  readonly entity: Id;
  readonly fields: readonly string[];
  /** Fields whose earlier values are shown and not written again here, and why. */
  readonly shownOnly?: { readonly fields: readonly string[]; readonly why: string };
  /** It is shown, and nothing is written again. */
  readonly readOnly?: boolean;
  onClose(): void;
}) {
  const { entityType, entity, fields, shownOnly } = props;
  const { t } = useTranslation(['sync', 'app']);
  const speech = useSpeech();
  const [field, setField] = useState(fields[0]!);
  const history = useRead('sync.history', { entity, field });
  const settle = useWrite('sync.settle');
  const restore = (value: (typeof values)[number]['value']) => {
    const current = values.filter((one) => one.current);
    const before = valueHeld(current);
    settle.mutate(
      { entity, field, value, seen: current.map(({ id }) => id) },
      {
        onSuccess: async () => {
          // What two people wrote apart cannot be put back by one write; their values stay in the history.
          if (before === null) return;
          const written = (await call('sync.history', { entity, field })).filter((one) => one.current);
          offerUndo(t('history.restored', { field: fieldWords(entityType, field, speech) }), () =>
            call('sync.settle', { entity, field, value: before.value, seen: written.map(({ id }) => id) }),
          );
        },
      },
    );
  };
  const values = history.data ?? [];
  return (
    <Dialog help="conflicts" onClose={props.onClose} title={t('history.title')} size="lg">
      <Stack gap="md">
        <Select
          label={t('history.of')}
          data={fields.map((one) => ({ value: one, label: fieldWords(entityType, one, speech) }))}
          value={field}
          onChange={(value) => value !== null && setField(value)}
          allowDeselect={false}
        />
        {shownOnly?.fields.includes(field) && <p className={classes.quiet}>{shownOnly.why}</p>}
        <Loaded query={history}>
          {(list) =>
            list.length === 0 ? (
              <p className={classes.quiet}>{t('history.none')}</p>
            ) : (
              <ol className={classes.list}>
                <Rows of={list} as="li">
                  {(one) => (
                    <li>
                      <div>
                        <p className={one.current ? classes.current : undefined}>
                          {one.erased ? t('conflicts.erased') : valueWords(field, one.value, speech)}
                        </p>
                        <p className={classes.quiet}>{writtenWords({ entityType, field }, one, speech)}</p>
                      </div>
                      {one.current ? (
                        <span className={classes.quiet}>{t('history.current')}</span>
                      ) : (
                        !one.erased &&
                        !props.readOnly &&
                        !shownOnly?.fields.includes(field) && (
                          <Button variant="default" size="compact-md" loading={settle.isPending} onClick={() => restore(one.value)}>
                            {t('history.restore')}
                          </Button>
                        )
                      )}
                    </li>
                  )}
                </Rows>
              </ol>
            )
          }
        </Loaded>
      </Stack>
    </Dialog>
  );
}
