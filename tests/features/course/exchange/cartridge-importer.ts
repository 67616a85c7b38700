import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { BLANK, textOfHtml, type Question } from '../../../../shared/features/evaluation/exchange/question.ts';
import type { ZipEntry } from '../../../../shared/node/tables/zip-entries.ts';

/** A cartridge as Moodle's importer of Common Cartridge 1.1 reads it: the rules that its code holds, and what it makes of one. */

export interface Imported {
  readonly title: string;
  readonly sections: readonly { readonly title: string; readonly activities: readonly ImportedActivity[] }[];
}
export interface ImportedActivity {
  readonly title: string;
  readonly kind: 'page' | 'file' | 'test';
  /** Shown to whoever learns. */
  readonly isVisible: boolean;
  /** Of a page its HTML, of a test its XML. */
  readonly text: string;
  readonly bytes: Uint8Array;
}

type Node = Readonly<Record<string, unknown>>;
const NAMESPACE = 'xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"';
const TYPES = new Set([
  ...['webcontent', 'imswl_xmlv1p1', 'imsdt_xmlv1p1'],
  ...['imsqti_xmlv1p2/imscc_xmlv1p1/assessment', 'imsqti_xmlv1p2/imscc_xmlv1p1/question-bank'],
]);
const LISTS = new Set([
  ...['item', 'resource', 'file', 'qtimetadatafield', 'respcondition', 'response_label', 'varequal', 'not', 'itemfeedback', 'setvar'],
]);
const PARSER = new XMLParser({
  ...{ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false, trimValues: false },
  isArray: (name) => LISTS.has(name),
});

/** Returns what an importer makes of a cartridge; throws where it would not take it. */
export function imported(entries: readonly ZipEntry[]): Imported {
  const files = new Map(entries.map(({ name, bytes }) => [name, Buffer.from(bytes)]));
  const manifest = files.get('imsmanifest.xml');
  if (!manifest) throw new Error('no manifest');
  if (!manifest.subarray(0, 500).toString('utf8').includes(NAMESPACE)) throw new Error('the namespace is not among the first 500 bytes');
  const { manifest: root } = parsed(manifest.toString('utf8'));
  const [resources, ids] = [new Map<string, Node>(), new Set<string>()];
  const once = (id: unknown): string => {
    if (typeof id !== 'string' || !/^[A-Za-z_][\w.-]*$/.test(id) || ids.has(id)) throw new Error(`identifier ${String(id)}`);
    ids.add(id);
    return id;
  };
  once(at(root, '@identifier'));
  for (const one of list(at(root, 'resources', 'resource'))) {
    const type = String(one['@type']);
    if (!TYPES.has(type)) throw new Error(`type ${type}`);
    const hrefs = list(one['file']).map((file) => String(file['@href']));
    if (hrefs.length === 0 || hrefs.some((href) => !files.has(href))) throw new Error(`files of ${String(one['@identifier'])}`);
    if (one['@href'] !== undefined && one['@href'] !== hrefs[0]) throw new Error('begins with another file');
    resources.set(once(one['@identifier']), one);
  }
  if (JSON.stringify(root).includes('authorizations')) throw new Error('protected');
  const named = new Set([
    'imsmanifest.xml',
    ...list(at(root, 'resources', 'resource')).flatMap((one) => list(one['file']).map((file) => String(file['@href']))),
  ]);
  for (const name of files.keys()) if (!named.has(name)) throw new Error(`${name} is in no resource`);
  const organization = at(root, 'organizations', 'organization') as Node;
  once(organization['@identifier']);
  if (organization['@structure'] !== 'rooted-hierarchy') throw new Error('structure');
  const roots = list(organization['item']);
  if (roots.length !== 1) throw new Error('one root');
  once(roots[0]!['@identifier']);
  const sections = list(roots[0]!['item']).map((section) => {
    once(section['@identifier']);
    if (section['@identifierref'] !== undefined) throw new Error('a section holds nothing itself');
    return {
      title: String(section['title']),
      activities: list(section['item']).map((one): ImportedActivity => {
        once(one['@identifier']);
        if (one['item'] !== undefined) throw new Error('deeper than an activity');
        const resource = resources.get(String(one['@identifierref']));
        if (!resource) throw new Error(`no resource ${String(one['@identifierref'])}`);
        return activity(String(one['title']), resource, files);
      }),
    };
  });
  return {
    title: String(at(root, 'metadata', 'lomimscc:lom', 'lomimscc:general', 'lomimscc:title', 'lomimscc:string', '#text')),
    sections,
  };
}

