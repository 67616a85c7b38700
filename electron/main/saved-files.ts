import { existsSync } from 'node:fs';
import { shell } from 'electron';
import type { ChosenPath, SavedShown } from '../../shared/contract/shell.ts';

/** The places where the user chose to write since the program started. */
export interface SavedFiles {
  noted(chosen: ChosenPath | null): ChosenPath | null;
  /** Shows a file that was written at one of them. */
  show(path: string): SavedShown;
}

/** Returns no place yet. A page may have a file shown that the user named, and cannot ask by this what else there is on the computer. */
export function savedFiles(): SavedFiles {
  const paths = new Set<string>();
  return {
    noted(chosen) {
      if (chosen !== null) paths.add(chosen.path);
      return chosen;
    },
    show(path) {
      if (!paths.has(path) || !existsSync(path)) return { ok: false, code: 'shell.savedGone' };
      shell.showItemInFolder(path);
      return { ok: true };
    },
  };
}
