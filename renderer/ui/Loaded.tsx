import { Button, Loader } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from './Refusal.tsx';

interface Props<T> {
  readonly query: UseQueryResult<T, { message: string } & Error>;
  children(data: T): ReactNode;
}

/** Shows what a read answered; a refusal as its sentence, with the button to ask again; a wait only when it is long enough to be noticed. */
export function Loaded<T>({ query, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failed query={query} error={query.error} />;
  return <Waiting />;
}

/** Why there is nothing to show, and a way on. */
function Failed({
  query,
  error,
}: {
  readonly query: Pick<UseQueryResult, 'refetch' | 'isFetching'>;
  readonly error: { readonly message: string };
}) {
  const { t } = useTranslation('app');
  return (
    <Refusal error={error}>
      <Button variant="default" size="sm" loading={query.isFetching} onClick={() => void query.refetch()}>
        {t('tryAgain')}
      </Button>
    </Refusal>
  );
}

/** Nothing for a moment, then a quiet sign of work. */
export function Waiting() {
  const { t } = useTranslation('app');
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return late ? <Loader type="dots" color="var(--muted)" aria-label={t('loading')} role="status" m="md" /> : null;
}