function activity(title: string, resource: Node, files: ReadonlyMap<string, Buffer>): ImportedActivity {
  if (title === '' || title === 'undefined') throw new Error('an activity without a title');
  const href = String(list(resource['file'])[0]!['@href']);
  const bytes = files.get(href)!;
  const role = at(resource, 'metadata', 'lom:lom', 'lom:educational', 'lom:intendedEndUserRole', 'lom:value');
  const kind = String(resource['@type']).endsWith('/assessment') ? 'test' : /\.x?html?$/i.test(href) ? 'page' : 'file';
  return {
    title,
    kind,
    isVisible: !/^(?:instructor|mentor)$/i.test(said(role)),
    text: kind === 'file' ? '' : bytes.toString('utf8'),
    bytes,
  };
}

/** Returns the questions that an importer makes of a test; throws where one has no kind that it knows. Their names and topics it does not know. */
export function importedQuestions(xml: string): Question[] {
  const { questestinterop: root } = parsed(xml);
  if ((root as Node)['@xmlns'] !== 'http://www.imsglobal.org/xsd/ims_qtiasiv1p2') throw new Error('namespace of the test');
  return list(at(root, 'assessment', 'section', 'item')).map(questionOf);
}

function questionOf(item: Node): Question {
  const fields = new Map(
    list(at(item, 'itemmetadata', 'qtimetadata', 'qtimetadatafield')).map((one) => [one['fieldlabel'], String(one['fieldentry'])]),
  );
  const profile = fields.get('cc_profile');
  const conditions = list(at(item, 'resprocessing', 'respcondition'));
  const scored = conditions.filter((one) => list(one['setvar']).length > 0);
  const rights = new Set(scored.flatMap((one) => texts(at(one, 'conditionvar', 'varequal'))));
  const several = new Set(
    scored.flatMap((one) =>
      list(at(one, 'conditionvar', 'and', 'varequal')).flatMap((equal) => (equal['@case'] === 'Yes' ? [String(equal['#text'])] : [])),
    ),
  );
  const labels = list(at(item, 'presentation', 'response_lid', 'render_choice', 'response_label')).map((label) => ({
    id: String(label['@ident']),
    text: textIn(at(label, 'material')),
  }));
  const shown = conditions.filter((one) => one['@continue'] === 'Yes').map((one) => at(one, 'displayfeedback', '@linkrefid'));
  const explanation = list(item['itemfeedback'])
    .filter((one) => shown.includes(one['@ident']))
    .map((one) => textIn(at(one, 'flow_mat', 'material')))
    .join(' ');
  const said = { ...BLANK, text: textIn(at(item, 'presentation', 'material')), explanation, points: Number(fields.get('cc_weighting')) };
  switch (profile) {
    case 'cc.multiple_choice.v0p1':
      return { ...said, kind: 'one', options: labels.map(({ id, text }) => ({ text, share: rights.has(id) ? 100 : 0, explanation: '' })) };
    case 'cc.multiple_response.v0p1':
      return {
        ...{ ...said, kind: 'several' },
        options: labels.map(({ id, text }) => ({ text, share: several.has(id) ? 100 / several.size : 0, explanation: '' })),
      };
    case 'cc.true_false.v0p1':
      if (labels.map(({ id }) => id).join() !== 'true,false') throw new Error('true or false');
      return { ...said, kind: 'trueFalse', right: rights.has('true') ? true : rights.has('false') ? false : null };
    case 'cc.fib.v0p1':
      return { ...said, kind: 'text', options: [...rights].map((text) => ({ text, share: 100, explanation: '' })) };
    case 'cc.essay.v0p1':
      return { ...said, kind: 'text' };
    default:
      throw new Error(`profile ${String(profile)}`);
  }
}

function textIn(material: unknown): string {
  return textOfHtml(said(at(material, 'mattext', '#text')));
}

function said(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(equal: unknown): string[] {
  return list(equal).map((one) => said(one['#text']));
}

function parsed(xml: string): Readonly<Record<string, unknown>> {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw new Error(`${valid.err.msg} in line ${valid.err.line}`);
  return PARSER.parse(xml) as Node;
}

function at(node: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((one, name) => (typeof one === 'object' && one !== null ? (one as Node)[name] : undefined), node);
}

function list(value: unknown): Node[] {
  return value === undefined || value === '' ? [] : ((Array.isArray(value) ? value : [value]) as Node[]);
}
