import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeBytes, ENCODINGS } from '../../../shared/node/tables/text-encoding.ts';
import { sourceFiles } from '../../support/sources.ts';

const { read, codeOf, close } = sourceFiles();
afterAll(close);

/** Lists as they come from the countries where each encoding is at home. */
const LISTS: readonly (readonly [encoding: string, code: string, text: string])[] = [
  ['Windows-1252', 'win1252', 'Nom;Prénom;Pays\nKONÉ;Aïssata;Mali\nMAÏGA;Hélène;Niger\nN’GUESSAN;Élise;Côte d’Ivoire\n'],
  ['Windows-1252', 'win1252', 'Apellidos;Nombre;País;Nº\nMUÑOZ;José;España;1\nPeña;Ángel;Perú;2\n'],
  ['Windows-1252', 'win1252', 'Nome;Instituição\nGonçalves;João;São Tomé\nAssunção;Inês;Guiné\n'],
  ['Windows-1252', 'win1252', 'Emri;Mbiemri\nArbër;Hoxhë\nÇlirim;Gjokë\n'],
  ['Windows-1252', 'win1252', 'Name\nMüller\nGroß\nSchäfer\nKöhler\n'],
  ['Windows-1250', 'win1250', 'Last name;First name;Country\nKOVAČEVIĆ;Đorđe;Bosnia and Herzegovina\nŠARIĆ;Željka;Croatia\n'],
  ['Windows-1250', 'win1250', 'Ime;Prezime\nPetar;Jurčić\nAna;Kovač\nNađa;Babić\n'],
  ['Windows-1250', 'win1250', 'Nume\nIonuţ Ştefănescu\nMihăilă\nŢăranu\nBogdăneanu\n'],
  ['Windows-1250', 'win1250', 'Imię;Nazwisko\nWałęsa;Łukasz\nŚwięcicki;Bożena\n'],
  ['Windows-1250', 'win1250', 'Jméno\nDvořák\nJiří Kučera\nNěmcová\n'],
  ['Windows-1251', 'win1251', 'Фамилия;Имя\nИВАНОВ;Пётр\nСидорова;Анна\n'],
  ['Windows-1251', 'win1251', 'Прізвище;Ім’я\nШевченко;Тарас\nКиїв;Ганна\n'],
  ['Windows-1251', 'win1251', 'Презиме;Име\nЃорѓиевски;Ѓоко\nЈовановска;Љубица\n'],
  ['Windows-1251', 'win1251', 'Last name;First name\nИВАНОВ;Пётр\nМАРКОВИЋ;Ђорђе\n'],
  ['Windows-1254', 'win1254', 'Soyadı;Adı\nYıldız;Ayşe\nÖZTÜRK;Işık\nDoğan;Gül\n'],
  ['Windows-1256', 'win1256', 'الاسم;اللقب\nمحمد;العلوي\nفاطمة;بنعلي\n'],
  ['Windows-1256', 'win1256', 'Nom;Prénom;الاسم\nBENALI;Hélène;محمد\n'],
  ['Mac Roman', 'macroman', 'Last name;First name;Institution\rKONÉ;Aïssata;Cour d’appel\rMAÏGA;Hélène;Trésor\r'],
  ['Mac Roman', 'macroman', 'Nome;País\nJoão;Moçambique\nConceição;São Tomé\n'],
  ['CP850', 'cp850', 'Nom;Prénom;Pays\r\nKONÉ;Aïssata;Sénégal\r\nMAÏGA;Hélène;Bénin\r\n'],
  ['CP850', 'cp850', 'Nom;Pays\r\nJosé;Guinée\r\n'],
  ['CP850', 'cp850', 'Apellidos;Año\r\nMUÑOZ;José\r\nPeña;Ángel\r\n'],
];

