// The thread in which papers are set (typesetter.ts): asked for one, it answers with the bytes of a PDF or a refusal.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler, type NodeError } from '@myriaddreamin/typst-ts-node-compiler';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { READY } from '../threads/limited-thread.ts';
import { signsOf } from './font-signs.ts';
import type { SetPaper, TypesettingQuestion } from './typesetter.ts';

interface Press {
  readonly folder: string;
  readonly compiler: NodeCompiler;
  /** The signs that all of the fonts have. */
  readonly signs: ReadonlySet<number>;
}

/** Results that were not asked for in so many papers are forgotten; the compiler's makers advise it. */
const KEPT_FOR = 10;
const MOST_TOLD = 20;
/** PDF/UA-1: a screen reader reads it in order. PDF/A-3a: that, and an archive takes it; its template must set a date. */
const STANDARDS = { read: 'ua-1', archived: 'a-3a' } as const;

let press: Press | null = null;

function answer({ folder, template, given, standard }: TypesettingQuestion): Result<SetPaper, 'document.signMissing'> {
  press = press?.folder === folder ? press : openPress(folder);
  const inputs = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, readably(JSON.stringify(value))]));
  const missing = signsMissing(Object.values(inputs), press.signs);
  if (missing.length > 0) return refuse('document.signMissing', { signs: missing.slice(0, MOST_TOLD).join(' ') });
  const { compiler } = press;
  const compiled = compiler.compile({ mainFilePath: path.join(folder, `${template}.typ`), inputs });
  const { result } = compiled;
  if (!result) throw new Error(`${template}: ${faultIn(compiler, compiled.takeError())}`);
  const bytes = compiler.pdf(result, { pdfStandard: STANDARDS[standard ?? 'read'] });
  const pages = result.numOfPages;
  compiler.evictCache(KEPT_FOR);
  return ok({ bytes: new Uint8Array(bytes), pages });
}

function openPress(folder: string): Press {
  const fonts = path.join(folder, 'fonts');
  const fontBlobs = readdirSync(fonts)
    .filter((name) => name.endsWith('.ttf'))
    .sort()
    .map((name) => readFileSync(path.join(fonts, name)));
  const [first, ...others] = fontBlobs.map(signsOf);
  const signs = new Set([...first!].filter((sign) => others.every((font) => font.has(sign))));
  // What a template reads beside its data lies in this folder; anything outside is refused by the compiler.
  return { folder, signs, compiler: NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs }] }) };
}

/** Composed letters where there are such, and no sign that only tells programs how to lay out others. */
function readably(json: string): string {
  return json.normalize('NFC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
}

function signsMissing(texts: readonly string[], signs: ReadonlySet<number>): string[] {
  const missing = new Set<string>();
  for (const text of texts) for (const sign of text) if (!signs.has(sign.codePointAt(0)!)) missing.add(sign);
  return [...missing];
}

function faultIn(compiler: NodeCompiler, error: NodeError | null): string {
  return error === null ? 'no result' : JSON.stringify(compiler.fetchDiagnostics(error));
}

parentPort!.on('message', (question: TypesettingQuestion) => {
  try {
    parentPort!.postMessage({ answer: answer(question) });
  } catch (error) {
    parentPort!.postMessage({ fault: error instanceof Error ? `${error.name}\n${error.stack}` : String(error) });
  }
});
parentPort!.postMessage(READY);
