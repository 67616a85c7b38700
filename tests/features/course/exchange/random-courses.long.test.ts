import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'vitest';
import { openTestEngine } from '../../../support/laptops/engine.ts';
import { RandomCourses } from './random-courses.ts';

const COURSES = Number(process.env['ITINERA_COURSES'] ?? 500);

it('500 random courses go out as workbooks and come back', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-texts-'));
  const engine = await openTestEngine(path.join(folder, 'data'));
  await new RandomCourses(engine, folder).run(COURSES, 10_000);
  await engine.close();
});
