// A package that is made on the fallback runtime (to try out, not to release) needs the SQLite addon compiled for it.
import { copyFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

export default async function afterPack({ appOutDir, packager }) {
  const binding = process.env.APP_SQLITE_BINDING;
  if (!binding) return;
  const resources = packager.getResourcesDir(appOutDir);
  await copyFile(binding, path.join(resources, 'app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-x64.node'));
  await rm(path.join(resources, 'default_app.asar'), { force: true });
  for (const name of await readdir(appOutDir)) if (name.startsWith('.checked-')) await rm(path.join(appOutDir, name));
}
