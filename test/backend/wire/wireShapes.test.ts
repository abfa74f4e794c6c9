import { describe, expect, test } from 'vitest';
import { isOperationId } from '../../../src/protocol/operationPaths.js';
import { WIRE_SHAPES } from './wireShapes.js';
import { type RecordedResponse, recordSession } from './recordSession.js';
import { findShapeViolations, parseShape } from './parseShape.js';

/** Creates a function that compares a recorded response with the shapes of a version. */
function createChecker(dialect: 'v1' | 'v2') {
  const { shapes, responses, events } = WIRE_SHAPES[dialect];
  const known = new Map(Object.entries(shapes).map(([name, text]) => [name, parseShape(text)]));
  const compare = (name: string, type: string | undefined, value: unknown) =>
    (type === undefined
      ? [': unknown in this version']
      : findShapeViolations(parseShape(type), value, known)
    ).map((violation) => name + violation);
  return ({ operation, json, events: streamed }: RecordedResponse): string[] => [
    ...streamed.flatMap(({ event, data }) => compare(event, events[event], data)),
    // Uploads are part of an older API, which neither version describes.
    ...(streamed.length > 0 || operation === 'uploadFile'
      ? []
      : compare(operation, responses[operation], json)),
  ];
}

describe.each([
  ['v1', 28],
  ['v2', 23],
] as const)('in %s', (dialect, operations) => {
  test('every response and event has exactly the fields and types of the version', async () => {
    const session = await recordSession(dialect);
    expect([...new Set(session.flatMap(createChecker(dialect)))]).toEqual([]);

    const { responses, events } = WIRE_SHAPES[dialect];
    const called = new Set(session.map(({ operation }) => operation));
    expect(Object.keys(responses)).toHaveLength(operations);
    expect(
      Object.keys(responses).filter(
        (operation) => !isOperationId(operation) || !called.has(operation),
      ),
    ).toEqual([]);
    const streamed = new Set(
      session.flatMap((response) => response.events.map(({ event }) => event)),
    );
    // `error` is only sent if the store fails.
    expect(Object.keys(events).filter((event) => !streamed.has(event))).toEqual(['error']);
  });
});

test('unknown and missing fields, wrong types, null and wrong literals are detected', () => {
  const thread = {
    id: 'thread_1',
    object: 'thread',
    created_at: 1,
    metadata: {},
    tool_resources: null,
  };
  const check = (json: Record<string, unknown>, dialect: 'v1' | 'v2' = 'v2') =>
    createChecker(dialect)({ operation: 'getThread', json, events: [] });
  expect(check(thread)).toEqual([]);
  expect(check(thread, 'v1')).toEqual(['getThread.tool_resources: unknown in this version']);
  const { metadata: _, ...incomplete } = thread;
  expect(check(incomplete)).toEqual(['getThread.metadata: missing']);
  expect(check({ ...thread, created_at: 1.5 })).toEqual([
    'getThread.created_at: 1.5 is not integer',
  ]);
  expect(check({ ...thread, id: null })).toEqual(['getThread.id: null is not string']);
  expect(check({ ...thread, object: 'threads' })).toEqual([
    `getThread.object: "threads" is not 'thread'`,
  ]);
  expect(check({ ...thread, metadata: { a: 1 } })).toHaveLength(1);
  const response: RecordedResponse = {
    operation: 'createRun',
    json: {},
    events: [{ event: 'thread.run.incomplete', data: {} }],
  };
  expect(createChecker('v1')(response)).toEqual(['thread.run.incomplete: unknown in this version']);
  expect(createChecker('v2')(response)).toContain('thread.run.incomplete.usage: missing');
});
