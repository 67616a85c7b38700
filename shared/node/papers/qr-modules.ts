import { create } from 'qrcode';

/** Signs from which on a code is for the most part a signature: as good as random under any mask, of which choosing one takes nine tenths of the time. */
const RANDOM_FROM = 400;
const ANY_MASK = 3;

/** The modules of a QR code that says `text`, a row a text of 0 and 1, without its quiet zone. Error correction M: a fold or a spot does not hide it. */
export function qrModules(text: string): string[] {
  const { modules } = create(text, { errorCorrectionLevel: 'M', ...(text.length >= RANDOM_FROM && { maskPattern: ANY_MASK }) });
  return Array.from({ length: modules.size }, (_, row) =>
    Array.from({ length: modules.size }, (__, column) => (modules.data[row * modules.size + column] ? '1' : '0')).join(''),
  );
}

/** The picture of a QR code as one path of SVG, with its quiet zone: hundreds of them are set in a second, where a shape a module takes minutes. */
export function qrPicture(text: string): string {
  const rows = qrModules(text);
  const side = rows.length + 8;
  // A line along each row, with gaps: half as long as the outline of every run.
  const path = rows.map((row, y) => {
    let [line, at] = [`M4 ${y + 4}.5`, 0];
    for (const { 0: run, index } of row.matchAll(/1+/g)) {
      line += `${index > at ? `m${index - at} 0` : ''}h${run.length}`;
      at = index + run.length;
    }
    return line;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><path fill="none" stroke="#000" d="${path.join('')}"/></svg>`;
}
