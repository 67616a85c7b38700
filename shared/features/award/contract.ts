import { z } from 'zod';
import { job, reads, writes } from '../../contract/call.ts';
import * as shape from '../../contract/shapes.ts';
import { AWARD_KINDS } from '../../model/vocabularies.ts';
import { MISSES } from './award-rules.ts';
import { LONGEST_PAGE_ADDRESS, PAGE_ADDRESS } from '../../kernel/page-address.ts';

const kind = z.enum(AWARD_KINDS);
/** The longest text that is read as a certificate, in characters. */
export const LONGEST_TOLD = 20_000;

/**
 * The demands of a certificate. `threshold`: as in `attendance.summary`. `requirePostTest`: that a post-test of theirs is in (left out: for all kinds but attendance). `passMark`: the
 * share of right answers, in percent, that each of theirs must reach.
 */
const demanded = {
  kind: kind.default('attendance'),
  threshold: z.number().positive().max(100).optional(),
  requirePostTest: z.boolean().optional(),
  passMark: z.number().min(0).max(100).optional(),
};

/** How certificates are told as Open Badges. `language`: left out, the first of the workshop. `address`: each badge then leads to that page, as the code on the paper does. */
const told = { language: shape.language.optional(), address: z.string().max(LONGEST_PAGE_ADDRESS).regex(PAGE_ADDRESS).optional() };
const written = { path: z.string(), bytes: z.int(), sha256: z.string() };

/** Why somebody does not reach it: `count` half-days more would have been enough; `percent`: the lowest of their tests. */
const miss = z.object({ why: z.enum(MISSES), count: z.int().optional(), percent: z.number().optional() });

const issued = z.object({
  number: z.string(),
  kind,
  /** As it is printed; '' where the person was erased. */
  name: z.string(),
  issuedOn: shape.dayShown,
  /** '' where it was reached. */
  exception: z.string(),
  /** The number of the one in whose place it stands; '' for none. */
  replaces: z.string(),
  /** '' while it stands. */
  revokedOn: shape.dayShown,
  revokedReason: z.string(),
});
export type IssuedAward = z.infer<typeof issued>;

const people = z.array(shape.id).max(5_000).optional();
const reason = z.string().trim().min(1).max(2_000);

