import type { Refused } from '../../kernel/result.ts';
import { PACK_REFUSALS } from '../../sync/pack/pack-format.ts';

// What the calls of sync refuse, by the way that is gone. A call names one of these lists where it goes that way.

/** The codes with which a repository refuses; a laptop in the room answers some of them as well. */
export const REPOSITORY_REFUSALS = [
  'sync.clockAhead',
  'sync.codeExpired',
  'sync.codeSpent',
  'sync.codeWrong',
  'sync.credentialUnknown',
  'sync.deviceRevoked',
  'sync.enrolLater',
  'sync.fileDamaged',
  'sync.fileNotHere',
  'sync.fileOffset',
  'sync.fileProofWrong',
  'sync.fileTooLong',
  'sync.fileUnknown',
  'sync.filesUnavailable',
  'sync.malformed',
  'sync.mediaType',
  'sync.packTooCostly',
  'sync.packUnresolved',
  'sync.proofWrong',
  'sync.quotaReached',
  'sync.rangeWrong',
  'sync.replicaUnknown',
  'sync.repositoryBusy',
  'sync.repositoryFailed',
  'sync.routeUnknown',
  'sync.senderWrong',
  'sync.sessionEnded',
  'sync.signatureWrong',
  'sync.tooLarge',
] as const;

/** The codes with which an exchange with a repository, or enrolling with one, is refused. */
export const EXCHANGE_REFUSALS = [
  ...REPOSITORY_REFUSALS,
  ...PACK_REFUSALS,
  'job.cancelled',
  'sync.answerWrong',
  'sync.codeMistyped',
  'sync.dailyLimit',
  'sync.enrolUnreachable',
  'sync.fileDamagedHere',
  'sync.interrupted',
  'sync.notEnrolled',
  'sync.plainHttp',
  'sync.repositoryOlder',
  'sync.unreachable',
] as const;
export type ExchangeRefusal = (typeof EXCHANGE_REFUSALS)[number];

/** The codes with which this laptop's door in the room is not opened. */
export const LAN_DOOR_REFUSALS = ['sync.lanCannotListen', 'sync.lanPortTaken'] as const;
export type LanDoorRefusal = (typeof LAN_DOOR_REFUSALS)[number];

/** The codes with which pairing or an exchange in the room is refused. */
export const LAN_REFUSALS = [
  ...PACK_REFUSALS,
  'job.cancelled',
  'sync.answerWrong',
  'sync.fileDamaged',
  'sync.fileDamagedHere',
  'sync.fileOffset',
  'sync.fileUnknown',
  'sync.interrupted',
  'sync.lanAddressUnknown',
  'sync.lanAddressWrong',
  'sync.lanBusy',
  'sync.lanFailed',
  'sync.lanFingerprint',
  'sync.lanNoPairing',
  'sync.lanNotAdmitted',
  'sync.lanOurselves',
  'sync.lanPairingLost',
  'sync.lanPeerUnknown',
  'sync.lanRefused',
  'sync.lanRevoked',
  'sync.lanStranger',
  'sync.lanUnreachable',
  'sync.lanVersion',
  'sync.malformed',
  'sync.replicaUnknown',
  'sync.routeUnknown',
  'sync.signatureWrong',
  'sync.tooLarge',
] as const;
export type LanRefusal = (typeof LAN_REFUSALS)[number];

/** The codes with which writing a file for a stick, or reading one, is refused. */
export const USB_REFUSALS = [
  'file.missing',
  'file.notWritable',
  'file.unreadable',
  'job.cancelled',
  'usb.altered',
  'usb.authorUnknown',
  'usb.cut',
  'usb.fileDamaged',
  'usb.foreign',
  'usb.full',
  'usb.gone',
  'usb.isBackup',
  'usb.malformed',
  'usb.newer',
  'usb.notCertified',
  'usb.notForUs',
  'usb.notOurs',
  'usb.readOnly',
  'usb.recipientUnknown',
  'usb.revoked',
  'usb.sinceUnknown',
  'usb.spaceUnknown',
  'usb.tooLarge',
  'usb.tooManyRecords',
  'usb.unvouched',
] as const;
export type UsbRefusal = (typeof USB_REFUSALS)[number];

/** The codes with which making a backup, looking at one or putting one in the place of the store is refused. */
export const BACKUP_REFUSALS = [
  'file.missing',
  'library.damaged',
  'library.missing',
  'storage.full',
  'storage.readOnly',
  'storage.unreadable',
  'store.accountForeign',
  'store.backupAltered',
  'store.backupFailed',
  'store.backupTooLarge',
  'store.damaged',
  'store.inUse',
  'store.newer',
  'store.notABackup',
] as const;
export type BackupRefusal = (typeof BACKUP_REFUSALS)[number];

/** A refusal as others write it. */
interface SaidRefusal {
  readonly code: string;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A refusal that came over the wire, among those of the way it came. What a newer program says and this one does not know stays as it was said, so that a
 * general sentence can name it: nothing here goes by it.
 */
export function refusedThere<C extends string>({ code, details = {} }: SaidRefusal): Refused<C> {
  return { ok: false, refusal: { code: code as C, details } };
}
