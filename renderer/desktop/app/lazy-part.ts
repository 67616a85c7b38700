import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** A part of the window that is loaded when it is first shown, with the styles that the first picture did without. */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => {
    const [component] = await Promise.all([load(), everyStyle()]);
    return { default: component };
  });
}

/** All of Mantine's styles. */
export function everyStyle(): Promise<unknown> {
  return import('./every-style.ts');
}
