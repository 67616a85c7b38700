import { useWrite } from '../../../app/engine.ts';
import { go } from '../../../app/view.ts';

/** Loads the bundled sample workshop and opens it. */
export function useLoadSample(): { load(): void; readonly loading: boolean } {
  const write = useWrite('activity.loadSample');
  return {
    load: () => write.mutate({}, { onSuccess: ({ id }) => go({ page: 'workshop', id, tab: 'agenda' }) }),
    loading: write.isPending,
  };
}
