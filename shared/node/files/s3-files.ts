import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { held, keyOf, pieceOf, stretches, type Piece, type Stretch } from './s3-pieces.ts';
import { abandonedUploads, type UnderWay, type UploadLimits } from './abandoned-uploads.ts';
import { FilesFault, checkedHash, checkedUpload, isUpload, type Finished, type RepositoryFiles } from './repository-files.ts';

/** Where the bucket is and who asks. */
export interface S3Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** In front of every name, for a bucket that holds other things too. */
  readonly prefix: string;
}

/** A body of the contract is one object. */
const PIECE = 4 << 20;
/** S3 wants 5 MiB at least for every part but the last; 10,000 parts make 80 GB. */
const UPLOAD_PART = 8 << 20;
const DELETED_AT_ONCE = 16;
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
  const { bucket: Bucket, prefix } = settings;
  const client = new S3Client({
    endpoint: settings.endpoint,
    region: settings.region,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    forcePathStyle: true,
    // Stores that are only compatible do not know the newer checksums; what is sent is covered by its signature, what is read by its SHA-256.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
  });
  const wholeKey = (sha256: string): string => `${prefix}files/${checkedHash(sha256)}`;
  const partialPrefix = (upload: string): string => {
    const { sha256, isOnesOwn } = checkedUpload(upload);
    return `${prefix}partial/${sha256}/${isOnesOwn ? `${upload.slice(65)}/` : ''}`;
  };

  async function size(sha256: string): Promise<number | null> {
    try {
      return (await client.send(new HeadObjectCommand({ Bucket, Key: wholeKey(sha256) }))).ContentLength ?? 0;
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }

  async function* listed(under: string): AsyncGenerator<{ Key: string; Size: number; at: number }> {
    let token: string | undefined;
    do {
      const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: under, ContinuationToken: token }));
      for (const { Key, Size, LastModified } of page.Contents ?? [])
        if (Key !== undefined) yield { Key, Size: Size ?? -1, at: LastModified?.getTime() ?? now() };
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  async function piecesOf(upload: string): Promise<Piece[]> {
    const pieces: Piece[] = [];
    const under = partialPrefix(upload);
    for await (const { Key, Size } of listed(under)) {
      // What one sender sends lies beside what another does.
      if (Key.slice(under.length).includes('/')) continue;
      const piece = pieceOf(Key);
      if (piece && piece.length === Size) pieces.push(piece);
    }
    return pieces;
  }

  async function remove(keys: readonly string[]): Promise<void> {
    for (let from = 0; from < keys.length; from += DELETED_AT_ONCE) {
      await Promise.all(keys.slice(from, from + DELETED_AT_ONCE).map((Key) => client.send(new DeleteObjectCommand({ Bucket, Key }))));
    }
  }

  async function bytesOf(Key: string, start: number, end: number): Promise<Readable> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, Range: `bytes=${start}-${end}` }));
    if (!(Body instanceof Readable)) throw new FilesFault('NoBody');
    return Body;
  }

  /** The bytes of stretches one after the other, in buffers of `UPLOAD_PART` bytes (the last one shorter). */
  async function* inParts(chosen: readonly Stretch[]): AsyncGenerator<Buffer> {
    let waiting: Buffer[] = [];
    let length = 0;
    for (const { key, skip, take } of chosen) {
      for await (const bytes of (await bytesOf(key, skip, skip + take - 1)) as AsyncIterable<Buffer>) {
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
  async function putTogether(sha256: string, chosen: readonly Stretch[], total: number): Promise<boolean> {
    const Key = wholeKey(sha256);
    const hash = createHash('sha256');
    if (total <= UPLOAD_PART) {
      const parts: Buffer[] = [];
      for await (const bytes of inParts(chosen)) parts.push(bytes);
      const Body = Buffer.concat(parts);
      if (hash.update(Body).digest('hex') !== sha256) return false;
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
      return true;
    }
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const upload = { Bucket, Key, UploadId };
    let done = false;
    try {
      const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
      for await (const Body of inParts(chosen)) {
        hash.update(Body);
        const PartNumber = Parts.length + 1;
        const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
        Parts.push({ PartNumber, ETag });
      }
      if (hash.digest('hex') !== sha256) return false;
      await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
      done = true;
      return true;
    } finally {
      // The first fault is the one to tell; what could not be given up is given up by `tidy`.
      if (!done) await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    }
  }

  async function finish(upload: string, total: number): Promise<Finished> {
    const { sha256, isOnesOwn } = checkedUpload(upload);
    if ((await size(sha256)) !== null) return isOnesOwn ? 'incomplete' : 'whole';
    const pieces = await piecesOf(upload);
    const chosen = stretches(pieces, total);
    if (held(pieces) < total) return 'incomplete';
    const good = await putTogether(sha256, chosen, total).catch(async (error: unknown) => {
      // Another process was quicker and has cleared the pieces away, or the answer that all is done got lost.
      if ((await size(sha256)) !== null) return true;
      if (isAbsent(error)) return null;
      throw error;
    });
    if (good === null) return 'incomplete';
    const used = pieces.map(({ key }) => key);
    // Pieces of a file that is whole are of no consequence: `tidy` takes what stays.
    await (good ? remove(used).catch(() => undefined) : remove(used));
    return good ? 'whole' : 'damaged';
  }

  async function tidy(limits: UploadLimits): Promise<void> {
    let known = { sha256: '', whole: false };
    const underWay = new Map<string, UnderWay & { readonly keys: string[] }>();
    for await (const { Key, Size, at } of listed(`${prefix}partial/`)) {
      const [sha256 = '', ...under] = Key.slice(prefix.length + 'partial/'.length).split('/');
      const upload = under.length === 2 ? `${sha256}-${under[0]}` : sha256;
      if (!isUpload(upload)) continue;
      if (known.sha256 !== sha256) known = { sha256, whole: (await size(sha256)) !== null };
      if (known.whole) {
        await remove([Key]);
        continue;
      }
      const before = underWay.get(upload);
      const keys = before?.keys ?? [];
      keys.push(Key);
      underWay.set(upload, { upload, bytes: (before?.bytes ?? 0) + Size, at: Math.max(before?.at ?? 0, at), keys });
    }
    for (const upload of abandonedUploads([...underWay.values()], limits)) await remove(underWay.get(upload)!.keys);
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: `${prefix}files/` }));
    for (const { Key, UploadId, Initiated } of Uploads) {
      if (Initiated && now() - Initiated.getTime() > ABANDONED)
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    }
  }

  return {
    piece: PIECE,
    size: (sha256) => faults(() => size(sha256)),
    partial: (upload) => faults(async () => ((await size(checkedUpload(upload).sha256)) === null ? held(await piecesOf(upload)) : 0)),
    append: (upload, offset, bytes) =>
      faults(async () => {
        const whole = await size(checkedUpload(upload).sha256);
        if (whole !== null) return whole;
        const digest = createHash('sha256').update(bytes).digest('hex');
        const Key = keyOf(partialPrefix(upload), offset, bytes.length, digest);
        if (bytes.length > 0) await client.send(new PutObjectCommand({ Bucket, Key, Body: bytes }));
        return held(await piecesOf(upload));
      }),
    finish: (upload, total) => faults(() => finish(upload, total)),
    read: (sha256, start, end) => faults(() => bytesOf(wholeKey(sha256), start, end)),
    tidy: (limits) => faults(() => tidy(limits)),
    check: () => faults(async () => void (await client.send(new HeadBucketCommand({ Bucket })))),
    close: () => client.destroy(),
  };
}

function isAbsent(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === 'NotFound' || name === 'NoSuchKey' || $metadata?.httpStatusCode === 404;
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
