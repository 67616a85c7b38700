import { isHelpPage, type HelpPage } from '../../../../shared/features/help/help-pages.ts';
import { DIALOG, PAGE } from '../../../ui/dialog/return-focus.ts';
import type { SyncTab, View, WorkshopTab } from '../view.ts';

/**
 * The page of the help that belongs to what is on screen: that of the dialog on top, of the part that the keyboard is in (`data-help`), of what fills the page or its tab (`data-help-page`), of the
 * page itself.
 */
export function helpHere(view: View): HelpPage {
  const top = [...document.querySelectorAll(DIALOG)].at(-1);
  if (top) return named(top.querySelector('[data-help]')?.getAttribute('data-help')) ?? 'find';
  return (
    named(document.activeElement?.closest('[data-help]')?.getAttribute('data-help')) ??
    named(document.querySelector(`#${PAGE} [data-help-page]`)?.getAttribute('data-help-page')) ??
    helpOf(view)
  );
}

function named(name: string | null | undefined): HelpPage | undefined {
  return name && isHelpPage(name) ? name : undefined;
}

const OF_WORKSHOP: Readonly<Record<WorkshopTab, HelpPage>> = {
  agenda: 'agenda',
  people: 'people',
  attendance: 'attendance',
  evaluation: 'sheets',
  report: 'report',
  certificates: 'certificates',
  papers: 'papers',
};
const OF_SYNC: Readonly<Record<SyncTab, HelpPage>> = {
  waiting: 'sync',
  conflicts: 'conflicts',
  setAside: 'setAside',
  history: 'sync',
  room: 'room',
  stick: 'stick',
  laptop: 'sync',
};

/** Returns the help page of a view. */
function helpOf(view: View): HelpPage {
  switch (view.page) {
    case 'today':
      return 'firstSteps';
    case 'workshops':
      return 'workshop';
    case 'calendar':
      return 'calendar';
    case 'workshop':
      return OF_WORKSHOP[view.tab];
    case 'person':
      return 'people';
    case 'library':
    case 'course':
    case 'comparison':
    case 'suggest':
    case 'suggestion':
    case 'forms':
    case 'form':
      return 'library';
    case 'sync':
      return OF_SYNC[view.tab ?? 'waiting'];
    case 'bin':
      return 'bin';
    case 'settings':
      return 'settings';
  }
}
