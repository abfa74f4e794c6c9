import { createBackend } from '../../src/backend/backend.js';
import type { Scenario } from '../../src/backend/models/scenario.js';
import type { Line } from '../../src/backend/models/script.js';
import { scriptedModel } from '../../src/backend/models/scriptedModel.js';
import { operationIds, operationPaths } from '../../src/protocol/operationPaths.js';
import type { OperationId } from '../../src/protocol/types.js';

/** A function that both foreign clients are given, and how it is described. */
export const GET_WEATHER = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'The weather of a city.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

/** Answers text with text, and a question about the weather with two calls, and then with text. */
export const SCENARIO: Scenario = [
  {
    when: 'weather',
    say: [
      'Let me look. ',
      { call: 'get_weather', with: { city: 'Paris' } },
      { call: 'get_weather', with: { city: 'Tokyo' } },
    ],
    after: ({ outputs }) => outputs.map(({ output }) => output).join(' and '),
  },
  { when: 'stall', say: ['Well', { stall: true }] },
  { when: 'fail', say: ['Well', { fail: 'rate_limit_exceeded', message: 'Slow down.' }] },
  {
    when: 'look up',
    say: ['One moment. ', { search: 'content of the notes' }],
    after: ({ found }) => found.flatMap((passage): Line[] => [
      passage.text,
      { cite: { id: passage.fileId, filename: passage.filename }, quote: passage.text },
    ]),
  },
  { when: 'file', say: ['Here: ', { attach: 'a.txt', content: 'made' }, ' as in ', { cite: 'a.txt' }, '.'] },
  { say: ({ text }) => `You said: ${text}` },
];

/** A backend for a client that is not ours: its `fetch` in process, and the operations that the client has called. */
export function foreignBackend() {
  const backend = createBackend({ model: scriptedModel(SCENARIO), keys: ['sk-test'] });
  const called = new Set<OperationId>();
  return {
    backend,
    called,
    fetch: async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const request = new Request(url, init);
      const operation = operationOf(request);
      if (operation !== undefined) called.add(operation);
      return backend.fetch(request);
    },
  };
}

function operationOf({ method, url }: Request): OperationId | undefined {
  const path = new URL(url).pathname.replace(/^\/v1/, '');
  const fits = operationIds.filter((id) => {
    const pattern = operationPaths[id].path.replaceAll(/\{\w+\}/g, '[^/]+');
    return operationPaths[id].method === method && new RegExp(`^${pattern}$`).test(path);
  });
  // `/threads/runs` is the one path that another pattern takes as well.
  return fits.find((id) => !operationPaths[id].path.includes('{')) ?? fits[0];
}
