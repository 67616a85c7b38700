import { Menu } from 'electron';
import type { ShellWords } from './shell-words.ts';

/** Sets the application's menu: none where the system can do without; on macOS the few entries that carry its shortcuts, in the user's language. */
export function setMenu({ edit, app }: ShellWords): void {
  if (process.platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: 'Itinera',
        submenu: [
          { role: 'hide', label: app.hide },
          { role: 'quit', label: app.quit },
        ],
      },
      {
        label: edit.edit,
        submenu: [
          { role: 'undo', label: edit.undo },
          { role: 'redo', label: edit.redo },
          { type: 'separator' },
          { role: 'cut', label: edit.cut },
          { role: 'copy', label: edit.copy },
          { role: 'paste', label: edit.paste },
          { role: 'selectAll', label: edit.selectAll },
        ],
      },
    ]),
  );
}
