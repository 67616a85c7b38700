import { afterAll, describe, expect, it } from 'vitest';
import { sourceOfText } from '../../../shared/node/tables/read-source-file.ts';
import { cellText } from '../../../shared/node/tables/cell-text.ts';
import { sourceFiles } from '../../support/sources.ts';

const { read, cells, codeOf, close } = sourceFiles();
afterAll(close);

const rowsOf = async (text: string) => (await read(text)).sheets[0]!.rows.map(({ row, cells: texts, repairs }) => [row, texts, repairs]);

describe('a delimited text', () => {
  it('is one visible sheet without a name', async () => {
    expect(await read('Nom;Pays\nDIOP;Sénégal\n')).toMatchObject({ format: 'csv', sheets: [{ name: '', hidden: false }] });
  });

  it('is cut at ; , tab or |, whatever stands in its cells', async () => {
    const wanted = [
      ['Nom', 'Prénom', 'Points'],
      ['DIOP', 'Awa', '12,5'],
      ['FALL', 'Ibra', '9,0'],
    ];
    for (const delimiter of [';', '\t', '|'])
      expect(await cells(wanted.map((row) => row.join(delimiter)).join('\r\n')), delimiter).toEqual(wanted);
    expect(await cells('Nom,Langues\nDIOP,fr|wo\nFALL,fr|en\n')).toEqual([
      ['Nom', 'Langues'],
      ['DIOP', 'fr|wo'],
      ['FALL', 'fr|en'],
    ]);
    expect(await cells('1,5;2,5\n3,5;4,5\n')).toEqual([
      ['1,5', '2,5'],
      ['3,5', '4,5'],
    ]);
  });

  it('has the letters that a page wrote as entities', async () => {
    expect(await cells('Nom\tInstitution\nN&uacute;&ntilde;ez\tCour &amp; tribunal\nZo&#xEB; O&#39;Neil\tR&D; AT&T\n')).toEqual([
      ['Nom', 'Institution'],
      ['Núñez', 'Cour & tribunal'],
      ["Zoë O'Neil", 'R&D; AT&T'],
    ]);
  });

  it('is cut by its delimiter where most lines are titles of its sections', async () => {
    const head = ['Nom', 'Première participation', 'Dernier départ', 'E-mail'];
    const person = ['Awa Diop', '02/03/26, 09:01:00', '02/03/26, 12:29:00', 'awa@example.org'];
    const report = [['1. Résumé'], ['Réunion'], ['Début'], ['2. Participants'], head, person, ['3. Activités'], ['Aucune']];
    expect(await cells(report.map((row) => row.join('\t')).join('\n'))).toEqual(report);
  });

  it('is one column where a comma stands in a sentence here and there', async () => {
    const list = [['Absents, le 2 mars'], ['DIOP Awa'], ['FALL Ibra'], ['MENSAH, Kofi'], ['SOW Ali']];
    expect(await cells(list.map(([line]) => line!).join('\n'))).toEqual(list);
    expect(await cells('Nom,Pays\nDIOP\nFALL, Mali\nSOW\nBA')).toEqual([['Nom', 'Pays'], ['DIOP'], ['FALL', 'Mali'], ['SOW'], ['BA']]);
  });

  it('may name its delimiter first, with or without quotation marks or cells beside', async () => {
    for (const first of ['sep=;', 'SEP=;', '"sep=;"', 'sep=;;;']) {
      expect(await rowsOf(`${first}\r\na,b;c\r\n1,5;2\r\n`), first).toEqual([
        [1, ['a,b', 'c'], []],
        [2, ['1,5', '2'], []],
      ]);
    }
  });

  it('holds line ends in quoted cells, which count as one row', async () => {
    expect(await rowsOf('"Nom\nde famille";"Prénom\r\n(s)"\r\n"Diallo-\nTraore";Awa\n\nFALL;"Ibra\n Moussa"\n')).toEqual([
      [1, ['Nom de famille', 'Prénom (s)'], []],
      [2, ['Diallo-Traore', 'Awa'], []],
      [4, ['FALL', 'Ibra Moussa'], []],
    ]);
    expect(
      await rowsOf('"Nom\nde famille";"Prénom\n(s)";"Pays\n(Country)";Institution\r\nDIOP;Awa;Sénégal;"Parquet\r\nde Dakar"\r\n'),
    ).toEqual([
      [1, ['Nom de famille', 'Prénom (s)', 'Pays (Country)', 'Institution'], []],
      [2, ['DIOP', 'Awa', 'Sénégal', 'Parquet de Dakar'], []],
    ]);
    expect(await rowsOf('Nom,Adresse\nDIOP,"1, rue de la Paix\nBP 12, Dakar"\nFALL,Thiès\n')).toEqual([
      [1, ['Nom', 'Adresse'], []],
      [2, ['DIOP', '1, rue de la Paix BP 12, Dakar'], []],
      [3, ['FALL', 'Thiès'], []],
    ]);
  });

  it('may have blanks around its quotation marks, and marks within cells that close', async () => {
    expect(await rowsOf('Nom,Institution\nDIOP, "Parquet, Dakar" \nFALL,Pôle "cyber"\n')).toEqual([
      [1, ['Nom', 'Institution'], []],
      [2, ['DIOP', 'Parquet, Dakar'], []],
      [3, ['FALL', 'Pôle "cyber"'], []],
    ]);
  });
});

