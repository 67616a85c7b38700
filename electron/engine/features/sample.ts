import { refuse, type Result } from '../../../shared/kernel/result.ts';
import type { EngineContext } from '../context.ts';

export function loadSample(_context: EngineContext): Result<{ id: string }> {
  return refuse('activity.sampleDamaged');
}
