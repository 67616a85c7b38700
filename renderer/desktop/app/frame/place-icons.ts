import { CalendarIcon, LibraryIcon, SettingsIcon, SyncIcon, TodayIcon, UndoIcon, WorkshopsIcon } from '../../../ui/theme/icons.tsx';

/** The icons that stand beside the name of a place, wherever that is. */
export const PLACE_ICONS = {
  today: TodayIcon,
  workshops: WorkshopsIcon,
  calendar: CalendarIcon,
  library: LibraryIcon,
  sync: SyncIcon,
  settings: SettingsIcon,
  bin: UndoIcon,
};
