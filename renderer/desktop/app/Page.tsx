import { TodayPage } from '../features/activity/today/TodayPage.tsx';
import { lazyPart } from './lazy-part.tsx';
import type { View } from './view.ts';

// Today is no lazy part: it is the first picture. It must not wait for the others' styles, and React holds what takes the place of a sign of work back for 300 ms.
const Workshops = lazyPart(() => import('../features/activity/list/WorkshopsPage.tsx').then((module) => module.WorkshopsPage));
const Calendar = lazyPart(() => import('../features/calendar/CalendarPage.tsx').then((module) => module.CalendarPage));
const Workshop = lazyPart(() => import('../features/activity/workshop/WorkshopPage.tsx').then((module) => module.WorkshopPage));
const Library = lazyPart(() => import('../features/material/LibraryPage.tsx').then((module) => module.LibraryPage));
const Course = lazyPart(() => import('../features/course/CoursePage.tsx').then((module) => module.CoursePage));
const Comparison = lazyPart(() => import('../features/course/adapt/ComparisonPage.tsx').then((module) => module.ComparisonPage));
const Suggest = lazyPart(() => import('../features/course/adapt/SuggestPage.tsx').then((module) => module.SuggestPage));
const Suggestion = lazyPart(() => import('../features/course/adapt/SuggestionPage.tsx').then((module) => module.SuggestionPage));
const CourseEditor = lazyPart(() => import('../features/course/edit/CourseEditor.tsx').then((module) => module.CourseEditor));
const Forms = lazyPart(() => import('../features/form/FormsPage.tsx').then((module) => module.FormsPage));
const Form = lazyPart(() => import('../features/form/FormPage.tsx').then((module) => module.FormPage));
const Sync = lazyPart(() => import('../features/sync/Page.tsx').then((module) => module.Page));
const Person = lazyPart(() => import('../features/people/person/PersonPage.tsx').then((module) => module.PersonPage));
const Bin = lazyPart(() => import('../features/bin/BinPage.tsx').then((module) => module.BinPage));
const Settings = lazyPart(() => import('../features/settings/SettingsPage.tsx').then((module) => module.SettingsPage));

/** The page of a place. */
export function Page({ view }: { readonly view: View }) {
  switch (view.page) {
    case 'today':
      return <TodayPage />;
    case 'workshops':
      return <Workshops create={view.create ?? false} courseId={view.courseId} entryId={view.entryId} />;
    case 'calendar':
      return <Calendar />;
    case 'workshop':
      return <Workshop id={view.id} tab={view.tab} offline={view.offline ?? false} />;
    case 'library':
      return <Library at={view.at} />;
    case 'course':
      if (view.edit) return <CourseEditor id={view.id} />;
      return <Course key={view.version ?? ''} id={view.id} version={view.version} />;
    case 'comparison':
      return <Comparison id={view.id} />;
    case 'suggest':
      return <Suggest id={view.id} />;
    case 'suggestion':
      return <Suggestion id={view.id} />;
    case 'forms':
      return <Forms />;
    case 'form':
      return <Form key={view.version ?? ''} id={view.id} version={view.version} />;
    case 'sync':
      return <Sync tab={view.tab ?? 'waiting'} />;
    case 'person':
      return <Person id={view.id} />;
    case 'bin':
      return <Bin activityId={view.activityId} />;
    case 'settings':
      return <Settings />;
  }
}