describe('quotation marks that broke', () => {
  const others = { before: 'Nom,Institution,Pays\nDIOP,Parquet,Sénégal\n', after: 'SY,Tribunal,Mali\nBA,"Cour, Dakar",Sénégal\n' };
  const mended = async (line: string) => {
    const rows = await rowsOf(`${others.before}${line}\n${others.after}`);
    expect(rows.at(-2)).toEqual([rows.length - 1, ['SY', 'Tribunal', 'Mali'], []]);
    expect(rows.at(-1)).toEqual([rows.length, ['BA', 'Cour, Dakar', 'Sénégal'], []]);
    return rows.slice(2, -2).map(([, ...rest]) => rest);
  };

  it('cost their own row and no other', async () => {
    expect(await mended('FALL,"Thiès,Sénégal')).toEqual([[['FALL', 'Thiès', 'Sénégal'], ['quotes']]]);
    expect(await mended('FALL,Thiès",Sénégal')).toEqual([[['FALL', 'Thiès', 'Sénégal'], ['quotes']]]);
    expect(await mended('FALL,Thiès,"Sénégal')).toEqual([[['FALL', 'Thiès', 'Sénégal'], ['quotes']]]);
    expect(await mended('"FALL,Thiès,Sénégal')).toEqual([[['FALL', 'Thiès', 'Sénégal'], ['quotes']]]);
    expect(await mended('FALL,"Cour "suprême" de Thiès",Sénégal')).toEqual([[['FALL', 'Cour "suprême" de Thiès', 'Sénégal'], ['quotes']]]);
    expect(await mended('FALL,5" disque,Sénégal')).toEqual([[['FALL', '5" disque', 'Sénégal'], ['quotes']]]);
    expect(await mended('FALL,"Thiès,Sénégal\nKA,Louga",Sénégal')).toEqual([
      [['FALL', 'Thiès', 'Sénégal'], ['quotes']],
      [['KA', 'Louga', 'Sénégal'], ['quotes']],
    ]);
    expect(await mended('FALL,"Thiès,Sénégal\nKA,Louga,Mali\nNDAO,Louga",Sénégal')).toEqual([
      [['FALL', 'Thiès', 'Sénégal'], ['quotes']],
      [['KA', 'Louga', 'Mali'], []],
      [['NDAO', 'Louga', 'Sénégal'], ['quotes']],
    ]);
  });

  it('at the end of the file, or of a cell without end, swallow nothing', async () => {
    expect(await rowsOf('a,b\n1,2\n3,"4')).toEqual([
      [1, ['a', 'b'], []],
      [2, ['1', '2'], []],
      [3, ['3', '4'], ['quotes']],
    ]);
    const rows = await rowsOf(`a,b\n"1,2\n${'x,y\n'.repeat(5_000)}3,"4"\n`);
    expect(rows).toHaveLength(5_003);
    expect(rows[1]).toEqual([2, ['1', '2'], ['quotes']]);
  });
});

