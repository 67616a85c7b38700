import { openVault, type OpenedVault, type Vault } from '../../electron/engine/vault/vault.ts';

export interface LateVault {
  readonly vault: Vault;
  /** Opens it, as somebody who has the key does. */
  open(): void;
}

/** A vault that is locked until the test opens it. */
export function lateVault(folder: string): LateVault {
  let opened: OpenedVault | null = null;
  let tell: (opened: OpenedVault) => void = () => undefined;
  const promise = new Promise<OpenedVault>((resolve) => {
    tell = resolve;
  });
  return {
    vault: {
      folder,
      get opened() {
        return opened;
      },
      whenOpened: () => promise,
    },
    open() {
      opened = openVault(folder);
      tell(opened);
    },
  };
}
