import { useCallback, useEffect, useRef, useState } from 'react';
import { CallRefused } from '../../../../../shared/contract/rpc.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import type { PersonField } from '../../../../../shared/features/people/rules.ts';
import { call, useRead, type Args } from '../../../app/engine.ts';

export type PersonChange = Args<'people.update'>;

/**
 * One participant in an open form, saved field by field. Each save says which values the form showed when the field was first touched (`begin`), so that it
 * supersedes those and no others; saves of one form go one after the other, or a second one would disagree with the first. What is on its way is `pending`: the form shows it,
 * and nobody writes it a second time.
 */
export function usePerson(id: Id) {
  const opened = useRead('people.open', { id });
  const shown = useRef<Record<string, string[]>>({});
  const arrived = opened.data?.seen;
  useEffect(() => {
    if (arrived) shown.current = arrived;
  }, [arrived]);
  const begun = useRef<Partial<Record<PersonField, { readonly seen: string[]; readonly saves: number }>>>({});
  const saves = useRef<Partial<Record<PersonField, number>>>({});
  const [pending, setPending] = useState<Readonly<Partial<Record<PersonField, string | null>>>>({});
  const newest = useRef<Partial<Record<PersonField, object>>>({});
  const { refetch } = opened;
  const turn = useRef<Promise<void>>(Promise.resolve());
  const [state, setState] = useState<'idle' | 'saving' | 'saved'>('idle');
  const [refusals, setRefusals] = useState<Readonly<Partial<Record<PersonField, string>>>>({});

  const begin = useCallback((field: PersonField) => {
    begun.current[field] ??= { seen: shown.current[field] ?? [], saves: saves.current[field] ?? 0 };
  }, []);
  const save = useCallback(
    <F extends PersonField>(field: F, value: PersonChange[F]): Promise<boolean> => {
      setState('saving');
      const self = {};
      newest.current[field] = self;
      setPending((others) => ({ ...others, [field]: value ?? null }));
      const began = begun.current[field];
      delete begun.current[field];
      const run = turn.current.then(async () => {
        try {
          // What was saved from here since then was seen by whoever typed it.
          const isFirst = began !== undefined && began.saves === (saves.current[field] ?? 0);
          const named = isFirst ? began.seen : (shown.current[field] ?? []);
          await call('people.update', { id, [field]: value, seen: { [field]: named } });
          saves.current[field] = (saves.current[field] ?? 0) + 1;
          shown.current = { ...shown.current, [field]: (await refetch()).data?.seen[field] ?? [] };
          setRefusals((others) => without(others, field));
          setState('saved');
          return true;
        } catch (error) {
          if (!(error instanceof CallRefused)) throw error;
          setRefusals((others) => ({ ...others, [field]: error.message }));
          setState('idle');
          return false;
        } finally {
          if (newest.current[field] === self) setPending((others) => without(others, field));
        }
      });
      turn.current = run.then(
        () => undefined,
        () => undefined,
      );
      return run;
    },
    [id, refetch],
  );
  return { opened, state, refusals, pending, begin, save };
}

function without<T extends object>(values: T, field: keyof T): T {
  const others = { ...values };
  delete others[field];
  return others;
}
