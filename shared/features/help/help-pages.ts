/** The pages of the help, grouped by what somebody is about; each is `locales/<language>/help/<page>.md`. */
export const HELP_GROUPS = {
  begin: ['firstSteps', 'find', 'settings'],
  prepare: ['calendar', 'workshop', 'agenda', 'people', 'importList', 'library', 'exchange', 'templates', 'countries', 'offline'],
  hold: ['papers', 'attendance', 'walkIn', 'importMarks', 'sheets'],
  conclude: ['results', 'report', 'certificates', 'bin', 'erase'],
  share: ['enrol', 'sync', 'stick', 'room', 'conflicts', 'setAside', 'backup'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type HelpGroup = keyof typeof HELP_GROUPS;
export type HelpPage = (typeof HELP_GROUPS)[HelpGroup][number];

export const HELP_PAGES: readonly HelpPage[] = Object.values(HELP_GROUPS).flat();

export function isHelpPage(name: string): name is HelpPage {
  return HELP_PAGES.some((page) => page === name);
}
