import { describe, expect, it } from 'vitest';
import { listen } from '../../client/listen.js';
import { API_KEY, MODELS, runModel } from './modelServerHarness.js';

describe.each(MODELS)('a model server that redirects %s', (_, createModel) => {
  it.each([301, 302, 303, 307, 308])(
    'fails the run with status %i, and sends nothing to the other address',
    async (status) => {
      const followed: string[] = [];
      const target = await listen((request, response) => {
        followed.push(`${request.method} ${request.url}`);
        response.setHeader('content-type', 'application/json');
        response.end('{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}');
      });
      const requests: string[] = [];
      const baseUrl = await listen((request, response) => {
        requests.push(request.method ?? '');
        request.resume();
        response.writeHead(status, { location: `${target}/v2?key=secret` });
        response.end();
      });
      const { run } = await runModel(createModel({ baseUrl, apiKey: API_KEY }));
      expect(run).toMatchObject({
        status: 'failed',
        last_error: {
          code: 'server_error',
          message: expect.stringContaining(`redirects to ${target}/v2.`) as string,
        },
      });
      expect(run.last_error?.message).not.toContain('secret');
      expect({ requests, followed }).toEqual({ requests: ['POST'], followed: [] });
    },
  );
});
