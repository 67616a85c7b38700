import { Kbd } from '@mantine/core';
import { useRead } from '../engine.ts';

/** Whether a letter or a sign alone does something where no text is typed: so it is until the user of this laptop says otherwise. */
export function useSingleKeys(): boolean {
  return useRead('settings.get', {}).data?.singleKeys ?? true;
}

/** A sign on what it does; nothing where it does nothing. */
export function SingleKey({ children, className }: { readonly children: string; readonly className?: string | undefined }) {
  if (!useSingleKeys()) return null;
  return (
    <Kbd size="md" className={className}>
      {children}
    </Kbd>
  );
}
