import { z } from 'zod';
import { toHex } from '../../shared/kernel/hex.ts';
import { nodeHasher } from '../../shared/node/crypto.ts';

/** The first 16 hex digits of the SHA-256 of a value as JSON says it. */
export function digestOf(value: unknown): string {
  return toHex(nodeHasher.sha256(new TextEncoder().encode(JSON.stringify(value)))).slice(0, 16);
}

/** What a schema takes, as far as JSON Schema can say it. */
export function shapeOf(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
}