describe('the encoding of a file', () => {
  for (const [encoding, code, text] of LISTS) {
    it(`${encoding} is told by its letters: ${text.split(/[\r\n]+/)[1]}`, () => {
      const decoded = decodeBytes(iconv.encode(text, code));
      expect(decoded?.text).toBe(text);
      expect(decoded?.encoding).toMatchObject({ name: encoding, sure: true });
      expect(decoded?.encoding.candidates[0]!.name).toBe(encoding);
    });
  }

  it('is UTF-8 where all bytes are, also in scripts of other letters, and surely so', () => {
    for (const text of ['Nom\nKONÉ\n', 'Όνομα\nΓιώργος\n', 'სახელი\n', 'plain']) {
      expect(decodeBytes(Buffer.from(text))).toMatchObject({
        text,
        encoding: { name: 'UTF-8', sure: true, candidates: [{ name: 'UTF-8', sample: [] }] },
      });
    }
  });

  it('is UTF-16 by its mark or without, in any script', () => {
    const text = 'Nom\tPrénom\r\nKONÉ\tAïssata\r\n';
    for (const [name, code] of [
      ['UTF-16LE', 'utf16le'],
      ['UTF-16BE', 'utf16be'],
    ] as const) {
      for (const list of [text, 'الاسم\tاللقب\nمحمد\tالعلوي\n', 'Фамилия\tИмя\nИванов\tПётр\n']) {
        for (const addBOM of [true, false])
          expect(decodeBytes(iconv.encode(list, code, { addBOM })), `${name} ${list}`).toMatchObject({
            text: list,
            encoding: { name, sure: true },
          });
      }
    }
  });

  it('is not sure where few letters tell, and shows how each reads', () => {
    const { encoding } = decodeBytes(iconv.encode('Name;Country\nNovák;x\nKučera;x\nSmith;x\n', 'win1250'))!;
    expect(encoding.sure).toBe(false);
    const shown = Object.fromEntries(encoding.candidates.map(({ name, sample }) => [name, sample]));
    expect(shown).toMatchObject({ 'Windows-1250': ['Novák;x', 'Kučera;x'], 'Windows-1252': ['Novák;x', 'Kuèera;x'] });
    expect(encoding.candidates[0]!.name).toBe(encoding.name);
  });

  it('can be chosen by hand, and only one that is known', async () => {
    const bytes = iconv.encode('Name\nKučera\n', 'win1250');
    const source = await read(bytes, { encoding: 'Windows-1250' });
    expect(source.encoding).toMatchObject({ name: 'Windows-1250', sure: true });
    expect(source.sheets[0]!.rows[1]!.cells).toEqual(['Kučera']);
    expect((await read(Buffer.from('Nom\nKONÉ\n'), { encoding: 'Windows-1252' })).sheets[0]!.rows[1]!.cells).toEqual(['KONÃ‰']);
    expect(await codeOf(bytes, { encoding: 'EBCDIC' })).toBe('table.encodingUnknown');
    for (const encoding of ENCODINGS)
      expect(await codeOf(iconv.encode('Nom;x\nDIOP;y\n', 'utf16le'), { encoding }), encoding).toMatch(/^(ok|table\.unreadable)$/);
  });
});

describe('bytes that are not UTF-8 in a file that is', () => {
  const latin = (text: string): Buffer => iconv.encode(text, 'win1252');
  const lines = async (...parts: Buffer[]) =>
    (await read(Buffer.concat(parts))).sheets[0]!.rows.map(({ cells, repairs }) => [cells.join(';'), repairs]);

  it('are read in the page in which their line reads best, and the row says so', async () => {
    expect(
      await lines(Buffer.from('Last name;First name\nKONÉ;Aïssata\n'), latin('MAÏGA;Hélène\n'), Buffer.from('ŠARIĆ;Željka\n')),
    ).toEqual([
      ['Last name;First name', []],
      ['KONÉ;Aïssata', []],
      ['MAÏGA;Hélène', ['bytes']],
      ['ŠARIĆ;Željka', []],
    ]);
    expect(await lines(Buffer.from('sep=;\r\nNom;x\r\n"KONÉ\r\n'), latin('Aïssata'), Buffer.from('";y\r\nÉLISE;z\r\n'))).toEqual([
      ['Nom;x', []],
      ['KONÉ Aïssata;y', ['bytes']],
      ['ÉLISE;z', []],
    ]);
  });

  it('may stand beside UTF-8 in one line', async () => {
    expect(await lines(Buffer.from('Nom;Pays\nKONÉ;'), latin('Sénégal'), Buffer.from('\nBÂ;Bénin\n'))).toEqual([
      ['Nom;Pays', []],
      ['KONÉ;Sénégal', ['bytes']],
      ['BÂ;Bénin', []],
    ]);
  });

  it('are mended too where a mark says UTF-8', async () => {
    expect(await lines(Buffer.from('\ufeffNom\n'), latin('KONÉ\nDIOP\n'))).toEqual([
      ['Nom', []],
      ['KONÉ', ['bytes']],
      ['DIOP', []],
    ]);
  });
});

describe('letters that were lost before', () => {
  it('stay as they are, for somebody to see', async () => {
    expect((await read('Nom\nTRAOR\ufffd\nA?ssata\n')).sheets[0]!.rows.map(({ cells }) => cells[0])).toEqual([
      'Nom',
      'TRAOR\ufffd',
      'A?ssata',
    ]);
  });
});
