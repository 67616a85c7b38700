import { useCallback, useRef, useState } from 'react';
import { CallRefused } from '../../../../shared/contract/rpc.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { call, useRead, type Args } from '../../app/engine.ts';

type Update = Args<'people.update'>;
export type PersonField = Exclude<keyof Update, 'id' | 'seen'>;

/**
 * One participant in an open form, saved field by field. Each save says which values the form showed, so that it supersedes
 * those and no others; saves of one form go one after the other, or a second one would disagree with the first.
 */
export function usePerson(id: Id) {
  const opened = useRead('people.open', { id });
  const seen = useRef<Record<string, string[]> | undefined>(undefined);
  if (seen.current === undefined && opened.data) seen.current = opened.data.seen;
  const turn = useRef<Promise<void>>(Promise.resolve());
  const [state, setState] = useState<'idle' | 'saving' | 'saved'>('idle');
  const [refusals, setRefusals] = useState<Readonly<Partial<Record<PersonField, string>>>>({});

  const save = useCallback(
    <F extends PersonField>(field: F, value: Update[F]): Promise<boolean> => {
      setState('saving');
      const run = turn.current.then(async () => {
        try {
          const shown = seen.current?.[field];
          await call('people.update', { id, [field]: value, ...(shown ? { seen: { [field]: shown } } : {}) });
          seen.current = { ...seen.current, [field]: (await call('people.open', { id })).seen[field] ?? [] };
          setRefusals(({ [field]: _, ...others }) => others as Partial<Record<PersonField, string>>);
          setState('saved');
          return true;
        } catch (error) {
          if (!(error instanceof CallRefused)) throw error;
          setRefusals((others) => ({ ...others, [field]: error.message }));
          setState('idle');
          return false;
        }
      });
      turn.current = run.then(
        () => undefined,
        () => undefined,
      );
      return run;
    },
    [id],
  );
  return { opened, state, refusals, save };
}
