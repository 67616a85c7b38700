import { expect, it } from 'vitest';
import { playImage } from '../support/image.ts';

it('the image starts from what its own installations bring', async () => {
  expect(await playImage({ install: true })).toEqual({ said: 'listening on http://127.0.0.1:PORT', healthy: 0, ended: 0 });
});
