import { newRecordId } from '../../shared/model/record-id.ts';
import { laptop } from '../../shared/model/laptop.ts';
import { LIBRARY } from '../../shared/model/spaces.ts';
import { writesOf } from '../../shared/model/field-writes.ts';
import type { Store } from '../../shared/node/store/store.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { ReplicaId } from '../../shared/sync/types.ts';
import type { EngineContext } from './context.ts';
import { accountOf } from './sync/repository/account.ts';
import { LAPTOP_NAME } from './local-state/of-this-laptop.ts';

interface Named {
  readonly id: Id;
  readonly name: string;
}

type Names = ReadonlyMap<ReplicaId, Named>;

/** Asked for with every value that is shown, changed once in a laptop's life. */
const known = new WeakMap<Pick<Store, 'reader'>, { names: Names | null }>();

/** The name that the user of a laptop gave it; '' where none is known here. */
export function laptopNameOf({ store, settings }: Pick<EngineContext, 'store' | 'settings'>, replica: ReplicaId): string {
  const own = replica === store.replica ? ownLaptopName(settings) : '';
  return own || (namesIn(store).get(replica)?.name ?? '');
}

/** The name of this laptop; '' where it has none. */
export function ownLaptopName(settings: EngineContext['settings']): string {
  return LAPTOP_NAME.read(settings) ?? '';
}

/** Gives this laptop a name, and tells the others. */
export function nameLaptop(context: Pick<EngineContext, 'store' | 'settings' | 'random' | 'hasher'>, name: string): void {
  LAPTOP_NAME.write(context.settings, name);
  announceLaptop(context);
}

/** Writes this laptop's name where others read it; nothing where it belongs to no repository, or has this name there already. */
export function announceLaptop({ store, settings, random, hasher }: Pick<EngineContext, 'store' | 'settings' | 'random' | 'hasher'>): void {
  if (!accountOf(settings)) return;
  const name = ownLaptopName(settings);
  const said = namesIn(store).get(store.replica);
  if (name === (said?.name ?? '')) return;
  store.commit([{ space: LIBRARY, writes: writesOf(laptop, said?.id ?? newRecordId(LIBRARY, random, hasher), { name }) }]);
}

function namesIn(store: Pick<Store, 'reader' | 'onChanged'>): Names {
  let kept = known.get(store);
  if (!kept) {
    const fresh: { names: Names | null } = { names: null };
    store.onChanged(({ entityTypes }) => {
      if (entityTypes.has(laptop.type)) fresh.names = null;
    });
    known.set(store, fresh);
    kept = fresh;
  }
  return (kept.names ??= readNames(store));
}

function readNames({ reader }: Pick<Store, 'reader'>): Names {
  const names = new Map<ReplicaId, Named>();
  for (const [id, heads] of reader.headsWhere(laptop.type, 'name', 'live = 1'))
    for (const { replica, value } of heads) if (typeof value === 'string') names.set(replica, { id, name: value });
  return names;
}
