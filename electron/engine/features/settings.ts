import { statSync } from 'node:fs';
import path from 'node:path';
import type { Handlers } from '../../../shared/contract/rpc.ts';
import type { settingsContract } from '../../../shared/features/settings/contract.ts';
import { chosenColumns } from '../../../shared/features/people/list-columns.ts';
import { RAILS, THEMES } from '../../../shared/kernel/look.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { VERSION } from '../../../shared/kernel/version.ts';
import { backupsIn } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { BACKUP_FOLDER, DATABASE_FILE } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import type { EngineContext } from '../context.ts';
import { nameLaptop, ownLaptopName } from '../laptop-names.ts';
import { instant } from '../sync/review/conflicts.ts';

/** The calls of what belongs to this laptop alone. */
export function settingsHandlers(context: EngineContext): Handlers<typeof settingsContract> {
  const { settings, files, folder, language } = context;
  return {
    'settings.get': () =>
      ok({
        language: language(),
        languageChosen: LANGUAGES.some((one) => one === settings.get('language')),
        theme: THEMES.find((theme) => theme === settings.get('theme')) ?? 'system',
        rail: RAILS.find((rail) => rail === settings.get('rail')) ?? 'byWidth',
        name: settings.get<string>('name') ?? '',
        laptopName: ownLaptopName(settings),
        advance: settings.get('advance') !== false,
        singleKeys: settings.get('singleKeys') !== false,
        peopleColumns: [...chosenColumns(settings.get('peopleColumns'))],
        folder,
        backups: backupsIn(path.join(folder, BACKUP_FOLDER)).map(({ path: file, number, at, bytes }) => ({
          ...{ path: file, number, bytes },
          at: instant(at),
        })),
        version: VERSION,
        storeBytes: ['', '-wal'].reduce((sum, part) => sum + sizeOf(path.join(folder, `${DATABASE_FILE}${part}`)), 0),
        fileBytes: files.bytes(),
      }),

    'settings.set': ({ laptopName, ...args }) => {
      if (laptopName !== undefined) nameLaptop(context, laptopName.trim());
      for (const [key, value] of Object.entries(args)) if (value !== undefined) settings.set(key, value, 'settings');
      return ok({});
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
