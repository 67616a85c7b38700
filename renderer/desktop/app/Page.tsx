import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { View } from './view.ts';

/** A page's part of the program, loaded when it is first opened. */
function page<P extends object>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await load() }));
}

const Today = page(() => import('../features/activity/TodayPage.tsx').then((module) => module.TodayPage));
const Workshops = page(() => import('../features/activity/WorkshopsPage.tsx').then((module) => module.WorkshopsPage));
const Workshop = page(() => import('../features/activity/WorkshopPage.tsx').then((module) => module.WorkshopPage));
const Library = page(() => import('../features/material/LibraryPage.tsx').then((module) => module.LibraryPage));
const Course = page(() => import('../features/course/CoursePage.tsx').then((module) => module.CoursePage));
const Sync = page(() => import('../features/sync/Page.tsx').then((module) => module.Page));
const Settings = page(() => import('../features/settings/SettingsPage.tsx').then((module) => module.SettingsPage));

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
      return <Sync />;
    case 'settings':
      return <Settings />;
  }
}
