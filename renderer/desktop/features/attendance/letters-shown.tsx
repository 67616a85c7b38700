import { createContext, useContext, type ReactNode } from 'react';
import { lettersOf, type LetterSet } from '../../../../shared/features/attendance/letters.ts';
import { useLanguage } from '../../../ui/formats.ts';

const Letters = createContext<LetterSet>(lettersOf('en'));

/** Gives everything within the letters of the window's language. */
export function LettersShown({ children }: { readonly children: ReactNode }) {
  return <Letters value={lettersOf(useLanguage())}>{children}</Letters>;
}

/** The letter of each status, as it is shown; for thousands of cells, which ask no more than this. */
export function useLetters(): LetterSet {
  return useContext(Letters);
}
