import path from 'node:path';
import { app } from 'electron';

/** The paths of a run, decided once at the start. */
export interface Places {
  /** The user's data; the engine's alone. */
  readonly data: string;
  /** Copies of materials that were opened in another program; emptied at every start and end. */
  readonly opened: string;
  readonly resources: string;
  readonly locales: string;
  /** The built window. */
  readonly renderer: string;
  readonly preload: string;
  readonly engine: string;
  /** What a process that sets papers runs. */
  readonly press: string;
}

/** The value of `--name VALUE` or `--name=VALUE`. */
function argument(name: string, argv: readonly string[]): string | undefined {
  const at = argv.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  if (at < 0) return undefined;
  const given = argv[at]!;
  return given.includes('=') ? given.slice(given.indexOf('=') + 1) : argv[at + 1];
}

/**
 * The places of this run. Another data folder (`--data DIR`, ITINERA_DATA) has its own window profile and so its own
 * single-instance lock: two folders are two laptops. Call before anything asks for `userData`.
 */
export function findPlaces(): Places {
  const chosen = argument('data', process.argv) || process.env['ITINERA_DATA'];
  if (chosen) app.setPath('userData', path.join(path.resolve(chosen), 'window'));
  const shipped = app.isPackaged ? process.resourcesPath : app.getAppPath();
  return {
    data: chosen ? path.resolve(chosen) : path.join(app.getPath('userData'), 'data'),
    opened: path.join(app.getPath('userData'), 'opened'),
    resources: path.join(shipped, 'resources'),
    locales: path.join(shipped, 'locales'),
    renderer: path.join(import.meta.dirname, '../renderer'),
    preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
    engine: path.join(import.meta.dirname, 'engine.js'),
    press: path.join(import.meta.dirname, 'typesetting-process.js'),
  };
}
