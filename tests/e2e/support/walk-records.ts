import type { Watched } from './walk-page.ts';

/** Runs in the page, before anything of it: compares what the screen says with what the store holds, in each part of it that shows. */
export function startComparing(): void {
  const page = window as unknown as { watched?: Partial<Watched> };
  const watched = (page.watched ??= {}) as Watched;

  async function differences(): Promise<string[]> {
    const open = await openWorkshop();
    return [
      await pendingDiffers(),
      ...(open ? [await watched.attendanceDiffers(open), await watched.peopleDiffer(open), await sheetsDiffer(open)] : []),
    ].filter((one) => one !== '');
  }

  /** The workshop that the page shows; null where it shows none, or its title is that of several. */
  async function openWorkshop(): Promise<string | null> {
    if (!document.querySelector('#work [role="tab"]')) return null;
    const title = watched.textOf(document.querySelector('h1'));
    const all = (await watched.ask<{ id: string; title: string | Record<string, string> }[]>('activity.list', {})) ?? [];
    const named = all.filter(({ title: one }) =>
      (typeof one === 'string' ? [one] : Object.values(one)).some((text) => text.trim() === title),
    );
    return named.length === 1 ? named[0]!.id : null;
  }

  /** The rail's words of what waits. */
  async function pendingDiffers(): Promise<string> {
    const rail = document.querySelector('[data-testid="pending"]');
    interface Status {
      readonly enrolled: boolean;
      readonly running: boolean;
      readonly held: boolean;
      readonly pending: number;
      readonly pendingFiles: number;
      readonly brought: { readonly changeSets: number; readonly files: number };
      readonly schedule: { readonly when: string; readonly spent: boolean };
    }
    const status = await watched.ask<Status>('sync.status', {});
    if (!rail || !status) return '';
    const waiting = status.pending + status.pendingFiles;
    let expected = watched.words('app:standing.synced');
    if (status.running) expected = watched.words('app:standing.syncing');
    else if (!status.enrolled) expected = watched.words('app:standing.notEnrolled');
    else if (status.held) expected = watched.words('app:standing.held');
    else if (status.schedule.when === 'tomorrow')
      expected = waiting > 0 ? watched.counted('app:standing.pausedWaiting', waiting) : watched.words('app:standing.paused');
    else if (status.schedule.spent) expected = watched.counted('app:standing.spent', waiting);
    else if (waiting > 0) expected = watched.counted('app:standing.waiting', waiting);
    else if (status.brought.changeSets + status.brought.files > 0) expected = watched.words('app:standing.brought');
    return watched.textOf(rail) === expected.replace(/\s+/gu, ' ')
      ? ''
      : `the rail says "${watched.textOf(rail)}", the store: "${expected}"`;
  }

  /** How many sheets each questionnaire says are in. */
  async function sheetsDiffer(activityId: string): Promise<string> {
    const list = [...document.querySelectorAll('#work nav')].find(
      (nav) => nav.getAttribute('aria-label') === watched.words('evaluation:forms'),
    );
    if (!list) return '';
    const forms = (await watched.ask<{ id: string; code: string }[]>('evaluation.forms', { activityId })) ?? [];
    const stored: number[] = [];
    for (const { id } of forms)
      stored.push((await watched.ask<{ count: number }>('evaluation.sheets', { activityId, formId: id }))?.count ?? -1);
    const shown = [...list.querySelectorAll('button > span:last-child')].map((span) =>
      Number(/\d+/u.exec(watched.textOf(span))?.[0] ?? 'NaN'),
    );
    return shown.join() === stored.join() ? '' : `the questionnaires say ${shown.join()} sheets, the store holds ${stored.join()}`;
  }

  watched.differences = differences;
}

