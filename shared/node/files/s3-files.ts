import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { held, keyOf, stretches, type Stretch } from './s3-pieces.ts';
import { abandonedUploads, type UnderWay, type UploadLimits } from './abandoned-uploads.ts';
import { FilesFault, checkedUpload, isUpload, type Finished, type RepositoryFiles } from './repository-files.ts';
import { isAbsent, openBucket, type Bucket, type S3Settings } from './s3-bucket.ts';

/** A body of the contract is one object. */
const PIECE = 4 << 20;
/** S3 wants 5 MiB at least for every part but the last; 10,000 parts make 80 GB. */
const UPLOAD_PART = 8 << 20;
/** An upload that has stood open this long has no process any more. */
const ABANDONED = 24 * 3_600_000;

/** A bucket of an S3-compatible store. `check` throws a `FilesFault` when it cannot be used. */
export interface S3Files extends RepositoryFiles {
  check(): Promise<void>;
  close(): void;
}

/**
 * The repository's files in a bucket: `files/<sha256>`, and `partial/<sha256>/<offset>-<length>-<digest>` for what is on its way. A piece is written
 * whole under a name that says its bytes, so no writer ever changes what another has put, and processes need no state of their own: what is held
 * is what the list of pieces covers. The whole is put together by reading the pieces once, hashing what is sent on; the object appears only
 * when the hash is its name.
 */
export function openS3Files(settings: S3Settings, now: () => number): S3Files {
  const bucket = openBucket(settings, now);

  return {
    piece: PIECE,
    size: (sha256) => faults(() => bucket.size(sha256)),
    partial: (upload) =>
      faults(async () => ((await bucket.size(checkedUpload(upload).sha256)) === null ? held(await bucket.piecesOf(upload)) : 0)),
    append: (upload, offset, bytes) =>
      faults(async () => {
        const whole = await bucket.size(checkedUpload(upload).sha256);
        if (whole !== null) return whole;
        const digest = createHash('sha256').update(bytes).digest('hex');
        const Key = keyOf(bucket.partialPrefix(upload), offset, bytes.length, digest);
        if (bytes.length > 0) await bucket.client.send(new PutObjectCommand({ ...bucket.at, Key, Body: bytes }));
        return held(await bucket.piecesOf(upload));
      }),
    finish: (upload, total) => faults(() => finish(bucket, upload, total)),
    read: (sha256, start, end) => faults(() => bucket.bytesOf(bucket.wholeKey(sha256), start, end)),
    tidy: (limits) => faults(() => tidy(bucket, limits, now)),
    check: () => faults(async () => void (await bucket.client.send(new HeadBucketCommand({ ...bucket.at })))),
    close: () => bucket.client.destroy(),
  };
}

/** The bytes of stretches one after the other, in buffers of `UPLOAD_PART` bytes (the last one shorter). */
async function* inParts(bucket: Bucket, chosen: readonly Stretch[]): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for (const { key, skip, take } of chosen) {
    for await (const bytes of (await bucket.bytesOf(key, skip, skip + take - 1)) as AsyncIterable<Buffer>) {
      waiting.push(bytes);
      length += bytes.length;
      while (length >= UPLOAD_PART) {
        const joined = Buffer.concat(waiting);
        yield joined.subarray(0, UPLOAD_PART);
        waiting = [joined.subarray(UPLOAD_PART)];
        length -= UPLOAD_PART;
      }
    }
  }
  if (length > 0) yield Buffer.concat(waiting);
}

/** Sends the stretches on as the object, which appears only when their SHA-256 is its name; false when it is not. */
async function putTogether(bucket: Bucket, sha256: string, chosen: readonly Stretch[], total: number): Promise<boolean> {
  const Key = bucket.wholeKey(sha256);
  const hash = createHash('sha256');
  if (total <= UPLOAD_PART) {
    const parts: Buffer[] = [];
    for await (const bytes of inParts(bucket, chosen)) parts.push(bytes);
    const Body = Buffer.concat(parts);
    if (hash.update(Body).digest('hex') !== sha256) return false;
    await bucket.client.send(new PutObjectCommand({ ...bucket.at, Key, Body }));
    return true;
  }
  const { UploadId } = await bucket.client.send(new CreateMultipartUploadCommand({ ...bucket.at, Key }));
  const upload = { ...bucket.at, Key, UploadId };
  let done = false;
  try {
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for await (const Body of inParts(bucket, chosen)) {
      hash.update(Body);
      const PartNumber = Parts.length + 1;
      const { ETag } = await bucket.client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
      Parts.push({ PartNumber, ETag });
    }
    if (hash.digest('hex') !== sha256) return false;
    await bucket.client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    done = true;
    return true;
  } finally {
    // The first fault is the one to tell; what could not be given up is given up by `tidy`.
    if (!done) await bucket.client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
  }
}

/** Puts a file together of its pieces, where all of them are there. */
async function finish(bucket: Bucket, upload: string, total: number): Promise<Finished> {
  const { sha256, isOnesOwn } = checkedUpload(upload);
  if ((await bucket.size(sha256)) !== null) return isOnesOwn ? 'incomplete' : 'whole';
  const pieces = await bucket.piecesOf(upload);
  const chosen = stretches(pieces, total);
  if (held(pieces) < total) return 'incomplete';
  const good = await putTogether(bucket, sha256, chosen, total).catch(async (error: unknown) => {
    // Another process was quicker and has cleared the pieces away, or the answer that all is done got lost.
    if ((await bucket.size(sha256)) !== null) return true;
    if (isAbsent(error)) return null;
    throw error;
  });
  if (good === null) return 'incomplete';
  const used = pieces.map(({ key }) => key);
  // Pieces of a file that is whole are of no consequence: `tidy` takes what stays.
  await (good ? bucket.remove(used).catch(() => undefined) : bucket.remove(used));
  return good ? 'whole' : 'damaged';
}

/** Takes out what uploads left that nobody goes on with. */
async function tidy(bucket: Bucket, limits: UploadLimits, now: () => number): Promise<void> {
  let known = { sha256: '', whole: false };
  const underWay = new Map<string, UnderWay & { readonly keys: string[] }>();
  for await (const { Key, Size, at } of bucket.listed(`${bucket.prefix}partial/`)) {
    const [sha256 = '', ...under] = Key.slice(bucket.prefix.length + 'partial/'.length).split('/');
    const upload = under.length === 2 ? `${sha256}-${under[0]}` : sha256;
    if (!isUpload(upload)) continue;
    if (known.sha256 !== sha256) known = { sha256, whole: (await bucket.size(sha256)) !== null };
    if (known.whole) {
      await bucket.remove([Key]);
      continue;
    }
    const before = underWay.get(upload);
    const keys = before?.keys ?? [];
    keys.push(Key);
    underWay.set(upload, { upload, bytes: (before?.bytes ?? 0) + Size, at: Math.max(before?.at ?? 0, at), keys });
  }
  for (const upload of abandonedUploads([...underWay.values()], limits)) await bucket.remove(underWay.get(upload)!.keys);
  const { Uploads = [] } = await bucket.client.send(new ListMultipartUploadsCommand({ ...bucket.at, Prefix: `${bucket.prefix}files/` }));
  for (const { Key, UploadId, Initiated } of Uploads) {
    if (Initiated && now() - Initiated.getTime() > ABANDONED)
      await bucket.client.send(new AbortMultipartUploadCommand({ ...bucket.at, Key, UploadId }));
  }
}

async function faults<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FilesFault || error instanceof RangeError) throw error;
    const { name, code } = error as { name?: string; code?: string };
    throw new FilesFault(code ?? name ?? 'unknown', error);
  }
}
