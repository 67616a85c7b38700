import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openTestEngine } from '../../support/laptops/engine.ts';
import { startRepository } from '../../support/repository/repository.ts';

interface Status {
  readonly pending: number;
  readonly pendingFiles: number;
}

it('keeps a sample workshop on the laptop that loaded it, files and all', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-sample-'));
  const repository = await startRepository();
  const engine = await openTestEngine(path.join(folder, 'data'));
  try {
    const { id: sample } = await engine.call<{ id: string }>('activity.loadSample');
    await engine.call('sync.enrol', { url: repository.url, code: await repository.invite('trainer', 'all'), name: 'Awa Diop' });
    expect(await engine.call<Status>('sync.status')).toMatchObject({ pending: 0, pendingFiles: 0 });
    const { id: real } = await engine.call<{ id: string }>('activity.create', { title: 'Atelier', start: '2026-03-02', end: '2026-03-05' });
    expect((await engine.call<Status>('sync.status')).pending).toBeGreaterThan(0);
    await engine.call('sync.run');
    expect(await engine.call<Status>('sync.status')).toMatchObject({ pending: 0, pendingFiles: 0 });
    const spaces = await repository.spaces();
    expect(spaces.some((space) => space.includes(real))).toBe(true);
    expect(spaces.some((space) => space.includes(sample))).toBe(false);
  } finally {
    await engine.close();
    await repository.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
