/** An upload that a place for files holds, by the name of `checkedUpload`. */
export interface UnderWay {
  readonly upload: string;
  readonly bytes: number;
  /** When bytes of it came last (milliseconds). */
  readonly at: number;
}

/** The limits of uploads under way. */
export interface UploadLimits {
  /** Goes where nothing of it has come since (milliseconds). */
  readonly since: number;
  /** Bytes of one sender; beyond them the oldest go. */
  readonly ofOneSender: number;
}

/**
 * Returns the uploads that are given up: nobody has gone on with them for too long, or their sender has more on its way than may lie here. Their senders begin
 * them anew.
 */
export function abandonedUploads(underWay: readonly UnderWay[], { since, ofOneSender }: UploadLimits): string[] {
  const left = new Map<string, number>();
  return underWay
    .toSorted((a, b) => b.at - a.at || (a.upload < b.upload ? -1 : 1))
    .filter(({ upload, bytes, at }) => {
      const sender = senderOf(upload);
      const kept = (left.get(sender) ?? 0) + bytes;
      if (at < since || kept > ofOneSender) return true;
      left.set(sender, kept);
      return false;
    })
    .map(({ upload }) => upload);
}

/** Returns whose an upload is; one of an older program, with which anybody could go on, is nobody's: each by itself. */
function senderOf(upload: string): string {
  return upload.slice(65) || upload;
}
