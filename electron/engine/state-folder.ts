import os from 'node:os';
import path from 'node:path';

/**
 * Returns the folder in which this user's programs keep what belongs to this machine and is in no backup of the data folder; null where the system names no
 * such place. `ITINERA_STATE` chooses another.
 */
export function stateFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string | null {
  if (env['ITINERA_STATE']) return env['ITINERA_STATE'];
  const home = env['HOME'] || os.homedir();
  if (platform === 'win32') return env['LOCALAPPDATA'] ? path.join(env['LOCALAPPDATA'], 'Itinera', 'state') : null;
  if (!home || home === '/') return null;
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Itinera state');
  return path.join(env['XDG_STATE_HOME'] || path.join(home, '.local', 'state'), 'itinera');
}
