// Which words the code asks for, and text that stands in the code itself; read from the syntax tree.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

export interface UsedKey {
  readonly file: string;
  readonly line: number;
  /** The namespaces it may be in. */
  readonly namespaces: readonly string[];
  readonly key: string;
  /** Only the beginning is known: the rest is put in at run time. */
  readonly open: boolean;
}

export interface InSource {
  readonly used: UsedKey[];
  /** Text for people that is written in a component instead of the locales. */
  readonly hardCoded: string[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const FOLDERS = ['renderer', 'electron', 'server', 'shared'];
const DEFAULT_NAMESPACE = 'app';
/** Attributes whose text people read or hear. */
const SPOKEN = new Set([
  'label',
  'title',
  'placeholder',
  'description',
  'aria-label',
  'aria-description',
  'alt',
  'text',
  'error',
  'nothingFound',
]);
/** The program's own name needs no translation, and signs are not words. */
const NOT_WORDS = /^(Itinera|[^\p{L}]*|\p{L}[^\p{L}]*)$/u;

function sources(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    if (isNode(value)) walk(value, visit);
    else if (Array.isArray(value)) for (const inner of value) if (isNode(inner)) walk(inner, visit);
  }
}

/** The texts that an expression may be; `open` when only its beginning is known. */
function texts(node: unknown): { readonly text: string; readonly open: boolean }[] {
  if (!isNode(node)) return [];
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? [{ text: node['value'], open: false }] : [];
  if (node.type === 'ConditionalExpression') return [...texts(node['consequent']), ...texts(node['alternate'])];
  if (node.type === 'TemplateLiteral') {
    const quasis = node['quasis'] as { readonly value: { readonly cooked: string } }[];
    return [{ text: quasis[0]!.value.cooked, open: quasis.length > 1 }];
  }
  return [];
}

/** The last name of what is called: `t` of `i18next.t(...)`. */
function calledName(callee: unknown): string {
  if (!isNode(callee)) return '';
  if (callee.type === 'Identifier') return callee['name'] as string;
  return callee.type === 'MemberExpression' ? calledName(callee['property']) : '';
}

/** The namespaces that a file's components ask for. */
function namespacesOf(program: Node): string[] {
  const found = new Set<string>();
  walk(program, (node) => {
    if (node.type !== 'CallExpression' || !['useTranslation', 'getFixedT'].includes(calledName(node['callee']))) return;
    for (const argument of node['arguments'] as unknown[]) {
      const names = isNode(argument) && argument.type === 'ArrayExpression' ? (argument['elements'] as unknown[]) : [argument];
      names.flatMap(texts).forEach(({ text }) => found.add(text));
    }
  });
  return found.size > 0 ? [...found] : [DEFAULT_NAMESPACE];
}

/** Gathers the texts that one file asks for. `file` is for the report. */
function namesIn(file: string, code: string, into: InSource): void {
  const program = parseSync(file, code).program as unknown as Node;
  const namespaces = namespacesOf(program);
  const lineOf = (node: Node) => code.slice(0, node.start).split('\n').length;
  const use = (node: Node, argument: unknown, fixed?: string) => {
    for (const { text, open } of texts(argument)) {
      const [before, after] = text.split(/:(.*)/s);
      const named = fixed === undefined && after !== undefined;
      // Of a key whose beginning is put in at run time nothing is known: it uses no word.
      if (open && (named ? after : text) === '') continue;
      into.used.push({
        file,
        line: lineOf(node),
        namespaces: fixed === undefined ? (named ? [before!] : namespaces) : [fixed],
        key: named ? after : text,
        open,
      });
    }
  };
  walk(program, (node) => {
    if (node.type === 'CallExpression') {
      const name = calledName(node['callee']);
      const given = node['arguments'] as unknown[];
      if (name === 't') use(node, given[0]);
      else if (name === 'translate') use(node, given[1]);
      else if (name === 'refuse') use(node, given[0], 'errors');
      else if (name === 'progress' && isNode(given[0]) && given[0].type === 'ObjectExpression') {
        const properties = given[0]['properties'] as Node[];
        use(node, properties.find((property) => isNode(property['key']) && property['key']['name'] === 'label')?.['value'], 'jobs');
      }
    }
    if (node.type === 'JSXAttribute') {
      const name = (node['name'] as Node)['name'] as string;
      if (name === 'i18nKey') use(node, node['value']);
      if (SPOKEN.has(name))
        for (const { text } of texts(node['value'])) if (!NOT_WORDS.test(text)) into.hardCoded.push(hard(file, lineOf(node), text));
    }
    if (node.type === 'JSXText') {
      const text = (node['value'] as string).trim();
      if (!NOT_WORDS.test(text)) into.hardCoded.push(hard(file, lineOf(node), text));
    }
  });
}

const hard = (file: string, line: number, text: string) => `${file}:${line}: text in the code: “${text}”`;

/** Every word that the source under `root` asks for, and every text in it that belongs into the locales. */
export function namesInSource(root: string): InSource {
  const found: InSource = { used: [], hardCoded: [] };
  for (const file of FOLDERS.flatMap((folder) => sources(root, folder))) namesIn(file, readFileSync(path.join(root, file), 'utf8'), found);
  return found;
}
