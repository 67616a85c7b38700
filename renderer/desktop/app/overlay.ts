import { create } from 'zustand';
import type { HelpPage } from '../../../shared/features/help/help-pages.ts';

/** The layer over whichever page is open. */
export type Overlay = { readonly is: 'finder' | 'shortcuts' } | { readonly is: 'help'; readonly page: HelpPage };

interface OverlayState {
  readonly overlay: Overlay | null;
  show(overlay: Overlay): void;
  close(): void;
}

export const useOverlay = create<OverlayState>((set) => ({
  overlay: null,
  show: (overlay) => set({ overlay }),
  close: () => set({ overlay: null }),
}));

/** Closes what lies over the page, from outside a component. */
export function closeOverlay(): void {
  useOverlay.getState().close();
}

/** Opens a page of the help from outside a component. */
export function openHelp(page: HelpPage): void {
  useOverlay.getState().show({ is: 'help', page });
}
