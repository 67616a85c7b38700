import path from 'node:path';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Files that work longest, though nothing in their size says so. */
const LONGEST = [
  'tests/faults/kill.test.ts',
  'tests/sync/histories.test.ts',
  'tests/features/store/cli.test.ts',
  'tests/sync/acceptance/adversary-pure.test.ts',
  'tests/sync/server/server-crowd.test.ts',
  'tests/sync/pushes/rows-read.test.ts',
  'tests/sync/convergence.test.ts',
  'tests/guards/odd-values.test.ts',
  'tests/sync/pulls/feed-order.test.ts',
  'tests/features/people/random-links.test.ts',
  'tests/faults/postgres-kill.test.ts',
  'tests/faults/sync-kill.test.ts',
];

/** The order in which test files run: those that work longest first, so that no processor waits at the end for the other. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.indexOf(path.relative(this.ctx.config.root, moduleId).replaceAll(path.sep, '/'));
      return at < 0 ? LONGEST.length : at;
    };
    const sorted = await super.sort(files);
    const order = new Map(sorted.map((file, at) => [file.project.name, at]));
    return sorted.sort((a, b) => order.get(a.project.name)! - order.get(b.project.name)! || place(a) - place(b));
  }
}
