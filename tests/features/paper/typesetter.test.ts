import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signsOf } from '../../../shared/node/papers/font-signs.ts';
import { forkTypesetting } from '../../../shared/node/papers/typesetting-fork.ts';
import { openTypesetter, type Paper, type Typesetter } from '../../../shared/node/papers/typesetter.ts';
import { ROOT } from '../../support/laptops/engine.ts';
import { readPdf } from '../../support/papers/pdf-text.ts';

/** What sets papers: what its templates may reach, what a paper may cost, and that it is left at any time. */

const PAPERS = path.join(ROOT, 'resources', 'papers');
const NEVER = new AbortController().signal;

let folder: string;
const open: Typesetter[] = [];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-typesetter-'));
  mkdirSync(path.join(folder, 'papers'));
  cpSync(path.join(PAPERS, 'fonts'), path.join(folder, 'papers', 'fonts'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.txt'), 'a secret');
});
afterEach(() => open.splice(0).forEach((one) => one.end()));
afterAll(() => rmSync(folder, { recursive: true }));

function typesetter(time = 60_000): Typesetter {
  const one = openTypesetter(path.join(folder, 'papers'), { time });
  open.push(one);
  return one;
}

/** A paper of a template that says `body`. */
function paper(body: string, given: Paper['given'] = {}): Paper {
  writeFileSync(
    path.join(folder, 'papers', 'tried.typ'),
    `#set document(title: "x")\n#set text(font: "Noto Sans", fallback: false)\n${body}\n`,
  );
  return { template: 'tried', given };
}

/** Takes half a second. */
const LONG = '#let n = 0\n#for i in range(300000) { n = n + i }\n#str(n)';

