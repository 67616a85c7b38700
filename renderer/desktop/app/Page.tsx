import { lazy } from 'react';
import { lazyPart } from './lazy-part.ts';
import type { View } from './view.ts';

// Not a lazy part: it is the first picture and must not wait for the others' styles.
const Today = lazy(() => import('../features/activity/TodayPage.tsx').then((module) => ({ default: module.TodayPage })));
const Workshops = lazyPart(() => import('../features/activity/WorkshopsPage.tsx').then((module) => module.WorkshopsPage));
const Workshop = lazyPart(() => import('../features/activity/WorkshopPage.tsx').then((module) => module.WorkshopPage));
const Library = lazyPart(() => import('../features/material/LibraryPage.tsx').then((module) => module.LibraryPage));
const Course = lazyPart(() => import('../features/course/CoursePage.tsx').then((module) => module.CoursePage));
const Sync = lazyPart(() => import('../features/sync/Page.tsx').then((module) => module.Page));
const Person = lazyPart(() => import('../features/people/PersonPage.tsx').then((module) => module.PersonPage));
const Bin = lazyPart(() => import('../features/bin/BinPage.tsx').then((module) => module.BinPage));
const Settings = lazyPart(() => import('../features/settings/SettingsPage.tsx').then((module) => module.SettingsPage));

/** The page of a place. */
export function Page({ view }: { readonly view: View }) {
  switch (view.page) {
    case 'today':
      return <Today />;
    case 'workshops':
      return <Workshops create={view.create ?? false} courseId={view.courseId} />;
    case 'workshop':
      return <Workshop id={view.id} tab={view.tab} offline={view.offline ?? false} />;
    case 'library':
      return <Library />;
    case 'course':
      return <Course id={view.id} />;
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
