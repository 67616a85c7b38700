import { z } from 'zod';
import { reads, whileLocked } from './call.ts';
import * as shape from './shapes.ts';
import { VAULT_STATES } from './vault-state.ts';

/** The calls that are answered whether the vault is locked or not: nothing of what they answer lies in the data folder. */
export const vaultContract = {
  'vault.status': whileLocked(
    reads(
      ['settings'],
      shape.nothing,
      z.object({
        state: z.enum(VAULT_STATES),
        /** Of this program. */
        version: z.string(),
        /** The language that the engine speaks: the user's, or the system's while that cannot be read. */
        language: shape.language,
      }),
    ),
  ),
};