describe('a pasted text', () => {
  it('is cut at tabs as a spreadsheet copies them, or at any delimiter', () => {
    expect(sourceOfText('Nom\tInstitution\r\nDIOP\t"Parquet\nde ""Dakar"""\r\n')).toMatchObject({
      ok: true,
      value: {
        format: 'paste',
        encoding: null,
        sheets: [{ rows: [{ cells: ['Nom', 'Institution'] }, { row: 2, cells: ['DIOP', 'Parquet de "Dakar"'] }] }],
      },
    });
    expect(sourceOfText('DIOP; Awa; Sénégal')).toMatchObject({ value: { sheets: [{ rows: [{ cells: ['DIOP', 'Awa', 'Sénégal'] }] }] } });
    expect(sourceOfText(' \r\n\t\n')).toMatchObject({ refusal: { code: 'table.empty' } });
  });
});

describe('the text of a cell', () => {
  it('has no sign that nobody sees, plain blanks only, and composed accents', () => {
    const hidden = [
      '\u200b',
      '\u200e',
      '\u200f',
      '\u202a',
      '\u202e',
      '\u2060',
      '\u2066',
      '\ufeff',
      '\u00ad',
      '\u061c',
      '\ufe0f',
      '\u{e0041}',
      '\u0000',
      '\u009d',
    ];
    for (const sign of hidden) expect(cellText(`${sign}DI${sign}OP${sign} Awa`), sign.codePointAt(0)!.toString(16)).toBe('DIOP Awa');
    for (const blank of ['\u00a0', '\u2009', '\u202f', '\u3000', '\t', '\n', '\r\n', '\u2028', '\u000b', '\u0085', '  '])
      expect(cellText(`${blank}Awa${blank}Marie${blank}`)).toBe('Awa Marie');
    expect(cellText('KONE\u0301')).toBe('KONÉ');
    expect(cellText('TRAOR\ufffd A?ssata')).toBe('TRAOR\ufffd A?ssata');
  });

  it('goes on after a hyphen at a line’s end, but not after a dash', () => {
    expect(cellText('Diallo-\nTraore')).toBe('Diallo-Traore');
    expect(cellText('Diallo\u2010 \r\n  Traore')).toBe('Diallo\u2010Traore');
    expect(cellText('Tri\u00ad\nbunal')).toBe('Tribunal');
    expect(cellText('Cour -\nDakar')).toBe('Cour - Dakar');
    expect(cellText('2025-\n2026')).toBe('2025- 2026');
  });
});

describe('what is no list', () => {
  it('is refused', async () => {
    expect(await codeOf(';;;\n;;;\n')).toBe('table.empty');
    expect(await codeOf(`${'a|'.repeat(1_001)}b\n`)).toBe('table.tooLarge');
  });
});

