import { Button, Checkbox, Popover, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chosenColumns, LIST_COLUMNS, USUAL_COLUMNS, type ListColumn } from '../../../../../shared/features/people/list-columns.ts';
import { useRead, useWrite } from '../../../app/engine.ts';

/** The columns that this laptop shows of every list of people. */
export function useColumns(): readonly ListColumn[] {
  return useRead('settings.get', {}).data?.peopleColumns ?? USUAL_COLUMNS;
}

/** Which columns a list of people shows. */
export function ColumnsMenu({ columns }: { readonly columns: readonly ListColumn[] }) {
  const { t } = useTranslation('people');
  const set = useWrite('settings.set');
  // Its own while it is open, and known at once: a second tick must not be reckoned from a list that the first one has not reached yet, nor from what is drawn.
  const [chosen, setChosen] = useState<readonly ListColumn[] | null>(null);
  const latest = useRef(columns);
  const shown = chosen ?? columns;
  const open = (isOpen: boolean) => {
    latest.current = columns;
    setChosen(isOpen ? columns : null);
  };
  const turn = (column: ListColumn) => {
    const before = latest.current;
    const next = chosenColumns(before.includes(column) ? before.filter((one) => one !== column) : [...before, column]);
    latest.current = next;
    setChosen(next);
    set.mutate({ peopleColumns: [...next] });
  };
  return (
    <Popover opened={chosen !== null} onChange={open} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-md" onClick={() => open(chosen === null)}>
          {t('columns.open')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columns.open')}>
        <Stack gap="xs">
          {LIST_COLUMNS.map((column) => (
            <Checkbox key={column} label={t(`field.${column}`)} checked={shown.includes(column)} onChange={() => turn(column)} />
          ))}
          <Text size="sm" c="dimmed">
            {t('columns.hint')}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
