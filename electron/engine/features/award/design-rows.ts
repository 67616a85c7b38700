import { DESIGN_PICTURES, SIGNATORIES, type DesignPicture } from '../../../../shared/features/award/design-fields.ts';
import { USUAL_COLOURS } from '../../../../shared/features/award/design-colours.ts';
import type { CertificateDesign, PaperPicture } from '../../../../shared/features/paper/certificate-design.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { awardDesign } from '../../../../shared/model/award-design.ts';
import { recordColumns, type RecordRow } from '../../../../shared/model/records.ts';
import { textsOf } from '../../../../shared/model/title.ts';
import { partOf } from '../../../../shared/node/files/blob-store.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { EngineContext } from '../../context.ts';
import { pictureRow } from '../../files/needs.ts';
import { LARGEST_PICTURE } from '../../../../shared/features/award/picture.ts';

export type DesignRow = RecordRow<typeof awardDesign>;

const COLUMNS = recordColumns(awardDesign);

/** The designs that are known here, by name. */
export function designRows(reader: Reader): DesignRow[] {
  return reader.all<DesignRow>(`select ${COLUMNS} from awardDesign where live = 1 order by lower(coalesce(name, '~')), id`);
}

/** Returns the design with this id. Refuses `certificate.designUnknown`. */
export function foundDesign(reader: Reader, id: Id): Result<DesignRow, 'certificate.designUnknown'> {
  const row = reader.get<DesignRow>(`select ${COLUMNS} from awardDesign where id = ? and live = 1`, id);
  return row ? ok(row) : refuse('certificate.designUnknown');
}

/** A design with the bytes of its pictures, as a paper takes them. `isWhole`: all of them are on this laptop. */
export interface PrintedDesign {
  readonly design: CertificateDesign;
  readonly pictures: Readonly<Record<string, Uint8Array>>;
  readonly isWhole: boolean;
}

/** Returns a design as it is printed, with the pictures that are here. */
export async function printedDesign({ store, files }: Pick<EngineContext, 'store' | 'files'>, row: DesignRow): Promise<PrintedDesign> {
  const pictures: Record<string, Uint8Array> = {};
  const drawn: Partial<Record<DesignPicture, PaperPicture>> = {};
  let isWhole = true;
  for (const of of DESIGN_PICTURES) {
    if (row[of] === null) continue;
    const picture = pictureRow(store.reader, row.id, row[of]);
    const bytes = picture && files.has(picture.sha256) ? await partOf(files, picture.sha256, 0, LARGEST_PICTURE) : null;
    if (!picture || bytes === null) {
      isWhole = false;
      continue;
    }
    pictures[of] = bytes;
    drawn[of] = { name: of, format: picture.type === 'image/png' ? 'png' : 'jpg' };
  }
  const design = {
    main: row.main ?? USUAL_COLOURS.main,
    accent: row.accent ?? USUAL_COLOURS.accent,
    heading: textsOf(row.heading),
    body: textsOf(row.body),
    legal: textsOf(row.legal),
    logo: drawn.logo ?? null,
    signatories: SIGNATORIES.map(({ name, office, signature }) => ({
      name: row[name] ?? '',
      office: textsOf(row[office]),
      signature: drawn[signature] ?? null,
    })),
  };
  return { design, pictures, isWhole };
}
