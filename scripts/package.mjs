#!/usr/bin/env node
// Packages the built app with the Electron that works here: node scripts/package.mjs [arguments of electron-builder]
import { spawnSync } from 'node:child_process';
import { prepareElectron } from './electron-runtime.mjs';

try {
  const runtime = await prepareElectron();
  console.error(
    `Electron ${runtime.version} (${runtime.kind})${runtime.kind === 'fallback' ? ': a package to try out, not to release' : ''}`,
  );
  const own = runtime.kind === 'fallback' ? [`-c.electronDist=${runtime.dist}`, `-c.electronVersion=${runtime.version}`] : [];
  const args = ['--config', 'electron-builder.yml', '--publish', 'never', ...own, ...process.argv.slice(2)];
  const built = spawnSync('electron-builder', args, {
    stdio: 'inherit',
    env: { ...process.env, ...runtime.env },
    shell: process.platform === 'win32',
  });
  process.exitCode = built.status ?? 1;
} catch (error) {
  console.error(`itinera: ${error.message}`);
  process.exitCode = 1;
}
