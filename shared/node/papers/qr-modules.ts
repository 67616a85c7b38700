import { create } from 'qrcode';

/** The modules of a QR code that says `text`, a row a text of 0 and 1, without its quiet zone. Error correction M: a fold or a spot does not hide it. */
export function qrModules(text: string): string[] {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  return Array.from({ length: modules.size }, (_, row) =>
    Array.from({ length: modules.size }, (__, column) => (modules.data[row * modules.size + column] ? '1' : '0')).join(''),
  );
}
