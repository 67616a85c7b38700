import type { SVGProps } from 'react';

/** Line icons of one pen: 24 units, 1.6 wide, in the colour of the text beside them; hidden from screen readers, for words stand beside them. */
function icon(paths: React.ReactNode) {
  return function Icon({ size = 20, ...rest }: SVGProps<SVGSVGElement> & { readonly size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.6}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden
        focusable={false}
        {...rest}
      >
        {paths}
      </svg>
    );
  };
}

export const TodayIcon = icon(
  <>
    <path d="M4 18h16M7 18a5 5 0 0 1 10 0M12 4v4M4.6 10.6l2 1.4M19.4 10.6l-2 1.4M2.5 21.5h19" />
  </>,
);
export const WorkshopsIcon = icon(
  <>
    <path d="M4 5h16v9H4zM12 14v3M8.5 20.5 12 17l3.5 3.5M8 8.5h8M8 11h5" />
  </>,
);
export const LibraryIcon = icon(
  <>
    <path d="M5 4v16M9 4v16M13 4.5l5 15M3.5 4h7v16h-7zM12 5l3.7-1.1 5 15-3.7 1.1" />
  </>,
);
export const SyncIcon = icon(
  <>
    <path d="M5 9h13l-3.5-3.5M19 15H6l3.5 3.5" />
  </>,
);
export const SettingsIcon = icon(
  <>
    <path d="M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4" />
  </>,
);
export const SearchIcon = icon(
  <>
    <circle cx="11" cy="11" r="6" />
    <path d="m15.5 15.5 5 5" />
  </>,
);
export const AdvanceIcon = icon(
  <>
    <path d="M5 5h8M5 10h8M17 5v13M13.5 14.5 17 18l3.5-3.5" />
  </>,
);
export const PlusIcon = icon(
  <>
    <path d="M12 5v14M5 12h14" />
  </>,
);
export const AlertIcon = icon(
  <>
    <path d="M12 4 2.8 20h18.4zM12 10v5M12 17.4v.2" />
  </>,
);
export const CheckIcon = icon(
  <>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </>,
);
export const CloseIcon = icon(
  <>
    <path d="m6 6 12 12M18 6 6 18" />
  </>,
);
export const OnlineIcon = icon(
  <>
    <path d="M5 17.5h12.5a3.6 3.6 0 0 0 .4-7.2A6 6 0 0 0 6.6 9.6 4 4 0 0 0 5 17.5Z" />
  </>,
);
export const OfflineIcon = icon(
  <>
    <path d="M9 17.5h8.5a3.6 3.6 0 0 0 .4-7.2 6 6 0 0 0-8.4-3.6M6.6 9.6A4 4 0 0 0 5 17.4M4 4l16 16" />
  </>,
);
export const BackIcon = icon(
  <>
    <path d="M19 12H5.5M11 6l-6 6 6 6" />
  </>,
);
export const NextIcon = icon(
  <>
    <path d="m9.5 6 6 6-6 6" />
  </>,
);
export const DownIcon = icon(
  <>
    <path d="m6 9.5 6 6 6-6" />
  </>,
);
export const MoreIcon = icon(
  <>
    <path d="M5 12h.01M12 12h.01M19 12h.01" strokeWidth={2.6} />
  </>,
);
export const EditIcon = icon(
  <>
    <path d="M5 19l1-4L16.5 4.5l3 3L9 18zM14 7l3 3" />
  </>,
);
export const RemoveIcon = icon(
  <>
    <path d="M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5" />
  </>,
);
export const UndoIcon = icon(
  <>
    <path d="M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4" />
  </>,
);
export const ArchiveIcon = icon(
  <>
    <path d="M4 4.5h16V9H4zM5.5 9v10.5h13V9M10 13h4" />
  </>,
);
export const LettersIcon = icon(
  <>
    <path d="M4 18 8.5 6 13 18M5.5 14h6M15.5 18V9h3a2.2 2.2 0 0 1 0 4.5h-3" />
  </>,
);
export const DuplicateIcon = icon(
  <>
    <path d="M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4" />
  </>,
);
export const KeepIcon = icon(
  <>
    <path d="M12 4v10M8 10.5l4 4 4-4M4.5 15.5V20h15v-4.5" />
  </>,
);
export const FileIcon = icon(
  <>
    <path d="M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5M9 12.5h6M9 16h6" />
  </>,
);
export const SlidesIcon = icon(
  <>
    <path d="M4 5h16v11H4zM12 16v4M8.5 20h7M10 8.5v4.5l4-2.25z" />
  </>,
);
export const OpenIcon = icon(
  <>
    <path d="M13.5 4.5h6v6M19 5l-8.5 8.5M10 5.5H5V19h13.5v-5" />
  </>,
);
export const CalendarIcon = icon(
  <>
    <path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4" />
  </>,
);
export const PlaceIcon = icon(
  <>
    <path d="M12 21c4.5-4.8 6.5-8.3 6.5-11a6.5 6.5 0 0 0-13 0c0 2.7 2 6.2 6.5 11Z" />
    <circle cx="12" cy="10" r="2.3" />
  </>,
);
export const PeopleIcon = icon(
  <>
    <circle cx="9" cy="8.5" r="3.5" />
    <path d="M2.5 19.5a6.5 6.5 0 0 1 13 0M15.5 5.4a3.5 3.5 0 0 1 0 6.2M17.5 14.2a6.5 6.5 0 0 1 4 5.3" />
  </>,
);
export const ClockIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7v5.3l3.5 2" />
  </>,
);
export const StartIcon = icon(
  <>
    <path d="M8 5v14l11-7z" />
  </>,
);
export const FolderIcon = icon(
  <>
    <path d="M3.5 6h6l2 2.5h9V19h-17z" />
  </>,
);
export const LanguageIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M3.5 12h17M12 3.5c5 5.5 5 11.5 0 17-5-5.5-5-11.5 0-17Z" />
  </>,
);
export const HelpIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M9.7 9.6a2.4 2.4 0 1 1 3.4 2.3c-.8.4-1.1.9-1.1 1.8M12 16.6h.01" />
  </>,
);
export const FoldIcon = icon(
  <>
    <path d="M3.5 5h17v14h-17zM9 5v14M16 9.5 13.5 12l2.5 2.5" />
  </>,
);
export const UnfoldIcon = icon(
  <>
    <path d="M3.5 5h17v14h-17zM9 5v14M13.5 9.5 16 12l-2.5 2.5" />
  </>,
);
export const KeyboardIcon = icon(
  <>
    <path d="M3 6.5h18v11H3zM7 10h.01M11 10h.01M15 10h.01M18 10h.01M8 14h8" />
  </>,
);
export const ConflictIcon = icon(
  <>
    <path d="M4 6h6v12H4zM14 6h6v12h-6zM12 3v18" />
  </>,
);
export const DownloadIcon = icon(
  <>
    <path d="M12 4v11M7.5 10.5 12 15l4.5-4.5M5 20h14" />
  </>,
);
export const UploadIcon = icon(
  <>
    <path d="M12 16V5M7.5 9.5 12 5l4.5 4.5M5 20h14" />
  </>,
);
