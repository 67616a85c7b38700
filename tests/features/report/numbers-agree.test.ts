import { itAgrees } from './agreement.ts';

/** Every number that stands in two places is the same; 200 workshops: numbers-agree.long.test.ts. */

itAgrees(Array.from({ length: 8 }, (_, at) => at + 1));
