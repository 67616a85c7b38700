import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeCompiler, type NodeError } from '@myriaddreamin/typst-ts-node-compiler';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { signsOf } from './font-signs.ts';
import { qrPicture } from './qr-modules.ts';
import type { Paper, PaperFault, SetPaper } from './typesetter.ts';

/** Sets papers of one folder of templates and fonts, in the thread that asks. */
export interface Press {
  readonly folder: string;
  /** Throws for a template that cannot be set. */
  set(paper: Paper): Result<SetPaper, PaperFault>;
}

/** Results that were not asked for in so many papers are forgotten; the compiler's makers advise it. */
const KEPT_FOR = 10;
const MOST_TOLD = 20;
/** The compiler’s words for a picture whose beginning promises more than the rest keeps. */
const NOT_DECODED = 'failed to decode image';
/** PDF/UA-1: a screen reader reads it in order. PDF/A-3a: that, and an archive takes it; its template must set a date. */
const STANDARDS = { read: 'ua-1', archived: 'a-3a' } as const;

export function openPress(folder: string): Press {
  const fonts = path.join(folder, 'fonts');
  const fontBlobs = readdirSync(fonts)
    .filter((name) => name.endsWith('.ttf'))
    .sort()
    .map((name) => readFileSync(path.join(fonts, name)));
  const [first, ...others] = fontBlobs.map(signsOf);
  const signs = new Set([...first!].filter((sign) => others.every((font) => font.has(sign))));
  // What a template reads beside its data lies in this folder; anything outside is refused by the compiler.
  const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs }] });
  return {
    folder,
    set({ template, given, codes = [], standard, attached = [], asks, pictures = {}, as }) {
      const texts = Object.entries(given).map(([name, value]) => [name, readably(JSON.stringify(value))] as const);
      const missing = signsMissing(
        texts.map(([, text]) => text),
        signs,
      );
      if (missing.length > 0) return refuse('document.signMissing', { signs: missing.slice(0, MOST_TOLD).join(' ') });
      // Nothing of an attached file is set, and no sign of it may be changed.
      const beside = [
        ['codes', JSON.stringify(codes.map(qrPicture))],
        ['attached', JSON.stringify(attached)],
      ] as const;
      const inputs = Object.fromEntries([...texts, ...beside]);
      // They lie on no disk: the compiler is told that they lay in the folder.
      for (const [name, content] of Object.entries(pictures)) compiler.mapShadow(path.join(folder, 'given', name), Buffer.from(content));
      try {
        const compiled = compiler.compile({ mainFilePath: path.join(folder, `${template}.typ`), inputs });
        const { result } = compiled;
        if (!result) {
          const fault = faultIn(compiler, compiled.takeError());
          if (Object.keys(pictures).length > 0 && fault.includes(NOT_DECODED)) return refuse('document.pictureDamaged');
          throw new Error(`${template}: ${fault}`);
        }
        const bytes =
          as === 'picture'
            ? new TextEncoder().encode(compiler.plainSvg(result))
            : compiler.pdf(result, { pdfStandard: STANDARDS[standard ?? 'read'] });
        const pages = result.numOfPages;
        const lies: unknown = asks === 'lies' ? compiler.query(result, { selector: '<lies>', field: 'value' }) : [];
        compiler.evictCache(KEPT_FOR);
        return ok({ bytes: new Uint8Array(bytes), pages, lies });
      } finally {
        compiler.resetShadow();
      }
    },
  };
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
