import { writeFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Trainer } from './trainer.ts';

/** Goes with Tab until something has the focus. */
export async function goWithTab({ page }: Trainer, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('nothing but the mouse reaches it');
}

export function pressKeys({ page }: Trainer, keys: readonly string[]): Promise<void> {
  return keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
}

/** Closes every notice of what was done before: one may lie over what is clicked next, which would wait until it goes by itself. */
export async function putAwayNotices({ page, t }: Trainer): Promise<void> {
  const notices = page.getByRole('alert').getByRole('button', { name: t('app:close'), exact: true });
  // One that is going by itself cannot be clicked.
  while ((await notices.count()) > 0)
    await notices
      .first()
      .click({ timeout: 2_000 })
      .catch(() => undefined);
}

/** What notices lie over of the page and of a dialog, by its words; `foremost`: only of the tabs, the button that goes on and the field that has the keyboard. */
export async function underNotices({ page }: Trainer, foremost = false): Promise<string[]> {
  await atRest(page);
  return page.evaluate(
    ([pressed, first]) => {
      const notices = [...document.querySelectorAll('[role="alert"]')].map((notice) => notice.getBoundingClientRect());
      return [...document.querySelectorAll<HTMLElement>(pressed)].flatMap((control) => {
        const { left, right, top, bottom } = control.getBoundingClientRect();
        const isUnder = notices.some((one) => left < one.right && one.left < right && top < one.bottom && one.top < bottom);
        return isUnder && right > left && control.matches(first) ? [control.getAttribute('aria-label') ?? control.textContent] : [];
      });
    },
    [
      ':is(#work, [role="dialog"]) :is(button, a[href], input, select, textarea, summary, [role="tab"], [role="gridcell"])',
      foremost ? 'button[data-variant="filled"], [data-dialog-foot] button, [role="tab"], :focus' : '*',
    ] as const,
  );
}

/** Puts a text on the clipboard and pastes it. */
export async function pasteText(trainer: Trainer, text: string): Promise<void> {
  await trainer.app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await trainer.page.keyboard.press('Control+V');
}

/** Lets go of files and folders of the disk over the window; only a field of files gives one that has a path. */
export async function dropFiles({ page }: Trainer, files: readonly string[]): Promise<void> {
  await page.evaluate(() => {
    const field = document.createElement('input');
    field.type = 'file';
    field.multiple = true;
    field.id = 'dropped';
    document.body.append(field);
  });
  // The field would not take a folder from Playwright.
  const session = await page.context().newCDPSession(page);
  const { result } = await session.send('Runtime.evaluate', { expression: `document.querySelector('#dropped')` });
  await session.send('DOM.setFileInputFiles', { files: [...files], objectId: result.objectId! });
  await session.detach();
  await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('#dropped')!;
    const held = new DataTransfer();
    for (const file of field.files!) held.items.add(file);
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: held }));
    field.remove();
  });
}

/** Gives the window its size in points of the screen, and its text a size: 1.5 leaves it two thirds of that. */
export async function zoomTo(
  { app, page }: Trainer,
  factor: number,
  [width, height]: readonly [width: number, height: number],
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, to) => {
      const window = BrowserWindow.getAllWindows()[0]!;
      window.setContentSize(to.width, to.height);
      window.webContents.setZoomFactor(to.factor);
    },
    { width, height, factor },
  );
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(Math.round(width / factor));
}

/** A picture of the window as it is on the screen, also where its text is enlarged. */
export async function pictureOf({ app }: Trainer, file: string): Promise<void> {
  const png = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]!.webContents.capturePage();
    return image.toPNG().toString('base64');
  });
  await writeFile(file, Buffer.from(png, 'base64'));
}

/**
 * Waits until nothing moves in the window, and nothing has been drawn anew in it for `quiet` milliseconds: colours and places are told once what moves in has come to rest. Where something moves all the
 * time, it waits a second.
 */
export function atRest(page: Page, quiet = 100): Promise<void> {
  return page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        const begun = performance.now();
        let changed = begun;
        const watch = new MutationObserver(() => (changed = performance.now()));
        watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        const look = () => {
          const now = performance.now();
          if (document.getAnimations().some(({ playState }) => playState === 'running')) changed = now;
          if (now - changed < wanted && now - begun < 1_000) return void requestAnimationFrame(look);
          watch.disconnect();
          resolve();
        };
        look();
      }),
    quiet,
  );
}
