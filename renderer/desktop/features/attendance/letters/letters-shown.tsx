import { createContext, useContext, type ReactNode } from 'react';
import { lettersOf, type LetterSet } from '../../../../../shared/features/attendance/letters.ts';
import { useLanguage } from '../../../../ui/formats.ts';
import { useRead } from '../../../app/engine.ts';
import { useView } from '../../../app/view.ts';

const Letters = createContext<LetterSet>(lettersOf('en'));

/** Gives everything within the letters of the workshop that is looked at, where it has some of its own, else those of the window's language. */
export function LettersShown({ children }: { readonly children: ReactNode }) {
  const language = useLanguage();
  const workshop = useView(({ view }) => (view.page === 'workshop' ? view.id : null));
  const chosen = useRead('activity.get', { id: workshop ?? '' }, { enabled: workshop !== null }).data?.letters;
  return <Letters value={(workshop !== null && chosen) || lettersOf(language)}>{children}</Letters>;
}

/** The letter of each status, as it is shown; for thousands of cells, which ask no more than this. */
export function useLetters(): LetterSet {
  return useContext(Letters);
}
