import { rmSync } from 'node:fs';
import { afterEach, beforeEach } from 'vitest';
import { openDatabase, type Db } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { openTestEngine, type TestEngine } from './engine.ts';
import { quickFolder } from '../repository/quick-folder.ts';

/** A workshop as a test makes it, and its half-days. */
export const NEW = { title: 'Atelier', courseId: 'C1', languages: ['fr'], countries: ['SN'], start: '2021-07-12', end: '2021-07-15' };
export const HALF_DAYS = ['12', '13', '14', '15'].flatMap((day) => [`2021-07-${day}-AM`, `2021-07-${day}-PM`]);

/** Engines in folders under one that each test has for itself and that goes with it. */
export function enginesInFolders() {
  const open: TestEngine[] = [];
  let folder = '';

  beforeEach(() => {
    folder = quickFolder('itinera-backups-');
  });
  const closeAll = async (): Promise<void> => {
    for (const engine of open.splice(0)) await engine.close();
  };
  afterEach(async () => {
    await closeAll();
    rmSync(folder, { recursive: true, force: true });
  });

  async function engineAt(place: string): Promise<TestEngine> {
    const engine = await openTestEngine(place);
    open.push(engine);
    return engine;
  }

  async function close(engine: TestEngine): Promise<void> {
    open.splice(open.indexOf(engine), 1);
    await engine.close();
  }

  return { folder: () => folder, engineAt, close, closeAll };
}

/** Changes a file as somebody with a tool would. */
export function alter(file: string, change: (db: Db) => void): void {
  const db = openDatabase(file);
  change(db);
  db.pragma('journal_mode = DELETE');
  db.close();
}

/** How many are marked present in a workshop. */
export async function present(engine: TestEngine, activityId: string): Promise<number> {
  return (await engine.call<{ codes: { present?: number } }>('attendance.summary', { activityId })).codes.present ?? 0;
}
