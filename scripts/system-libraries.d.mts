/** The types of `system-libraries.mjs`, which runs before anything that could compile them. */
export function ensureSystemLibraries(wanted: { readonly exec?: string; readonly programs?: readonly string[] }): Promise<void>;
export function hasDisplay(): boolean;
export function canSandbox(): boolean;
