/** The states of the vault: locked, or opened; once opened it stays so until the program ends. */
export const VAULT_STATES = ['locked', 'opened'] as const;
export type VaultState = (typeof VAULT_STATES)[number];

/** The code of a call that was refused because the vault is locked: it did nothing, and can be made again once the vault is opened. */
export const VAULT_LOCKED = 'vault.locked';
