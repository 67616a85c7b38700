/** A package that is in the shipped program. */
export interface Notice {
  readonly name: string;
  readonly version: string;
  /** As the package names it (SPDX). */
  readonly licence: string;
  /** The text that is to go with it; '' where the package brings none. */
  readonly text: string;
}

/** The module beside the window's page that has them all, as `notices`. */
export const NOTICES_FILE = 'third-party.js';
