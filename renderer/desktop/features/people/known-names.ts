import { useMemo } from 'react';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useRead } from '../../app/engine.ts';

/** The people of a workshop by name, for *the same as*. */
export function useKnownNames(activityId: Id): readonly { readonly id: Id; readonly name: string }[] {
  const people = useRead('people.list', { activityId }).data;
  return useMemo(
    () =>
      (people ?? []).map(({ id, familyName, givenName }) => ({
        id,
        name: [familyName, givenName].filter((part) => part !== '').join(' '),
      })),
    [people],
  );
}
