import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pair, type LanLaptop } from './lan-laptop.ts';
import { exported, imported } from './usb.ts';
import { synced } from '../workshop.ts';

/** A way by which the work of one laptop reaches another: what `to` lacks of `from` is there afterwards. */
export interface Way {
  readonly name: string;
  carry(from: LanLaptop, to: LanLaptop): Promise<void>;
}

/** Through the repository that both are enrolled with. */
export const overHttp: Way = {
  name: 'HTTP',
  async carry(from, to) {
    await synced(from);
    await synced(to);
  },
};

/** On a stick: a whole file each time, in a folder of the test's. */
export function onUsb(folder: string): Way {
  let files = 0;
  return {
    name: 'USB',
    async carry(from, to) {
      mkdirSync(folder, { recursive: true });
      const file = path.join(folder, `${++files}.itinera`);
      await exported(from, file);
      await imported(to, file);
    },
  };
}

/** On a stick: only what is new since the last file for the same laptop, locked for it once it is known. */
export function onUsbSince(folder: string): Way {
  let files = 0;
  return {
    name: 'USB, what is new',
    async carry(from, to) {
      mkdirSync(folder, { recursive: true });
      const file = path.join(folder, `${++files}.itinera`);
      const isKnown = from.store.reader.get('select 1 from certificate where replica = ?', to.store.replica) !== undefined;
      await exported(from, file, { since: 'last', to: to.store.replica, ...(isKnown && { recipients: [to.store.replica] }) });
      await imported(to, file);
    },
  };
}

/** Over the room's own network, each time through the other's door; they are paired when they first meet. */
export function overLan(): Way {
  const doors = new Map<string, string>();
  const paired = new Set<string>();
  return {
    name: 'LAN',
    async carry(from, to) {
      const address = doors.get(to.store.replica) ?? (await to.openDoor());
      doors.set(to.store.replica, address);
      const names = [from.store.replica, to.store.replica].sort((a, b) => (a < b ? -1 : 1)).join(' ');
      if (!paired.has(names)) await pair(from, to, address);
      paired.add(names);
      await from.lan('sync.lanRun', { replica: to.store.replica, address });
    },
  };
}
