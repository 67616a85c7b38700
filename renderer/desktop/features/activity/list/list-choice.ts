import { create } from 'zustand';
import { UNNARROWED, type ListChoice } from '../../../../../shared/features/activity/workshop-list.ts';

interface KeptChoice {
  readonly choice: ListChoice;
  change(part: Partial<ListChoice>): void;
}

/** The filters chosen for the list of workshops, kept in memory while other pages are looked at. */
export const useListChoice = create<KeptChoice>((set) => ({
  choice: UNNARROWED,
  change: (part) => set(({ choice }) => ({ choice: { ...choice, ...part } })),
}));
