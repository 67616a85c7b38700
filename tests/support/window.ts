import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { errors, _electron as electron, type ElectronApplication, type Page } from '@playwright/test';

const ROOT = path.resolve(import.meta.dirname, '../..');

export interface OpenWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** The data folder of this window. */
  readonly data: string;
  /** What the next dialogs answer: a path per dialog, null for *cancel*. In place of the system's own dialog, and nothing else. */
  answerDialogs(...paths: readonly (string | null)[]): Promise<void>;
  /** What the shell has asked in its own dialogs (*Enrol with ...?*), the newest last. The user says no, until `answerQuestions`. */
  questions(): Promise<readonly { readonly message: string; readonly detail: string }[]>;
  /** From now on the user says this to every question of the shell's. In place of the system's own dialog, and nothing else. */
  answerQuestions(yes: boolean): Promise<void>;
  /** Kills the engine's process (SIGKILL), as a power cut would; the shell starts another. Gives its process id. */
  killEngine(): Promise<number>;
  /** Quits; the data folder stays, for another start, unless it was a fresh one. */
  close(): Promise<void>;
}

export interface WindowOptions {
  /** Left out: a fresh folder, removed by `close`. */
  readonly data?: string;
  /** The system's language, as the first start sees it. */
  readonly systemLanguage?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A script that Electron's main process loads first (`-r`). */
  readonly script?: string;
}

/** Milliseconds in which a start is answered: several times what it takes, and at last as long as a very busy machine needs. */
const STARTED_WITHIN = [12_000, 12_000, 20_000, 45_000];

/**
 * Starts Electron; again where nothing was heard of it: of twenty starts the first answer of one is lost, and Playwright would wait for that to the end of the test.
 * One retry was lost as well.
 */
async function launched(how: Parameters<typeof electron.launch>[0]): Promise<ElectronApplication> {
  let lost: unknown;
  for (const timeout of STARTED_WITHIN) {
    try {
      return await electron.launch({ ...how, timeout });
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
      lost = error;
    }
  }
  throw lost;
}

/** Starts the built app in real Electron (run through `node scripts/run.mjs`), on a folder of its own. */
export async function openWindow(options: WindowOptions = {}): Promise<OpenWindow> {
  const data = options.data ?? (await mkdtemp(path.join(tmpdir(), 'itinera-')));
  const executablePath = process.env['ELECTRON_EXEC_PATH'];
  const app = await launched({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      ...(process.env['NO_SANDBOX'] ? ['--no-sandbox'] : []),
      '--log-level=3',
      ...(options.script === undefined ? [] : ['-r', options.script]),
      ROOT,
      '--data',
      data,
    ],
    env: { ...environment(), LANGUAGE: options.systemLanguage ?? 'en', ...options.env },
  });
  await app.evaluate(({ dialog }) => {
    const asked: { message: string; detail: string }[] = [];
    Object.assign(globalThis, { asked, saysYes: false });
    dialog.showMessageBox = ((_window: unknown, { message, detail }: { message: string; detail: string }) => {
      asked.push({ message, detail });
      const { saysYes } = globalThis as unknown as { saysYes: boolean };
      return Promise.resolve({ response: saysYes ? 0 : 1, checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
  });
  const page = await app.firstWindow();
  return {
    app,
    page,
    data,
    answerDialogs: (...paths) =>
      app.evaluate(
        ({ dialog }, answers) => {
          const next = () => answers.shift() ?? null;
          dialog.showOpenDialog = () => {
            const chosen = next();
            return Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
          };
          dialog.showSaveDialog = () => {
            const chosen = next();
            return Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' });
          };
        },
        [...paths],
      ),
    questions: () => app.evaluate(() => (globalThis as unknown as { asked: { message: string; detail: string }[] }).asked),
    answerQuestions: (yes) => app.evaluate((_electron, saysYes) => void Object.assign(globalThis, { saysYes }), yes),
    async killEngine() {
      const pid = await app.evaluate(({ app: shell }) => shell.getAppMetrics().find((metric) => metric.name === 'Itinera engine')?.pid);
      if (pid === undefined) throw new Error('no engine runs');
      process.kill(pid, 'SIGKILL');
      return pid;
    },
    async close() {
      await app.close();
      if (options.data === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}

function environment(): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const kept = Object.fromEntries(inherited.filter(([name]) => name !== 'ITINERA_DATA' && name !== 'ELECTRON_RUN_AS_NODE'));
  const display = ownDisplay();
  return display === undefined ? kept : { ...kept, DISPLAY: display };
}

/** Virtual displays that `scripts/run.mjs` has started; none where there is a real one, which the windows of two tests must not share. */
const DISPLAYS: readonly string[] = process.env['ITINERA_DISPLAYS']?.split(' ') ?? [];

/** The display of the process that runs this test; undefined where there is only the real one. */
function ownDisplay(): string | undefined {
  return DISPLAYS[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0) % DISPLAYS.length];
}