export const awardContract = {
  /**
   * Everybody on the list, in its order: what they miss of a certificate (nothing: they reach it), the one that stands for them, and what issuing would do for them: `new`, `same`,
   * `reissue` (theirs bears another name), or null: nothing.
   */
  'certificate.standing': reads(
    ['award', 'attendance', 'people', 'activity', 'evaluation'],
    z.strictObject({ activityId: shape.id, ...demanded }),
    z.object({
      threshold: z.number(),
      /** How many half-days were held. */
      held: z.int(),
      people: z.array(
        z.object({
          personId: shape.id,
          /** As it would be printed. */
          name: z.string(),
          attended: z.int(),
          misses: z.array(miss),
          does: z.enum(['new', 'same', 'reissue']).nullable(),
          standing: issued.nullable(),
        }),
      ),
      /** Certificates of this kind that stand no more, the latest first. */
      revoked: z.array(issued),
    }),
    ['activity.unknown'],
  ),
  /**
   * Issues certificates to who reaches them, and to whom `exceptions` name with a reason; `people`: to these alone. Who has one that stands keeps its number; a corrected name is
   * another certificate, and theirs is revoked. `apply` false: says what it would do, with the numbers that they would have.
   */
  'certificate.issue': writes(
    z.strictObject({
      activityId: shape.id,
      ...demanded,
      exceptions: z
        .array(z.strictObject({ personId: shape.id, reason }))
        .max(5_000)
        .optional(),
      people,
      issuedOn: shape.day.optional(),
      apply: z.boolean(),
    }),
    z.object({
      applied: z.boolean(),
      eligible: z.array(
        z.object({
          personId: shape.id,
          number: z.string(),
          name: z.string(),
          does: z.enum(['new', 'same', 'reissue']),
          /** The number that is revoked with it; '' for none. */
          replaces: z.string(),
        }),
      ),
      /** `reason`: the first of `misses`. `number`: of one that stands all the same; '' for none. */
      refused: z.array(z.object({ personId: shape.id, reason: z.enum(MISSES), misses: z.array(miss), number: z.string() })),
    }),
    ['activity.unknown', 'certificate.nameMissing', 'certificate.personUnknown'],
  ),
  /** Every certificate of a workshop, the latest first. `token`: what its QR code says, signed by this laptop; '' where it does not stand. */
  'certificate.list': reads(
    ['award', 'people', 'activity'],
    z.strictObject({ activityId: shape.id, kind: kind.optional(), language: shape.language.optional() }),
    z.array(issued.extend({ personId: shape.id, token: z.string() })),
    ['activity.unknown'],
  ),
  /**
   * Whether a certificate is genuine, by the digits of its code or by its Open Badge: as `token`, or in the file `path`. `valid`: it is in this laptop's records and stands, as these were at `asOf`. `revoked`: it is there and stands no more.
   * `unknown`: its issuer is not known here (`why`: `issuer`), or is, and the certificate is not in the records here, nor is what became of it (`elsewhere`).
   * `forged`: its signature is not its issuer's, or the records here say something else under its number. What is no certificate of this program is `forged` as well.
   */
  'certificate.verify': reads(
    ['award', 'sync'],
    z
      .strictObject({ token: z.string().max(LONGEST_TOLD).optional(), path: shape.path.optional() })
      .refine(({ token, path }) => (token === undefined) !== (path === undefined), { error: 'token or path' }),
    z.object({
      result: z.enum(['valid', 'revoked', 'unknown', 'forged']),
      /** When this laptop's records were last brought up to date, ISO 8601; null where they never were. */
      asOf: z.string().nullable(),
      why: z.enum(['issuer', 'elsewhere', '']),
      /** What it certifies, where its signature holds; else ''. */
      number: z.string(),
      kind: kind.nullable(),
      name: z.string(),
      title: z.string(),
      issuedOn: shape.dayShown,
      /** Who signed it, as their certificate says. */
      issuer: z.string(),
      revokedOn: shape.dayShown,
      revokedReason: z.string(),
    }),
    ['file.missing', 'file.unreadable'],
  ),
  /** Writes a certificate that stands as an Open Badge, signed by this laptop: a file for wallets and other programs. */
  'certificate.badge': job(z.strictObject({ number: z.string().max(100), path: shape.path, ...told }), z.object(written), [
    ...['certificate.numberWrong', 'certificate.revokedAlready', 'certificate.unknown'],
    'file.notWritable',
  ] as const),
  /** Writes the certificates of a kind that stand in a workshop as Open Badges into the folder `path`, called by their numbers; `people`: theirs alone. `sha256` is of all of them. */
  'certificate.badges': job(
    z.strictObject({ activityId: shape.id, kind: demanded.kind, people, path: shape.path, ...told }),
    z.object({ ...written, files: z.int() }),
    ['activity.unknown', 'document.empty', 'file.notWritable'],
  ),
  /** Revokes a certificate by its number, however it is typed. It stays in the records, with the reason; the person may be issued another one. */
  'certificate.revoke': writes(z.strictObject({ number: z.string().max(100), reason }), shape.done, [
    'certificate.numberWrong',
    'certificate.revokedAlready',
    'certificate.unknown',
  ]),
  /**
   * Writes the page that verifies certificates with no network, as this laptop knows things (`docs/verification-page.md`). `institution`: who issues them, as the page calls
   * them; left out: the repository's host, or this laptop's user.
   */
  'certificate.page': job(z.strictObject({ path: shape.path, institution: shape.line.optional() }), z.object(written), [
    'certificate.pageFull',
    'file.notWritable',
  ]),
};
