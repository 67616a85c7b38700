import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { call, useWrite, type Answer } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';

type Opened = Answer<'people.open'>;
export type Difference = Opened['differ'][number];
export type Link = Opened['links'][number];
type Pair = readonly [Id, Id];

/** Returns the decisions that may be made about two records, each with an undo right after. `told`: that they are two, where that was said before. */
export function useLinks() {
  const { t } = useTranslation('people');
  const link = useWrite('people.link');
  const tellApart = useWrite('people.tellApart');
  const unlink = useWrite('people.unlink');
  const choose = useWrite('people.choose');
  const both = (ids: Pair): { ids: [Id, Id] } => ({ ids: [ids[0], ids[1]] });
  return {
    busy: link.isPending || tellApart.isPending || unlink.isPending || choose.isPending,
    async onePerson(ids: Pair, name: string, told?: Link): Promise<boolean> {
      const said = await link.mutateAsync(both(ids)).catch(() => undefined);
      if (!said) return false;
      offerUndo(t('linked.done.one', { name }), () => (told ? call('people.tellApart', both(ids)) : call('people.unlink', said)));
      return true;
    },
    async twoPeople(ids: Pair, name: string): Promise<boolean> {
      const said = await tellApart.mutateAsync(both(ids)).catch(() => undefined);
      if (!said) return false;
      offerUndo(t('linked.done.two', { name }), () => call('people.unlink', said));
      return true;
    },
    /** They are no longer said to be one. */
    takeApart({ linkId, ids }: Link, name: string): void {
      unlink.mutate({ linkId }, { onSuccess: () => offerUndo(t('linked.done.apart', { name }), () => call('people.link', { ids })) });
    },
    /** They are no longer said to be two. */
    takeBack({ linkId, ids }: Link, name: string): void {
      unlink.mutate({ linkId }, { onSuccess: () => offerUndo(t('linked.done.open', { name }), () => call('people.tellApart', { ids })) });
    },
    choose(id: Id, { field, values }: Difference, record: Id, words: string): void {
      const named = field as 'familyName';
      const seen = values.flatMap(({ ids }) => ids);
      choose.mutate(
        { id, field: named, record, seen },
        {
          onSuccess: () =>
            offerUndo(t('linked.done.chosen', { value: words }), () => call('people.choose', { id, field: named, record: null, seen: [] })),
        },
      );
    },
  };
}
