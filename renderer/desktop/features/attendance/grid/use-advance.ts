import { useState } from 'react';
import { useRead, useWrite } from '../../../app/engine.ts';

/** Whether a mark goes on to the next person, and the way to say so. */
export function useAdvance(): readonly [boolean, (next: boolean) => void] {
  const setSettings = useWrite('settings.set');
  // At once, for the next key may be a letter; the setting follows.
  const [now, setNow] = useState<boolean>();
  const stored = useRead('settings.get', {}).data?.advance ?? true;
  const set = (next: boolean) => {
    setNow(next);
    setSettings.mutate({ advance: next });
  };
  return [now ?? stored, set];
}
