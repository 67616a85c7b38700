import { NO_SHELL, type ShellServices } from '../../shared/contract/shell-port.ts';

/** The services of a terminal: who types is the user, so that nothing is asked; it opens no window and no program (`shell.notHere`). */
export const TERMINAL_SHELL: ShellServices = { ...NO_SHELL, confirm: () => ({ ok: true, value: true }) };
