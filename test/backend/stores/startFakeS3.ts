import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Server that behaves like a bucket of S3 as far as `s3BlobStore` uses it. */
export interface FakeS3 {
  url: string;
  objects: Map<string, Buffer>;
  /** Statuses of the next responses, in place of normal ones. */
  failures: number[];
  /** Requests without a complete signature, or whose body does not have the signed hash. */
  problems: string[];
  close(): Promise<void>;
}

const SIGNATURE =
  /^AWS4-HMAC-SHA256 Credential=key-id\/\d{8}\/eu-test-1\/s3\/aws4_request, SignedHeaders=\S*host;x-amz-content-sha256;x-amz-date\S*, Signature=[0-9a-f]{64}$/;

/** Starts the server, with one bucket. */
export async function startFakeS3(bucket: string): Promise<FakeS3> {
  const objects = new Map<string, Buffer>();
  const failures: number[] = [];
  const problems: string[] = [];

  function findProblem({ headers }: IncomingMessage, body: Buffer): string | undefined {
    if (!SIGNATURE.test(headers.authorization ?? '')) return 'The signature is missing.';
    const hash = createHash('sha256').update(body).digest('hex');
    return headers['x-amz-content-sha256'] === hash ? undefined : 'The hash is wrong.';
  }

  function answer(method: string, path: string, body: Buffer): [status: number, body: Buffer] {
    if (!path.startsWith(`/${bucket}/`))
      return [404, Buffer.from('<Error><Code>NoSuchBucket</Code></Error>')];
    if (method === 'PUT') objects.set(path, body);
    if (method === 'DELETE') objects.delete(path);
    const found = objects.get(path);
    if (method !== 'GET') return [method === 'PUT' ? 200 : 204, Buffer.alloc(0)];
    return found === undefined
      ? [404, Buffer.from('<Error><Code>NoSuchKey</Code></Error>')]
      : [200, found];
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const problem = findProblem(request, body);
      if (problem !== undefined) problems.push(problem);
      const failure = failures.shift();
      const [status, content] =
        failure === undefined
          ? answer(request.method ?? '', request.url ?? '', body)
          : [failure, Buffer.from('<Error><Code>Failure</Code></Error>')];
      response.writeHead(problem === undefined ? status : 403).end(content);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Servers that listen on a port have an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    objects,
    failures,
    problems,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
