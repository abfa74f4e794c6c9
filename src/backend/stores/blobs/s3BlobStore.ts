import type { AwsClient } from 'aws4fetch';
import { sleep } from '../../../common/sleep.js';
import { StoreError } from '../StoreError.js';
import type { BlobStore } from './BlobStore.js';
import { getBlobName, toHex } from './getBlobName.js';

/** Options for `s3BlobStore`. */
export interface S3BlobStoreOptions {
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Token of temporary credentials. */
  sessionToken?: string;
  /** @default 'us-east-1' */
  region?: string;
  /**
   * URL of an S3-compatible server, such as `https://minio.example`. The bucket is a part of its paths.
   * @default the server of AWS in the region
   */
  endpoint?: string;
  /** Start of the names of all objects, such as `chat/`. @default '' */
  prefix?: string;
  /** @default globalThis.fetch */
  fetch?: typeof globalThis.fetch;
}

type Method = 'GET' | 'PUT' | 'DELETE';

const ATTEMPTS = 4;
const FIRST_DELAY_MS = 200;
/** Time for one request. Large contents take minutes over slow connections. */
const TIMEOUT_MS = 300_000;

/**
 * Creates a blob store in a bucket of Amazon S3, or of a compatible service. Requests that fail because of the connection or
 * with 429 or 5xx are repeated. Needs the package `aws4fetch`.
 *
 * The credentials need the permissions to get, put, delete and list objects: without the last one, S3 answers 403 for a missing
 * object.
 *
 * @throws StoreError if an option is invalid or `aws4fetch` is not installed.
 * @example
 * const blobStore = await s3BlobStore({
 *   bucket: 'chat-files',
 *   region: 'eu-central-1',
 *   accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
 *   secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
 * });
 */
export async function s3BlobStore(options: S3BlobStoreOptions): Promise<BlobStore> {
  const { bucket, prefix = '', fetch = globalThis.fetch } = options;
  const baseUrl = getBaseUrl(options);
  const client = await openClient(options);

  async function sendOnce(method: Method, url: string, bytes?: Uint8Array): Promise<Response> {
    const signed = await client.sign(url, {
      method,
      // A view of shared memory cannot be a body.
      ...(bytes === undefined ? {} : { body: Uint8Array.from(bytes) }),
      headers: { 'x-amz-content-sha256': await hash(bytes ?? new Uint8Array()) },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return fetch(signed);
  }

  async function send(method: Method, fileId: string, bytes?: Uint8Array): Promise<Response> {
    const url = `${baseUrl}/${encodePath(`${prefix}${await getBlobName(fileId)}`)}`;
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await sendOnce(method, url, bytes);
        const isTransient = response.status === 429 || response.status >= 500;
        if (!isTransient || attempt === ATTEMPTS) return response;
        await response.body?.cancel();
      } catch (error) {
        if (attempt === ATTEMPTS) throw createFailure(bucket, String(error), error);
      }
      await sleep(FIRST_DELAY_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }

  return {
    async put(fileId, bytes) {
      const response = await send('PUT', fileId, bytes);
      if (!response.ok) throw await readFailure(bucket, response);
      await response.body?.cancel();
    },

    async get(fileId) {
      const response = await send('GET', fileId);
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      const failure = await readFailure(bucket, response);
      // A missing bucket is a 404, too.
      if (response.status === 404 && !failure.message.includes('NoSuchBucket')) return undefined;
      throw failure;
    },

    async remove(fileId) {
      const response = await send('DELETE', fileId);
      if (!response.ok && response.status !== 404) throw await readFailure(bucket, response);
      await response.body?.cancel();
    },
  };
}

/** @throws StoreError */
function getBaseUrl({ bucket, region = 'us-east-1', endpoint }: S3BlobStoreOptions): string {
  if (!/^[a-z0-9][a-z0-9._-]{1,62}$/.test(bucket))
    throw new StoreError(
      'failed',
      `The name of the bucket is invalid: ${JSON.stringify(bucket)}. It must have lower-case letters, digits, dots and hyphens.`,
    );
  const url = endpoint ?? `https://s3.${region}.amazonaws.com`;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new StoreError(
      'failed',
      'The endpoint of the bucket must be a URL that starts with https:// or http://.',
    );
  return `${url.replace(/\/+$/, '')}/${bucket}`;
}

/** Loads the library on demand, because only servers with such a store need it. @throws StoreError */
async function openClient({
  accessKeyId,
  secretAccessKey,
  sessionToken,
  region = 'us-east-1',
}: S3BlobStoreOptions): Promise<AwsClient> {
  if (accessKeyId === '' || secretAccessKey === '')
    throw new StoreError(
      'failed',
      'The bucket needs credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    );
  try {
    const library = await import('aws4fetch');
    return new library.AwsClient({
      accessKeyId,
      secretAccessKey,
      service: 's3',
      region,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    });
  } catch (error) {
    throw new StoreError(
      'failed',
      'A bucket needs the package `aws4fetch`. Install it: npm install aws4fetch.',
      { cause: error },
    );
  }
}

async function hash(bytes: Uint8Array): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)));
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

async function readFailure(bucket: string, response: Response): Promise<StoreError> {
  const text = await response.text().catch(() => '');
  const code = /<Code>([\w.]{1,100})<\/Code>/.exec(text)?.[1];
  return createFailure(bucket, `${response.status} ${code ?? response.statusText}`.trim());
}

function createFailure(bucket: string, reason: string, cause?: unknown): StoreError {
  return new StoreError(
    'failed',
    `The bucket ${bucket} cannot be used: ${reason}. Check its name, region, endpoint and credentials.`,
    { cause },
  );
}
