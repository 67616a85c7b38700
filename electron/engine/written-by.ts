import type { ReplicaId } from '../../shared/sync/types.ts';
import type { EngineContext } from './context.ts';

/** Who wrote a value and on which device, as people are told. */
export interface WrittenBy {
  /** '' when this laptop has no certificate of the device. */
  readonly author: string;
  /** The first digits of the device's id: enough to tell two laptops apart. */
  readonly device: string;
}

/**
 * Names come from the device certificates that the repository issued, never from records; this laptop's own before it is
 * enrolled from its settings.
 */
export function writtenBy({ store, settings }: Pick<EngineContext, 'store' | 'settings'>, replica: ReplicaId): WrittenBy {
  const certified = store.reader.get<{ name: string }>('select name from certificate where replica = ?', replica);
  const own = replica === store.replica ? (settings.get<string>('name') ?? '') : '';
  return { author: certified?.name ?? own, device: replica.slice(0, 8) };
}
