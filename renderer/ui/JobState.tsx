import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Progress as HowFar } from '../../shared/contract/rpc.ts';
import { useFormats } from './formats.ts';
import { useTimeLeft } from './time-left.ts';

interface Props {
  readonly job: { readonly running: boolean; readonly progress: HowFar | undefined; cancel(): void };
}

/** How far a long call is, in words and as a line, and the way to stop it. Nothing while none runs. */
export function JobState({ job }: Props) {
  const { t } = useTranslation(['app', 'jobs']);
  const format = useFormats();
  const left = useTimeLeft(job.running ? job.progress : undefined);
  if (!job.running) return null;
  const { progress } = job;
  const amount = (count: number) => (progress?.unit === 'bytes' ? format.bytes(count) : format.number(count));
  const label = progress ? t(`jobs:${progress.label}`) : t('job.working');
  return (
    <div role="status">
      <Group justify="space-between" mb={4}>
        <Text size="sm">
          {label}
          {progress && progress.total > 0 && (
            <Text span size="sm" c="dimmed" ml="sm">
              {t('job.amount', { done: amount(progress.done), total: amount(progress.total) })}
              {left !== null && `, ${t('job.left', { time: format.span(left) })}`}
            </Text>
          )}
        </Text>
        <Button variant="subtle" size="compact-md" onClick={() => job.cancel()}>
          {t('job.stop')}
        </Button>
      </Group>
      <Progress
        value={progress && progress.total > 0 ? (100 * progress.done) / progress.total : 100}
        animated={!progress || progress.total === 0}
        aria-label={label}
      />
    </div>
  );
}
