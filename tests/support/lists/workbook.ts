import { zip } from './zip.ts';

/** A worksheet as XML: what stands around `<sheetData>` and in it. */
export interface WrittenSheet {
  readonly name: string;
  readonly state?: 'visible' | 'hidden' | 'veryHidden';
  /** `<row>` elements. */
  readonly rows: string;
  /** Before the rows: `<cols>`. */
  readonly before?: string;
  /** After the rows: `<mergeCells>`, `<autoFilter>`. */
  readonly after?: string;
}

export interface WrittenWorkbook {
  readonly sheets: readonly WrittenSheet[];
  /** `<si>` elements. */
  readonly strings?: string;
  /** Codes of number formats; cells name them by `s`, from 1. */
  readonly formats?: readonly (string | number)[];
  readonly from1904?: boolean;
  /** The strict edition of the standard has other names for everything. */
  readonly strict?: boolean;
  readonly more?: readonly (readonly [string, Buffer])[];
}

const LOOSE = 'http://schemas.openxmlformats.org';
const STRICT = 'http://purl.oclc.org/ooxml';

/** The parts of an XLSX workbook, written by hand so that a test can say what no library writes. */
export function workbookParts({ sheets, strings, formats = [], from1904, strict, more = [] }: WrittenWorkbook): [string, Buffer][] {
  const main = strict ? `${STRICT}/spreadsheetml/main` : `${LOOSE}/spreadsheetml/2006/main`;
  const relations = strict ? `${STRICT}/officeDocument/relationships` : `${LOOSE}/officeDocument/2006/relationships`;
  const list = sheets.map(
    ({ name, state }, i) => `<sheet name="${name}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
  );
  const relationships = [
    ...sheets.map((_, i) => relationship(`rId${i + 1}`, `${relations}/worksheet`, `worksheets/sheet${i + 1}.xml`)),
    relationship('rIdS', `${relations}/sharedStrings`, 'sharedStrings.xml'),
    relationship('rIdF', `${relations}/styles`, 'styles.xml'),
  ];
  const codes = formats.flatMap((code, i) =>
    typeof code === 'string' ? [`<numFmt numFmtId="${170 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`] : [],
  );
  const styles = formats.map((code, i) => `<xf numFmtId="${typeof code === 'string' ? 170 + i : code}"/>`);
  const parts: [string, string][] = [
    [
      '[Content_Types].xml',
      `<Types xmlns="${LOOSE}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    ],
    ['_rels/.rels', relationshipsOf([relationship('rId1', `${relations}/officeDocument`, 'xl/workbook.xml')])],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${relations}"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`,
    ],
    ['xl/_rels/workbook.xml.rels', relationshipsOf(relationships)],
    ['xl/sharedStrings.xml', `<sst xmlns="${main}">${strings ?? ''}</sst>`],
    [
      'xl/styles.xml',
      `<styleSheet xmlns="${main}"><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`,
    ],
    ...sheets.map(({ rows, before = '', after = '' }, i): [string, string] => [
      `xl/worksheets/sheet${i + 1}.xml`,
      `<worksheet xmlns="${main}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`,
    ]),
  ];
  return [
    ...parts.map(([name, xml]): [string, Buffer] => [name, Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${xml}`)]),
    ...more.map(([name, bytes]): [string, Buffer] => [name, bytes]),
  ];
}

/** An XLSX workbook of these sheets. */
export function workbookOf(written: WrittenWorkbook): Buffer {
  return zip(workbookParts(written));
}

/** A row of texts; blank cells are left out, as programs do. */
export function textRow(row: number, texts: readonly string[], attributes = ''): string {
  const cells = texts.map((text, i) =>
    text === '' ? '' : `<c r="${String.fromCharCode(65 + i)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`,
  );
  return `<row r="${row}"${attributes}>${cells.join('')}</row>`;
}

function relationship(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
}

function relationshipsOf(relationships: readonly string[]): string {
  return `<Relationships xmlns="${LOOSE}/package/2006/relationships">${relationships.join('')}</Relationships>`;
}
