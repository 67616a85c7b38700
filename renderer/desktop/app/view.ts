import { create } from 'zustand';
import type { Id } from '../../../shared/kernel/ids.ts';

export const WORKSHOP_TABS = ['agenda', 'people', 'attendance', 'evaluation', 'report', 'certificates', 'papers'] as const;
export type WorkshopTab = (typeof WORKSHOP_TABS)[number];

/** The tabs of the sync page. */
export const SYNC_TABS = ['waiting', 'conflicts', 'setAside', 'history', 'room', 'stick', 'laptop'] as const;
export type SyncTab = (typeof SYNC_TABS)[number];

/** A part of a page to go to at once: what has it as its `data-spot`. */
export type Spot = string;

/** Where the window is. Kept in memory only: no id of a person or workshop ever stands in a URL. */
export type View =
  | { readonly page: 'today' }
  | {
      readonly page: 'workshops';
      readonly create?: boolean;
      readonly courseId?: Id;
      /** The entry of the calendar from which one is opened. */ readonly entryId?: Id;
    }
  | { readonly page: 'calendar' }
  | {
      readonly page: 'workshop';
      readonly id: Id;
      readonly tab: WorkshopTab;
      readonly at?: Spot;
      /** Opens *Make available offline*. */ readonly offline?: boolean;
    }
  | { readonly page: 'library'; readonly at?: Spot }
  | { readonly page: 'comparison'; /** The adaptation. */ readonly id: Id }
  | { readonly page: 'suggest'; /** The adaptation. */ readonly id: Id }
  | { readonly page: 'suggestion'; readonly id: Id }
  | {
      readonly page: 'course';
      readonly id: Id;
      /** The published version that is read. */ readonly version?: Id;
      /** It is changed, not read. */ readonly edit?: boolean;
    }
  | { readonly page: 'forms' }
  | {
      readonly page: 'form';
      readonly id: Id;
      /** The name of the published version that is read. */ readonly version?: string;
    }
  | { readonly page: 'sync'; readonly tab?: SyncTab; readonly at?: Spot }
  | { readonly page: 'person'; readonly id: Id }
  | { readonly page: 'bin'; /** Of this workshop alone. */ readonly activityId?: Id }
  | { readonly page: 'settings'; readonly at?: Spot };

interface ViewState {
  readonly view: View;
  readonly before: readonly View[];
  readonly after: readonly View[];
  /** Goes somewhere; `replace` leaves no step to come back to. */
  go(view: View, options?: { readonly replace?: boolean }): void;
  back(): void;
  forward(): void;
}

const REMEMBERED = 50;

/** The window's place and the way there. */
export const useView = create<ViewState>((set, get) => ({
  view: { page: 'today' },
  before: [],
  after: [],
  go(view, options) {
    const { view: here, before } = get();
    if (options?.replace) set({ view });
    else set({ view, before: [...before, here].slice(-REMEMBERED), after: [] });
  },
  back() {
    const { view, before, after } = get();
    const last = before.at(-1);
    if (last) set({ view: last, before: before.slice(0, -1), after: [view, ...after] });
  },
  forward() {
    const { view, before, after } = get();
    const next = after[0];
    if (next) set({ view: next, before: [...before, view], after: after.slice(1) });
  },
}));

/** Goes somewhere from outside a component. */
export const go: ViewState['go'] = (view, options) => useView.getState().go(view, options);
