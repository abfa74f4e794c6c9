import type { BlobStore } from '../stores/blobs/BlobStore.js';
import { folderBlobStore } from '../stores/blobs/folderBlobStore.js';
import { s3BlobStore, type S3BlobStoreOptions } from '../stores/blobs/s3BlobStore.js';
import type { Environment } from './parseArguments.js';
import { UsageError } from './UsageError.js';

/** Blob store of a server, as the command line names it. */
export type BlobSettings =
  { type: 'folder'; path: string } | ({ type: 's3' } & Omit<S3BlobStoreOptions, 'fetch'>);

/**
 * Reads the place of the contents of files: a folder, or `s3://BUCKET/PREFIX` with the credentials of the environment. Undefined
 * without one.
 *
 * @throws UsageError
 */
export function parseBlobStore(
  place: string | undefined,
  env: Environment,
): BlobSettings | undefined {
  const text = place ?? env['BLOB_STORE'];
  if (text === undefined) return undefined;
  if (!/^[a-z][a-z\d+.-]+:\/\//i.test(text)) return { type: 'folder', path: text };
  const [, bucket, path = ''] = /^s3:\/\/([^/?#]+)(?:\/([^?#]*))?$/.exec(text) ?? [];
  if (bucket === undefined)
    throw new UsageError('--blob-store must be a folder, or a bucket such as s3://BUCKET/PREFIX.');
  const prefix = path === '' || path.endsWith('/') ? path : `${path}/`;
  return { type: 's3', bucket, prefix, ...readCredentials(env) };
}

/** @throws UsageError */
function readCredentials(env: Environment) {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey)
    throw new UsageError(
      '--blob-store with a bucket needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    );
  const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  const endpoint = env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'];
  const sessionToken = env['AWS_SESSION_TOKEN'];
  return {
    accessKeyId,
    secretAccessKey,
    ...(region ? { region } : {}),
    ...(endpoint ? { endpoint } : {}),
    ...(sessionToken ? { sessionToken } : {}),
  };
}

/** @throws StoreError */
export async function openBlobStore(settings: BlobSettings): Promise<BlobStore> {
  return settings.type === 'folder' ? folderBlobStore(settings) : s3BlobStore(settings);
}
