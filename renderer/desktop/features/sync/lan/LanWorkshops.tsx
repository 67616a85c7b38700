import { Checkbox, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { useRead } from '../../../app/engine.ts';
import { Rows } from '../../../../ui/Rows.tsx';
import { RecordText } from '../../../../ui/fields/RecordText.tsx';
import classes from './Lan.module.css';

interface Props {
  readonly chosen: readonly string[];
  readonly choose: (workshops: string[]) => void;
  readonly disabled?: boolean;
}

/** The workshops to share with a laptop that is enrolled elsewhere or nowhere: none, until its owner ticks one. */
export function LanWorkshops({ chosen, choose, disabled = false }: Props) {
  const { t } = useTranslation('lan');
  return (
    <Loaded query={useRead('sync.lanShareable', {})}>
      {(workshops) =>
        workshops.length === 0 ? (
          <Text c="dimmed">{t('share.none')}</Text>
        ) : (
          <Checkbox.Group size="md" label={t('share.label')} description={t('share.hint')} value={[...chosen]} onChange={choose}>
            <Stack gap="xs" mt="sm" className={classes.choices}>
              <Rows of={workshops} as="div">
                {({ id, title }) => <Checkbox value={id} label={<RecordText text={title} />} disabled={disabled} />}
              </Rows>
            </Stack>
          </Checkbox.Group>
        )
      }
    </Loaded>
  );
}
