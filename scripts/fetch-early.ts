// What the first picture of the window needs beside its scripts, named in the document, so that it is fetched with them and not after them.
import type { HtmlTagDescriptor, Plugin } from 'vite';
import { LANGUAGES } from '../shared/kernel/text.ts';

/** The files of fonts that *Today* and the rail are written with. */
const FONTS = /\/(source-sans-3-latin-[46]00|source-serif-4-latin-600)-normal-[^/]*\.woff2$/;

/** Adds them to the document. Words in four languages are named; the shell leaves those of one (`electron/main/app-scheme.ts`). */
export const fetchEarly: Plugin = {
  name: 'fetch-early',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) => {
      const files = Object.values(bundle);
      const words = files.flatMap((file) => {
        if (file.type !== 'chunk') return [];
        const language = LANGUAGES.find((one) => file.facadeModuleId?.endsWith(`/renderer/ui/words/${one}.ts`));
        if (language === undefined) return [];
        const parts = [
          file,
          ...files.filter((other) => file.imports.includes(other.fileName) && !(other.type === 'chunk' && other.isEntry)),
        ];
        return parts.map(({ fileName }) => link(fileName, { rel: 'modulepreload', 'data-language': language }));
      });
      const fonts = files.filter(({ fileName }) => FONTS.test(`/${fileName}`));
      return [...words, ...fonts.map(({ fileName }) => link(fileName, { rel: 'preload', as: 'font', type: 'font/woff2' }))];
    },
  },
};

function link(fileName: string, attrs: NonNullable<HtmlTagDescriptor['attrs']>): HtmlTagDescriptor {
  return { tag: 'link', attrs: { ...attrs, crossorigin: true, href: `./${fileName}` }, injectTo: 'head' };
}
