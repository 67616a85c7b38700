import { lazy, useState, type ComponentType } from 'react';

/** The loaders of the lazy parts; a part that is loaded may bring others. */
const parts: (() => Promise<unknown>)[] = [];

/**
 * A part of the window that is loaded when it is first shown, with the styles that the first picture did without; or before, when nothing else is to be done
 * (`loadPartsAhead`): then it stands at once, for React holds what takes the place of a sign of work back for 300 ms.
 */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  const ahead = async () => {
    [loaded] = await Promise.all([load(), everyStyle()]);
    return loaded;
  };
  const Late = lazy(async () => ({ default: await ahead() }));
  parts.push(ahead);
  return function Part(props: P) {
    // One that is up stays the one that it is.
    const [Shown] = useState((): ComponentType<P> => loaded ?? Late);
    return <Shown {...props} />;
  };
}

/** Loads every part, one after the other, whenever the window has nothing to do. */
export async function loadPartsAhead(): Promise<void> {
  for (const load of parts) {
    await new Promise((resolve) => requestIdleCallback(resolve));
    // One that cannot be loaded says so where it is shown.
    await load().catch(() => undefined);
  }
}

/** All of Mantine's styles. */
export function everyStyle(): Promise<unknown> {
  return import('./every-style.ts');
}
