import path from 'node:path';
import type { Dispatcher, Speak } from '../../shared/contract/rpc.ts';

/** Calls whose `path` may also be a backup that the engine itself made. */
const FROM_BACKUPS = new Set(['store.restore', 'store.compareBackup']);

/** The paths that the user chose in the shell's dialogs, in this run. */
export interface GrantedPaths {
  add(path: string): void;
  /** The same calls, but refusing `path.notGranted` for a `path` that was not granted, wherever in the arguments it stands. */
  guard(dispatcher: Dispatcher, speak: Speak): Dispatcher;
}

/**
 * Returns the granted paths of a run. The window is not trusted with the disk: what it names must have come out of a dialog, or have been dropped on the
 * window. `folder`: the data folder.
 */
export function grantedPaths(folder: string): GrantedPaths {
  const granted = new Set<string>();
  const backups = path.join(path.resolve(folder), 'backups') + path.sep;
  const isGranted = (call: string, wanted: string) =>
    granted.has(wanted) || (FROM_BACKUPS.has(call) && path.resolve(wanted).startsWith(backups));
  return {
    add: (chosen) => granted.add(chosen),
    guard: (dispatcher, speak) => ({
      dispatch(name, args, context) {
        if (pathsIn(args).every((wanted) => typeof wanted === 'string' && isGranted(name, wanted)))
          return dispatcher.dispatch(name, args, context);
        const refusal = { code: 'path.notGranted', details: {} };
        return Promise.resolve({ ok: false, error: { ...refusal, message: speak(refusal) } });
      },
    }),
  };
}

/** Every value under a key `path`, at any depth; a loop or a depth that no call has ends the walk as a path of its own kind. */
function pathsIn(value: unknown, depth = 0): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (depth > 20) return [undefined];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'path' && inner !== undefined ? [inner] : pathsIn(inner, depth + 1)));
}
