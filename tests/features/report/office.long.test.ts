import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { paperHandlers } from '../../../electron/engine/features/paper/papers.ts';
import { reportHandlers } from '../../../electron/engine/features/report/report.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { openFeatureContext, value } from '../feature-context.ts';
import { saidOnPage, tight } from './agreement.ts';
import { randomWorkshop } from './random-workshop.ts';

const WORKSHOPS = Number(process.env['ITINERA_OFFICE'] ?? 20);

/** Needs LibreOffice (`soffice`): what a report for Word says as another program reads it. */
it(`${WORKSHOPS} workshops say in LibreOffice every figure, sentence and row of their reports, in four languages`, async () => {
  const context = openFeatureContext();
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-office-'));
  try {
    const said = new Map<string, readonly string[]>();
    for (let seed = 1; seed <= WORKSHOPS; seed++) {
      const activityId = await randomWorkshop(context, seed);
      for (const language of LANGUAGES) {
        const { document } = await value(reportHandlers(context)['report.activity']({ activityId, language }, quietCall()));
        const target = path.join(context.outside, 'report.docx');
        await value(
          paperHandlers(context)['document.make'](
            { kind: 'activityReport', activityId, language, format: 'docx', path: target },
            quietCall(),
          ),
        );
        writeFileSync(path.join(folder, `${seed}-${language}.docx`), readFileSync(target));
        said.set(`${seed}-${language}`, saidOnPage(document));
      }
    }
    const files = [...said.keys()].map((name) => path.join(folder, `${name}.docx`));
    execFileSync('soffice', ['--headless', '--convert-to', 'txt:Text (encoded):UTF8', '--outdir', folder, ...files], { stdio: 'ignore' });
    for (const [name, texts] of said) {
      const read = tight(readFileSync(path.join(folder, `${name}.txt`), 'utf8'));
      expect(texts.length, name).toBeGreaterThan(8);
      expect(
        texts.filter((text) => !read.includes(tight(text))),
        name,
      ).toEqual([]);
    }
  } finally {
    context.typesetter.end();
    context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 1_200_000);
