import path from 'node:path';
import { build } from 'vite';
import { openWindow, type OpenWindow } from '../../support/window.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const OUT = path.join(ROOT, 'out/late-engine');

export interface LateWindow extends OpenWindow {
  /** Opens the vault of its engine. */
  openVault(): Promise<void>;
  /** Has its engine ask the shell for a service. */
  ask(
    service: string,
    args: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly ok: boolean; readonly value?: Readonly<Record<string, string>>; readonly refusal?: { readonly code: string } }>;
}

interface InShell {
  readonly testEngine: Electron.UtilityProcess;
}

/** Starts the built app with an engine whose vault is locked until the test opens it. */
export async function openLateWindow(options: { readonly data: string; readonly systemLanguage: string }): Promise<LateWindow> {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: { ssr: path.join(ROOT, 'tests/e2e/support/late-engine.ts'), target: 'node20.18', outDir: OUT, emptyOutDir: true },
  });
  const window = await openWindow({
    ...options,
    script: path.join(import.meta.dirname, 'late-main.cjs'),
    env: { ITINERA_TEST_ENGINE: path.join(OUT, 'late-engine.js') },
  });
  return {
    ...window,
    openVault: () => window.app.evaluate(() => (globalThis as unknown as InShell).testEngine.postMessage({ type: 'test' })),
    ask: (service, args) =>
      window.app.evaluate(
        (_electron, asked) =>
          new Promise<never>((resolve) => {
            const { testEngine } = globalThis as unknown as InShell;
            const hear = (message: { type: string; outcome: never }) => {
              if (message.type !== 'tested') return;
              testEngine.off('message', hear);
              resolve(message.outcome);
            };
            testEngine.on('message', hear);
            testEngine.postMessage({ type: 'test', ...asked });
          }),
        { service, args },
      ),
  };
}
