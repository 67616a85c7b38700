import type { Contract } from '../../../shared/contract/call.ts';
import { desktopContract } from '../../../shared/contract/desktop.ts';
import { participantContract } from '../../../shared/contract/participant.ts';
import { dispatcher, type Dispatcher, type Handlers, type Served, type Speak } from '../../../shared/contract/rpc.ts';
import type { vaultContract } from '../../../shared/contract/vault.ts';
import { VAULT_LOCKED, type VaultState } from '../../../shared/contract/vault-state.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { Language } from '../../../shared/kernel/text.ts';
import { VERSION } from '../../../shared/kernel/version.ts';

/** Returns the handlers of the vault's own calls. */
export function vaultHandlers(state: VaultState, language: () => Language): Handlers<typeof vaultContract> {
  return { 'vault.status': () => ok({ state, version: VERSION, language: language() }) };
}

/**
 * Returns the dispatcher while the vault is locked, at every door: what needs no store is served, everything else that the door offers is refused
 * (`vault.locked`).
 */
export function lockedCalls(language: Language, speak: Speak, report: (name: string, error: unknown) => void): Dispatcher {
  const handlers = vaultHandlers('locked', () => language);
  const desktop = servedWhileLocked(desktopContract, handlers);
  const participant = servedWhileLocked(participantContract, {});
  return dispatcher({ window: desktop, terminal: desktop, engine: desktop, participant }, speak, report);
}

function servedWhileLocked(contract: Contract, handlers: Handlers<Contract>): Served {
  return {
    contract,
    run: (name, args, context) => (contract[name]!.whileLocked ? handlers[name]!(args, context) : refuse(VAULT_LOCKED)),
  };
}
