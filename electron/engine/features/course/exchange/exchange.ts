import type { Handlers } from '../../../../../shared/contract/rpc.ts';
import type { exchangeContract } from '../../../../../shared/features/course/exchange/contract.ts';
import type { EngineContext } from '../../../context.ts';
import { cartridgeHandlers } from './cartridge.ts';
import { packHandlers } from './pack.ts';
import { textsHandlers } from './texts.ts';
import { undoImportHandlers } from './undo-import.ts';

/** Returns the handlers of the calls by which courses leave and come. */
export function exchangeHandlers(context: EngineContext): Handlers<typeof exchangeContract> {
  return { ...textsHandlers(context), ...packHandlers(context), ...cartridgeHandlers(context), ...undoImportHandlers(context) };
}
