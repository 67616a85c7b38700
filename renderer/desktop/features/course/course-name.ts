import type { ComboboxData } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shelvesOf, type Shelf, type Shelved } from '../../../../shared/features/course/shelves.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn, type LocalisedText } from '../../../../shared/kernel/text.ts';
import { useFormats, useLanguage, useReadableTitle, type Readable } from '../../../ui/formats.ts';

/** A course as lists have it. */
type Named = Readable & Shelved & { readonly title: LocalisedText };

/** Returns the words for whose course one is: the name of an institution, or the central library. */
export function useOwnerName(): (institution: Shelved['institution']) => string {
  const { t } = useTranslation('adaptation');
  return (institution) => (institution === null ? t('central') : institution.name || t('unnamed'));
}

/** Returns a course's title, with the institution whose it is behind it; of a central one alone. */
export function useCourseName(): (course: Named) => string {
  const { t } = useTranslation('adaptation');
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const ownerName = useOwnerName();
  return (course) => {
    const title = readableTitle(course, textIn(course.title, language));
    return course.institution === null ? title : t('named', { title, institution: ownerName(course.institution) });
  };
}

/** Returns the function that groups courses by whose they are, in the order of the window's language. */
export function useShelves(): <C extends Shelved>(courses: readonly C[]) => Shelf<C>[] {
  const format = useFormats();
  return (courses) => shelvesOf(courses, format.compare);
}

/** Returns the choices of a list of courses: under whose they are, where they are not all of the central library. */
export function useCourseChoices(): (courses: readonly (Named & { readonly id: Id })[]) => ComboboxData {
  const courseName = useCourseName();
  const ownerName = useOwnerName();
  const shelves = useShelves();
  return (courses) => {
    const shelved = shelves(courses).map(({ institution, courses: some }) => ({
      group: ownerName(institution),
      items: some.map((course) => ({ value: course.id, label: courseName(course) })),
    }));
    return shelved.length === 1 ? shelved[0]!.items : shelved;
  };
}
