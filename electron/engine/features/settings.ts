import { statSync } from 'node:fs';
import path from 'node:path';
import type { Handlers } from '../../../shared/contract/rpc.ts';
import type { settingsContract } from '../../../shared/features/settings/contract.ts';
import { chosenColumns } from '../../../shared/features/people/list-columns.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { VERSION } from '../../../shared/kernel/version.ts';
import { backupsIn } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { BACKUP_FOLDER, DATABASE_FILE } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import type { EngineContext } from '../context.ts';
import { nameLaptop, ownLaptopName } from '../laptop-names.ts';
import { instant } from '../sync/review/conflicts.ts';
import { ADVANCE, LANGUAGE, PEOPLE_COLUMNS, RAIL, SINGLE_KEYS, THEME, USER_NAME } from '../local-state/of-this-laptop.ts';

/** The calls of what belongs to this laptop alone. */
export function settingsHandlers(context: EngineContext): Handlers<typeof settingsContract> {
  const { settings, files, folder, vault, language } = context;
  return {
    'settings.get': () =>
      ok({
        language: language(),
        languageChosen: LANGUAGE.read(settings) !== undefined,
        theme: THEME.read(settings) ?? 'system',
        rail: RAIL.read(settings) ?? 'byWidth',
        name: USER_NAME.read(settings) ?? '',
        laptopName: ownLaptopName(settings),
        advance: ADVANCE.read(settings) !== false,
        singleKeys: SINGLE_KEYS.read(settings) !== false,
        peopleColumns: [...chosenColumns(PEOPLE_COLUMNS.read(settings))],
        folder,
        backups: backupsIn(path.join(folder, BACKUP_FOLDER), vault.open).map(({ path: file, number, at, bytes }) => ({
          ...{ path: file, number, bytes },
          at: instant(at),
        })),
        version: VERSION,
        storeBytes: ['', '-wal'].reduce((sum, part) => sum + sizeOf(path.join(folder, `${DATABASE_FILE}${part}`)), 0),
        fileBytes: files.bytes(),
      }),

    'settings.set': ({ language: spoken, theme, rail, name, laptopName, advance, singleKeys, peopleColumns }) => {
      if (laptopName !== undefined) nameLaptop(context, laptopName.trim());
      if (spoken !== undefined) LANGUAGE.write(settings, spoken);
      if (theme !== undefined) THEME.write(settings, theme);
      if (rail !== undefined) RAIL.write(settings, rail);
      if (name !== undefined) USER_NAME.write(settings, name);
      if (advance !== undefined) ADVANCE.write(settings, advance);
      if (singleKeys !== undefined) SINGLE_KEYS.write(settings, singleKeys);
      if (peopleColumns !== undefined) PEOPLE_COLUMNS.write(settings, peopleColumns);
      return ok({});
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
