import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { pieceOf, type Piece } from './s3-pieces.ts';
import { FilesFault, checkedHash, checkedUpload } from './repository-files.ts';

/** The address and credentials of a bucket. */
export interface S3Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** In front of every name, for a bucket that holds other things too. */
  readonly prefix: string;
}

const DELETED_AT_ONCE = 16;

/** The objects of a bucket, by the names that the repository's files have in it. */
export interface Bucket {
  readonly client: S3Client;
  /** Which bucket, as every command wants it said. */
  readonly at: { readonly Bucket: string };
  readonly prefix: string;
  wholeKey(sha256: string): string;
  partialPrefix(upload: string): string;
  /** How many bytes a file that is whole has; null: it is not there. */
  size(sha256: string): Promise<number | null>;
  listed(under: string): AsyncGenerator<{ Key: string; Size: number; at: number }>;
  piecesOf(upload: string): Promise<Piece[]>;
  remove(keys: readonly string[]): Promise<void>;
  bytesOf(Key: string, start: number, end: number): Promise<Readable>;
}

/** The bucket that the settings name; nothing is asked of it yet. */
export function openBucket(settings: S3Settings, now: () => number): Bucket {
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

  return { client, at: { Bucket }, prefix, wholeKey, partialPrefix, size, listed, piecesOf, remove, bytesOf };
}

/** Whether a fault says that there is no such object. */
export function isAbsent(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === 'NotFound' || name === 'NoSuchKey' || $metadata?.httpStatusCode === 404;
}
