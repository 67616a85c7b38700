import type { Resource } from '../i18n.ts';

/** Every namespace of locales/es that a window shows; one chunk, loaded when the language is chosen. */
export const words = import.meta.glob<Resource>(
  ['../../../locales/es/*.json', '!**/cli.json', '!**/shell.json', '!**/privacy.json', '!**/verification.json'],
  {
    eager: true,
    import: 'default',
  },
);
