import { describe, expect, it, vi } from 'vitest';
import { createAssistantsClient } from '../../src/client/createAssistantsClient.js';
import { normalizeResponse } from '../../src/client/normalize.js';
import { operationIds } from '../../src/protocol/operationPaths.js';
import { parseTime } from '../../src/protocol/parseTime.js';
import type { Message } from '../../src/protocol/types.js';
import { sampleObjects } from '../mutants/sampleObjects.js';
import { getRejection } from './recordingFetch.js';

function createRespondingClient(response: unknown, createClient = createAssistantsClient) {
  return createClient({
    baseUrl: 'https://host.test/v1',
    retry: 0,
    fetch: async () => (response instanceof Response ? response : Response.json(response)),
  });
}

/** Reads a message of which a server changed some fields. */
async function readMessage(changes: object): Promise<Message> {
  return createRespondingClient({ ...sampleObjects.message, ...changes }).getMessage({
    threadId: 'thread_1',
    messageId: 'msg_2',
  });
}

it.each(operationIds.filter((id) => !id.startsWith('delete') && id !== 'getFileContent'))(
  'finds the shape of the objects that %s returns',
  async (operationId) => {
    const object = { id: 'id_1', status: 'completed', data: [] };
    const response = operationId.startsWith('list') ? { data: [object] } : object;
    expect(await normalizeResponse(operationId, {}, response)).toMatchObject(response);
  },
);

describe('times', () => {
  it.each([
    ['seconds', 1_764_406_800],
    ['fractional seconds', 1_764_406_800.75],
    ['milliseconds', 1_764_406_800_123],
    ['microseconds', 1_764_406_800_123_456],
    ['nanoseconds', 1_764_406_800_123_456_800],
    ['a number in a string', '1764406800'],
    ['a date with a time zone', '2025-11-29T10:00:00+01:00'],
    ['a date of a Python server', '2025-11-29T09:00:00.123456'],
    ['a date with a space', '2025-11-29 09:00:00Z'],
  ])('are read from %s', (_, value) => {
    expect(parseTime(value)).toBe(1_764_406_800);
  });

  it.each([-1, NaN, Infinity, 1e300, '', 'yesterday', null, {}, true])(
    'are not read from %j',
    (value) => {
      expect(parseTime(value)).toBeUndefined();
    },
  );
});

describe('messages of other servers', () => {
  it.each([
    ['a string', 'Hello'],
    ['a list of strings', ['Hello']],
    ['a text that is a string', [{ type: 'text', text: 'Hello' }]],
    ['a text without annotations', [{ type: 'text', text: { value: 'Hello' } }]],
    ['a part without a type', [{ text: { value: 'Hello', annotations: null } }]],
    [
      'an annotation that is null',
      [{ type: 'text', text: { value: 'Hello', annotations: [null] } }],
    ],
  ])('have their text: %s', async (_, content) => {
    const { content: repaired } = await readMessage({ content });
    expect(repaired).toEqual([{ type: 'text', text: { value: 'Hello', annotations: [] } }]);
  });

  it('keep parts that cannot be read, with an unknown type', async () => {
    const { content } = await readMessage({
      content: [{ type: 'image_file', image_file: {} }, null],
    });
    expect(content).toEqual([{ type: 'unknown', image_file: {} }]);
  });

  it('get the ids of the request and null for missing fields', async () => {
    const message = await createRespondingClient({ id: 'msg_1', content: 'Hi' }).getMessage({
      threadId: 'thread_7',
      messageId: 'msg_1',
    });
    expect(message).toMatchObject({
      thread_id: 'thread_7',
      object: 'thread.message',
      run_id: null,
      metadata: null,
    });
  });
});

it('reads lists without object, cursors and has_more, and lists that are the response itself', async () => {
  const { data, has_more } = await createRespondingClient({ data: [sampleObjects.run] }).listRuns({
    threadId: 't',
  });
  expect([data, has_more]).toEqual([[sampleObjects.run], false]);
  const page = await createRespondingClient([sampleObjects.run]).listRuns({ threadId: 't' });
  expect(page).toMatchObject({ data: [sampleObjects.run], has_more: false });
});

it('leaves out entries of a list that are not objects of the API', async () => {
  const page = await createRespondingClient({
    data: [null, {}, sampleObjects.file, 'file'],
    has_more: false,
  }).listFiles();
  expect(page.data).toEqual([sampleObjects.file]);
});

it('encodes the arguments of a function call that a server has parsed', async () => {
  const action = structuredClone(sampleObjects.run.required_action);
  Object.assign(action.submit_tool_outputs.tool_calls[0]?.function ?? {}, {
    arguments: { city: 'Oslo' },
  });
  const run = await createRespondingClient({
    ...sampleObjects.run,
    required_action: action,
  }).getRun({
    threadId: 'thread_1',
    runId: 'run_1',
  });
  expect(run.required_action?.submit_tool_outputs.tool_calls[0]?.function.arguments).toBe(
    '{"city":"Oslo"}',
  );
});

it.each([200, 201, 202])('accepts creations with status %d', async (status) => {
  expect(
    await createRespondingClient(Response.json(sampleObjects.thread, { status })).createThread(),
  ).toEqual(sampleObjects.thread);
});

it.each([
  ['an object without an id', {}],
  ['an id that is an object', { ...sampleObjects.thread, id: {} }],
  ['an error with a successful status', { error: { message: 'No' } }],
])('refuses %s', async (_, response) => {
  expect(
    await getRejection(createRespondingClient(response).getThread({ threadId: 't' })),
  ).toMatchObject({
    kind: 'protocol',
    operation: 'getThread',
    status: 200,
  });
});

it('refuses responses that are nested too deeply', async () => {
  const text = `{"id":"t","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  expect(
    await getRejection(createRespondingClient(new Response(text)).getThread({ threadId: 't' })),
  ).toMatchObject({
    kind: 'protocol',
  });
});

it('stops reading responses of unbounded size', async () => {
  const chunk = new Uint8Array(1024 * 1024).fill(32);
  let chunks = 0;
  const createBody = () =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        chunks += 1;
        controller.enqueue(chunk);
      },
    });
  expect(
    await getRejection(
      createRespondingClient(new Response(createBody())).getThread({ threadId: 't' }),
    ),
  ).toMatchObject({ kind: 'protocol' });
  expect(chunks).toBeLessThan(80);
  chunks = 0;
  const failing = new Response(createBody(), { status: 500 });
  expect(
    await getRejection(createRespondingClient(failing).getThread({ threadId: 't' })),
  ).toMatchObject({
    kind: 'http',
    status: 500,
  });
  expect(chunks).toBeLessThan(10);
});

it('warns once for each kind of object', async () => {
  // Warnings of other tests do not count.
  vi.resetModules();
  const fresh = await import('../../src/client/createAssistantsClient.js');
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const requestRun = (changes: object) =>
    createRespondingClient(
      { ...sampleObjects.run, ...changes },
      fresh.createAssistantsClient,
    ).getRun({
      threadId: 't',
      runId: 'r',
    });
  for (const tools of [5, true, [7]]) await requestRun({ tools });
  expect(warn).toHaveBeenCalledOnce();
  expect(String(warn.mock.calls[0])).toContain("first in 'tools");
  warn.mockRestore();
});
