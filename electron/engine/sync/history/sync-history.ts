import { laptopNameOf } from '../../laptop-names.ts';
import { attributionOf } from '../../attribution.ts';
import type { SyncPorts } from '../context.ts';
import { peerOf } from '../lan/peers.ts';
import { runs, type TransferCounts } from './run-history.ts';
import { readBundles, writtenBundles } from '../usb/history.ts';

/** A line of the history of syncs, whatever way it went. */
export interface HistoryLine extends TransferCounts {
  readonly at: string;
  readonly way: 'repository' | 'lan' | 'usb';
  readonly with: string;
  readonly ok: boolean;
  readonly code: string;
  readonly milliseconds: number;
}

/** Everything that travelled by any way, newest first. */
export function syncHistoryOf(ports: Pick<SyncPorts, 'store' | 'settings'>): HistoryLine[] {
  const { settings } = ports;
  const nothing = { pushed: 0, pulled: 0, refused: 0, filesUp: 0, filesDown: 0, bytesUp: 0, bytesDown: 0, requests: 0, milliseconds: 0 };
  const online = runs(settings).map(({ way, peer, ...run }): HistoryLine => {
    const name = peer === undefined ? '' : (peerOf(settings, peer)?.name ?? '');
    return { ...run, way: way ?? 'repository', with: peer === undefined ? name : onLaptop(name, laptopNameOf(ports, peer)) };
  });
  const written = writtenBundles(settings).map(({ at, to, changeSets, files, bytes }): HistoryLine => {
    return { ...nothing, at, way: 'usb', with: to, ok: true, code: '', pushed: changeSets, filesUp: files.length, bytesUp: bytes };
  });
  const read = readBundles(settings).map(({ at, name, code, sender, applied, held, files }): HistoryLine => {
    const { author, laptop } = sender === '' ? { author: '', laptop: '' } : attributionOf(ports, sender);
    return {
      ...nothing,
      at,
      way: 'usb',
      with: onLaptop(author, laptop) || name,
      ok: code === '',
      code,
      pulled: applied + held,
      filesDown: files,
    };
  });
  // Within one way the order is that of its numbers; between ways only the clock can say.
  return [...online, ...written, ...read].sort((a, b) => (a.at === b.at ? 0 : a.at > b.at ? -1 : 1));
}

/** *Awa Diop, Bureau de Thiès*; either of them where the other is not known. */
function onLaptop(author: string, laptop: string): string {
  return [author, laptop].filter((part) => part !== '').join(', ');
}
