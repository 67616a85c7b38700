import type { HeadingRank, ListField, NameOrder } from './headings.ts';

/** Headings of lists from countries whose language Itinera does not speak: where the four languages say nothing, these are looked up too. */
export const FURTHER_HEADINGS: readonly (readonly [ListField, HeadingRank, string])[] = [
  [
    'familyName',
    0,
    'nazwisko, příjmení, priezvisko, soyadı, soyad, soyisim, efternamn, efternavn, etternavn, achternaam, sukunimi, prezime, cognomi, familiennamen',
  ],
  ['familyName', 0, 'фамилия, прізвище, презиме, фамилно име, اسم العائلة, اللقب, اسم الأسرة'],
  ['givenName', 0, 'imię, imiona, křestní jméno, krstné meno, förnamn, fornavn, voornaam, voornamen, etunimi, prenume, vornamen, isim'],
  ['givenName', 0, 'имя, імя, ім’я, собствено име, الاسم الأول, الاسم الشخصي'],
  ['sex', 0, 'cinsiyet, cinsiyeti, płeć, pohlaví, geschlecht, sesso, geslacht, kjønn, kön, sukupuoli, spol, gen, пол, стать, الجنس, النوع'],
  ['civility', 0, 'unvan hitap, aanhef, titolo, titel'],
  [
    'profession',
    1,
    'görevi, görev, unvanı, unvan, meslek, mesleği, stanowisko, zawód, beruf, funktion, dienstbezeichnung, ruolo, qualifica, professione, funkce, povolání, functie, beroep',
  ],
  ['profession', 1, 'должность, посада, профессия, професія, длъжност, الوظيفة, المهنة, الصفة, المنصب'],
  [
    'country',
    0,
    'ülke, ülkesi, kraj, kraj pochodzenia, paese, nazione, země, krajina, zemlja, država, țara, maa, страна, країна, държава, البلد, الدولة',
  ],
  [
    'country',
    1,
    'uyruk, uyruğu, obywatelstwo, staatsangehörigkeit, nazionalità, cittadinanza, národnost, státní příslušnost, гражданство, громадянство, الجنسية',
  ],
  [
    'institution',
    0,
    'kurum, kurumu, kuruluş, instytucja, organizacja, einrichtung, organisationseinheit, istituzione, ente, instituce, organizace, instelling, ustanova',
  ],
  [
    'institution',
    1,
    'üniversite, üniversitesi, mahkeme, mahkemesi, sąd, uczelnia, gericht, behörde, università, tribunale, ufficio, soud, universiteit, rechtbank, birim, birimi',
  ],
  [
    'institution',
    1,
    'учреждение, организация, суд, установа, організація, институция, الجامعة, المؤسسة, الجهة, المحكمة, الوزارة, جهة العمل',
  ],
  ['language', 0, 'dil, język, sprache, lingua, jazyk, taal, язык, мова, език, اللغة'],
  [
    'email',
    0,
    'e-posta, eposta, e-posta adresi, e-mail-adresse, emailadresse, adres e-mail, adres email, posta elettronica, indirizzo email, indirizzo e-mail, e-mailadres, e-postadress',
  ],
  ['email', 0, 'электронная почта, почта, електронна пошта, пошта, имейл, البريد الإلكتروني, البريد الالكتروني, الإيميل, الايميل'],
];

/** Further headings of one column for the whole name, and which part its words put first. */
export const FURTHER_WHOLE_NAMES: readonly (readonly [NameOrder, string])[] = [
  [
    'givenFirst',
    'adı soyadı, ad soyad, ad soyadı, isim soyisim, imię i nazwisko, jméno a příjmení, meno a priezvisko, vorname nachname, vor- und nachname, ime i prezime, ime in priimek, nome e cognome, имя фамилия',
  ],
  [
    'familyFirst',
    'soyadı adı, nazwisko i imię, příjmení a jméno, nachname vorname, name vorname, cognome e nome, prezime i ime, nume și prenume, nume prenume, фамилия имя отчество, фамилия имя, прізвище ім’я по батькові',
  ],
];

/** Headings of whole names that tell no order. */
export const FURTHER_NEUTRAL_NAMES =
  'фио, ф. и. о., піб, п. і. б., nominativo, الاسم الكامل, الاسم واللقب, teilnehmer, katılımcı, uczestnik, partecipante';

/** Headings whose meaning hangs on the other columns, and which part they name beside the other: *Naam* beside *Voornaam* is the family name, *الاسم* beside *اللقب* the given name. */
export const FURTHER_AMBIGUOUS_NAMES = 'الاسم, الإسم, jméno, navn, naam, namn, nimi';