describe('a template', () => {
  it('is given words as data', async () => {
    const said = await typesetter().set(paper('#json(bytes(sys.inputs.words))', { words: '#read("secret.txt") *x* $y$' }), NEVER);
    expect(said.ok && readPdf(said.value.bytes).pages).toEqual(['#read("secret.txt") *x* $y$']);
  });

  it.each(['/etc/passwd', '../secret.txt', '/../secret.txt'])('reads nothing outside its folder (%s)', async (file) => {
    await expect(typesetter().set(paper(`#read("${file}")`), NEVER)).rejects.toThrow(/tried/);
  });

  it.each(readdirSync(PAPERS).filter((name) => name.endsWith('.typ')))(
    'of ours (%s) asks for nothing but what lies beside it and what it is given',
    (name) => {
      const source = readFileSync(path.join(PAPERS, name), 'utf8');
      for (const [, asked] of source.matchAll(/(?:import|include)\s+([^:\n]+)/g)) expect(asked).toMatch(/^"[a-z-]+\.typ"$/);
      // Packages are fetched over the network. A picture is drawn from what is given, never from a file: what lies in `given` lies on no disk.
      expect(source).not.toMatch(/@preview|@local|\bplugin\(|\bread\(|\beval\(|\bimage\((?!bytes\([a-z]+\)|"\/given\/)/);
      for (const [, from] of source.matchAll(/json\(([^)]*)/g)) expect(from).toMatch(/^bytes\(sys\.inputs\.[a-z]+$/);
    },
  );
});

describe('a paper', () => {
  it('that takes longer than it may is refused', async () => {
    expect(await typesetter(20).set(paper(LONG), NEVER)).toMatchObject({ ok: false, refusal: { code: 'document.tooLarge' } });
  });

  it('that is cancelled is answered before it is set, and what waits behind it is set', async () => {
    const one = typesetter();
    // Loaded, so that what is cancelled is being set.
    await one.set(paper('short'), NEVER);
    const stop = new AbortController();
    const long = one.set(paper(LONG), stop.signal);
    const behind = one.set({ ...paper(LONG), template: 'missing' }, stop.signal);
    setTimeout(() => stop.abort(), 20);
    expect(await long).toMatchObject({ ok: false, refusal: { code: 'job.cancelled' } });
    expect(await behind).toMatchObject({ ok: false, refusal: { code: 'job.cancelled' } });
    expect(await one.set(paper('short'), NEVER)).toMatchObject({ ok: true });
    expect(await one.set(paper('short'), stop.signal)).toMatchObject({ ok: false, refusal: { code: 'job.cancelled' } });
  });

  it('names each sign once that one of the letters lacks, and composes those that are written in parts', async () => {
    const refused = await typesetter().set(paper('x', { words: 'Ђ 漢漢 \u{1F600}' }), NEVER);
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'document.signMissing', details: { signs: '漢 \u{1F600}' } } });
    const composed = await typesetter().set(
      paper('#json(bytes(sys.inputs.words))', { words: 'Zoe\u0308 \u200BC\u030Cerma\u0301k' }),
      NEVER,
    );
    expect(composed.ok && readPdf(composed.value.bytes).pages).toEqual(['Zoë Čermák']);
  });
});

it('every bundled font has the signs of the languages that papers are set in', () => {
  const fonts = readdirSync(path.join(PAPERS, 'fonts')).filter((name) => name.endsWith('.ttf'));
  expect(fonts.length).toBe(3);
  for (const name of fonts) {
    const signs = signsOf(readFileSync(path.join(PAPERS, 'fonts', name)));
    const lacking = [...'abcXYZ0189 àâçéèêëîïôœùûüÿ ñáíóú¿¡ ãõ ĐđŠšČčĆćŽž ŞşĞğİı ŁłŃńŻż ’“”«»–—…€°№ªº \u00a0\u202f'].filter(
      (sign) => !signs.has(sign.codePointAt(0)!),
    );
    expect(lacking, name).toEqual([]);
  }
  expect(() => signsOf(new Uint8Array(40))).toThrow('a font without cmap');
});

describe('the process that sets papers', () => {
  /** A typesetter whose processes are counted. */
  function counted() {
    const started: { readonly gone: Promise<unknown>; end(): void }[] = [];
    const one = openTypesetter(path.join(folder, 'papers'), {
      start() {
        const process = forkTypesetting();
        started.push({ gone: once(process, 'exit'), end: () => void process.terminate() });
        return process;
      },
    });
    open.push(one);
    return { one, started };
  }
  /** Takes minutes. */
  const ENDLESS = LONG.replace('300000', '300000000');

  it('is ended with what is cancelled, whatever the compiler is at, and another sets the next paper', async () => {
    const { one, started } = counted();
    await one.set(paper('short'), NEVER);
    const stop = new AbortController();
    const endless = one.set(paper(ENDLESS), stop.signal);
    setTimeout(() => stop.abort(), 50);
    expect(await endless).toMatchObject({ ok: false, refusal: { code: 'job.cancelled' } });
    await started[0]!.gone;
    expect(await one.set(paper('short'), NEVER)).toMatchObject({ ok: true });
    expect(started.length).toBe(2);
  });

  it('is ended by whoever ends it: the paper is refused, and the next is set', async () => {
    const { one, started } = counted();
    const endless = one.set(paper(ENDLESS), NEVER);
    setTimeout(() => started[0]!.end(), 50);
    expect(await endless).toMatchObject({ ok: false, refusal: { code: 'document.tooLarge' } });
    expect(await one.set(paper('short'), NEVER)).toMatchObject({ ok: true });
  });

  it('sets one small paper after another, and gives back the memory of a large one at once', async () => {
    const { one, started } = counted();
    const pages = (count: number) => one.set(paper(`#for i in range(${count - 1}) { [x]; pagebreak() }`), NEVER);
    for (const count of [1, 99, 100]) expect(await pages(count)).toMatchObject({ ok: true, value: { pages: count } });
    await started[0]!.gone;
    expect(started.length).toBe(1);
    expect(await pages(1)).toMatchObject({ ok: true });
    expect(started.length).toBe(2);
  });
});