describe('a delimiter in a text that nobody quoted', () => {
  const joined = async (text: string) =>
    (await rowsOf(text)).filter(([, , repairs]) => (repairs as string[]).includes('joined')).map(([row, texts]) => [row, texts]);

  it('is joined where what columns hold elsewhere leaves one way', async () => {
    expect(await joined("Nom,Prénom,Pays,Institution\nDIOP,Awa,Sénégal,Cour d'appel, Dakar\nFALL,Ibra,Sénégal,TGI Thiès\n")).toEqual([
      [2, ['DIOP', 'Awa', 'Sénégal', "Cour d'appel, Dakar"]],
    ]);
    const list = [
      'Name,Institution,Email,Country',
      'Mendy,Court,am@example.org,Gambia',
      'Keita,Ministry,bk@example.org,Mali',
      'Sarr,Police,cs@example.org,Mali',
    ];
    const other = ['Name,Email,Institution,Country', 'Mendy,am@example.org,Court,Gambia', 'Keita,bk@example.org,Ministry,Mali'];
    expect(await joined([...other, 'Blair,jb@example.org,Court of Appeal,Banjul,Gambia'].join('\n'))).toEqual([
      [4, ['Blair', 'jb@example.org', 'Court of Appeal,Banjul', 'Gambia']],
    ]);
    expect(await joined([...list, 'Blair, John,Court, Banjul,jb@example.org,Gambia'].join('\n'))).toEqual([
      [5, ['Blair, John', 'Court, Banjul', 'jb@example.org', 'Gambia']],
    ]);
    expect(await joined([...list, 'Blair,Court,jb@example.org,Korea, South'].join('\n'))).toEqual([
      [5, ['Blair', 'Court', 'jb@example.org', 'Korea, South']],
    ]);
    expect(await joined('Nom;Fonction;Courriel\nDIOP;Juge;d@example.org\nFALL;Procureur; adjoint;f@example.org\n')).toEqual([
      [3, ['FALL', 'Procureur; adjoint', 'f@example.org']],
    ]);
    expect(await joined('Nom,Points,Note\nDIOP,12,A\nFALL,9,B\nSY,7,C\nBA,Awa,11,D\n')).toEqual([[5, ['BA,Awa', '11', 'D']]]);
  });

  it('in every row is one too, where nothing but it is followed by a blank', async () => {
    expect(await joined('Nom,Prénom,Lieu\nDIOP,Awa,Dakar, Sénégal\nFALL,Ibra,Thiès, Sénégal\n')).toEqual([
      [2, ['DIOP', 'Awa', 'Dakar, Sénégal']],
      [3, ['FALL', 'Ibra', 'Thiès, Sénégal']],
    ]);
  });

  it('leaves the row as it is where two ways are as good, and says so', async () => {
    expect(await joined('Nom,Fonction,Institution\nDIOP,Juge,TGI\nFALL,Juge,Cour\nSY,Greffier,en chef,Parquet\n')).toEqual([
      [4, ['SY', 'Greffier', 'en chef', 'Parquet']],
    ]);
    const list =
      'Name,Institution,Email\nMendy,Court,am@example.org\nKeita,Ministry,bk@example.org\nBlair,Court of Appeal,Banjul,jb@example.org\n';
    expect(await joined(list)).toEqual([[4, ['Blair', 'Court of Appeal', 'Banjul', 'jb@example.org']]]);
    expect(await joined(`a,b\n1,2\n3,4\n${'x,'.repeat(50)}y\n`)).toHaveLength(1);
    expect(await joined('Nom, Prénom, Pays\nDIOP, Awa, Mali\nFALL, Ibra, Mali\nSY, Ami, na, Togo\n')).toEqual([
      [4, ['SY', 'Ami', 'na', 'Togo']],
    ]);
  });

  it('is none where cells are blank, the row is short, or the heading is as long', async () => {
    for (const text of [
      'a,b\n1,2,,\n3,4\n',
      'a,b,c,\n1,2,3,\n1,2\n',
      'a,b,c\n1,2\n3,4\n5,6,7\n',
      'a\tb\n1\t2\n3\t4\t5\n',
      'titre\na,b\n1,2\n',
    ])
      expect(await joined(text), text).toEqual([]);
    expect(await joined('Nom,Pays\nDIOP,"Mali"\nFALL,Togo\n"SY","Mali","x, y"\n')).toEqual([[4, ['SY', 'Mali', 'x, y']]]);
  });
});

describe('a text whose lines were each put in quotation marks', () => {
  it('is cut within them', async () => {
    expect(await rowsOf('"Nom,""Prénom"",Pays"\n\n"DIOP,""Awa, Marie"",Sénégal"\n')).toEqual([
      [1, ['Nom', 'Prénom', 'Pays'], ['quotes']],
      [3, ['DIOP', 'Awa, Marie', 'Sénégal'], ['quotes']],
    ]);
    expect(await rowsOf('"DIOP Awa"\n"FALL Ibra"\n')).toEqual([
      [1, ['DIOP Awa'], []],
      [2, ['FALL Ibra'], []],
    ]);
  });
});
