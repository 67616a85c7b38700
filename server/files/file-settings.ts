import { ok, refuse, type Result } from '../../shared/kernel/result.ts';
import { FilesFault, type RepositoryFiles } from '../../shared/node/files/repository-files.ts';
import { openS3Files } from '../../shared/node/files/s3-files.ts';

const NEEDED = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

/**
 * The bucket that the environment names (S3_*), once it has answered; undefined where it names none. Refuses
 * `administration.s3Settings` when some of the settings are missing, `administration.s3Bucket` when the bucket cannot be used.
 */
export async function filesFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Result<RepositoryFiles | undefined>> {
  const missing = NEEDED.filter((name) => !env[name]);
  if (missing.length === NEEDED.length) return ok(undefined);
  if (missing.length > 0 || !URL.canParse(env['S3_ENDPOINT']!)) {
    return refuse('administration.s3Settings', { missing: missing.join(', ') || 'S3_ENDPOINT' });
  }
  const settings = {
    endpoint: env['S3_ENDPOINT']!,
    bucket: env['S3_BUCKET']!,
    region: env['S3_REGION']!,
    accessKeyId: env['S3_ACCESS_KEY_ID']!,
    secretAccessKey: env['S3_SECRET_ACCESS_KEY']!,
    prefix: prefixOf(env['S3_PREFIX'] ?? ''),
  };
  const files = openS3Files(settings, () => Date.now());
  try {
    await files.check();
  } catch (error) {
    files.close();
    if (!(error instanceof FilesFault)) throw error;
    return refuse('administration.s3Bucket', { bucket: settings.bucket, reason: error.code });
  }
  return ok(files);
}

function prefixOf(text: string): string {
  return text === '' || text.endsWith('/') ? text : `${text}/`;
}
