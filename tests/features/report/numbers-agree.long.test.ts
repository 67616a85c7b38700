import { itAgrees } from './agreement.ts';

/** Every number that stands in two places is the same. */

itAgrees([...Array.from({ length: 20 }, (_, at) => at + 1), ...Array.from({ length: 200 }, (_, at) => at + 1_000)]);
