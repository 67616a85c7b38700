import { Button, Checkbox, Popover, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chosenColumns, LIST_COLUMNS, USUAL_COLUMNS, type ListColumn } from '../../../../shared/features/people/list-columns.ts';
import { useRead, useWrite } from '../../app/engine.ts';

/** The columns that this laptop shows of every list of people. */
export function useColumns(): readonly ListColumn[] {
  return useRead('settings.get', {}).data?.peopleColumns ?? USUAL_COLUMNS;
}

/** Which columns a list of people shows. */
export function ColumnsMenu({ columns }: { readonly columns: readonly ListColumn[] }) {
  const { t } = useTranslation('people');
  const set = useWrite('settings.set');
  const [open, setOpen] = useState(false);
  const turn = (column: ListColumn) =>
    set.mutate({
      peopleColumns: [...chosenColumns(columns.includes(column) ? columns.filter((one) => one !== column) : [...columns, column])],
    });
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-md" onClick={() => setOpen(!open)}>
          {t('columns.open')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columns.open')}>
        <Stack gap="xs">
          {LIST_COLUMNS.map((column) => (
            <Checkbox key={column} label={t(`column.${column}`)} checked={columns.includes(column)} onChange={() => turn(column)} />
          ))}
          <Text size="sm" c="dimmed">
            {t('columns.hint')}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