/** Runs in the page, before anything of it: compares the sheet of marks and the list of people with what the store holds. */
export function startComparingPeople(): void {
  const page = window as unknown as { watched?: Partial<Watched> };
  const watched = (page.watched ??= {}) as Watched;

  interface Person {
    readonly id: string;
    readonly familyName: string;
    readonly givenName: string;
    readonly institution: string;
    readonly email: string;
    readonly country: string | null;
    readonly complete: boolean;
    readonly homonym: boolean;
  }

  /** Takes each line of the screen off the lines of the store; what is left over is no line of the store's. */
  function notOf(shown: readonly string[], held: readonly string[]): string[] {
    const left = [...held];
    return shown.filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  }

  /** The cells of the sheet that are in the document. */
  async function attendanceDiffers(activityId: string): Promise<string> {
    const grid = document.querySelector('#work [role="grid"]');
    if (!grid || watched.topDialog()) return '';
    interface Grid {
      readonly halfDays: string[];
      readonly marks: { readonly personId: string; readonly halfDay: string; readonly status: string; readonly conflict: boolean }[];
    }
    const [held, people] = [
      await watched.ask<Grid>('attendance.grid', { activityId }),
      await watched.ask<Person[]>('people.list', { activityId }),
    ];
    if (!held || !people) return '';
    const rows = [...grid.querySelectorAll('[role="row"]:has([role="gridcell"][data-status])')];
    const cellsOf = (row: Element) => [...row.querySelectorAll('[role="gridcell"]')];
    const first = rows[0];
    if (!first) return '';
    const columns = cellsOf(first).map((cell) => Number(cell.getAttribute('aria-colindex')) - 2);
    const shown = rows.map((row) =>
      [watched.textOf(row.querySelector('[role="rowheader"]')), ...cellsOf(row).map((cell) => cell.getAttribute('data-status'))].join('|'),
    );
    const stored = people.map((person) =>
      [
        [
          `${person.familyName} ${person.givenName}`.trim(),
          person.homonym ? person.institution : '',
          person.country ?? '',
          person.complete ? '' : watched.words('attendance:grid.toComplete'),
        ]
          .filter(Boolean)
          .join(', ')
          .replace(/\s+/gu, ' '),
        ...columns.map(
          (column) =>
            held.marks.find(({ personId, halfDay }) => personId === person.id && halfDay === held.halfDays[column])?.status ?? 'notTaken',
        ),
      ].join('|'),
    );
    const wrong = notOf(shown, stored);
    return wrong.length === 0 ? '' : `the sheet shows ${JSON.stringify(wrong)}, the store holds ${JSON.stringify(notOf(stored, shown))}`;
  }

  /** The rows of the people's table that are in the document, and how many it says there are. */
  async function peopleDiffer(activityId: string): Promise<string> {
    const table = [...document.querySelectorAll('#work [role="table"]')].find(
      (one) => one.getAttribute('aria-label') === watched.words('people:label'),
    );
    if (!table) return '';
    const people = await watched.ask<Person[]>('people.list', { activityId });
    if (!people) return '';
    const none = watched.words('people:notRecorded');
    // Which columns there are is chosen.
    const headings = [...table.querySelectorAll('[role="columnheader"]')].map((heading) => watched.textOf(heading).replace(/[↑↓]$/u, ''));
    const columns = (['institution', 'email'] as const)
      .map((name) => ({ name, at: headings.indexOf(watched.words(`people:field.${name}`)) }))
      .filter(({ at }) => at >= 0);
    const shown = [...table.querySelectorAll('[role="row"][data-index]')].map((row) => {
      const cells = [...row.querySelectorAll('[role="cell"]')];
      return [watched.textOf(row.querySelector('button')), ...columns.map(({ at }) => watched.textOf(cells[at]))].join('|');
    });
    const stored = people.map((person) =>
      [`${person.familyName} ${person.givenName}`.trim(), ...columns.map(({ name }) => person[name] || none)]
        .join('|')
        .replace(/\s+/gu, ' '),
    );
    const wrong = notOf(shown, stored);
    if (wrong.length > 0) return `the list shows ${JSON.stringify(wrong)}, the store holds ${JSON.stringify(notOf(stored, shown))}`;
    const isSearched =
      document.querySelector<HTMLInputElement>('#work input[type="search"]')?.value.trim() !== '' ||
      document.querySelector('#work [role="group"] button[aria-pressed="true"]') !== null;
    const count = Number(table.getAttribute('aria-rowcount')) - 1;
    return isSearched || count === people.length ? '' : `the list shows ${count} people, the store holds ${people.length}`;
  }

  Object.assign(watched, { attendanceDiffers, peopleDiffer } satisfies Partial<Watched>);
}
