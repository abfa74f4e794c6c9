import { describe, expect, test } from 'vitest';
import { isOperationId } from '../../../src/protocol/operationPaths.js';
import { WIRE_SHAPES } from './wireShapes.js';
import { type RecordedResponse, recordSession } from './recordSession.js';
import { findShapeViolations, parseShape } from './parseShape.js';

/** What of an answer or an event is not as the version has it. */
function faultFinder(dialect: 'v1' | 'v2') {
  const { shapes, answers, events } = WIRE_SHAPES[dialect];
  const known = new Map(Object.entries(shapes).map(([name, text]) => [name, parseShape(text)]));
  const faultsOf = (name: string, type: string | undefined, value: unknown) =>
    (type === undefined
      ? [': not there in this version']
      : findShapeViolations(parseShape(type), value, known)
    ).map((fault) => name + fault);
  return ({ operation, json, events: told }: RecordedResponse): string[] => [
    ...told.flatMap(({ event, data }) => faultsOf(event, events[event], data)),
    // The operations on files are older than both versions, and in neither.
    ...(told.length > 0 || operation === 'uploadFile'
      ? []
      : faultsOf(operation, answers[operation], json)),
  ];
}

describe.each([
  ['v1', 28],
  ['v2', 23],
] as const)('in %s', (dialect, operations) => {
  test('every answer and event has the names and types that the version gives it, and all that it must have', async () => {
    const session = await recordSession(dialect);
    expect([...new Set(session.flatMap(faultFinder(dialect)))]).toEqual([]);

    const { answers, events } = WIRE_SHAPES[dialect];
    const asked = new Set(session.map(({ operation }) => operation));
    expect(Object.keys(answers)).toHaveLength(operations);
    expect(
      Object.keys(answers).filter(
        (operation) => !isOperationId(operation) || !asked.has(operation),
      ),
    ).toEqual([]);
    const told = new Set(session.flatMap((seen) => seen.events.map(({ event }) => event)));
    // An error is told of a store that fails, and this one does not.
    expect(Object.keys(events).filter((event) => !told.has(event))).toEqual(['error']);
  });
});

test('a name too many, one too few, another type, a null and another word are found', () => {
  const thread = {
    id: 'thread_1',
    object: 'thread',
    created_at: 1,
    metadata: {},
    tool_resources: null,
  };
  const faultsOf = (json: Record<string, unknown>, dialect: 'v1' | 'v2' = 'v2') =>
    faultFinder(dialect)({ operation: 'getThread', json, events: [] });
  expect(faultsOf(thread)).toEqual([]);
  expect(faultsOf(thread, 'v1')).toEqual(['getThread.tool_resources: not a name of this version']);
  const { metadata: _, ...less } = thread;
  expect(faultsOf(less)).toEqual(['getThread.metadata: missing']);
  expect(faultsOf({ ...thread, created_at: 1.5 })).toEqual([
    'getThread.created_at: 1.5 is not integer',
  ]);
  expect(faultsOf({ ...thread, id: null })).toEqual(['getThread.id: null is not string']);
  expect(faultsOf({ ...thread, object: 'threads' })).toEqual([
    `getThread.object: "threads" is not 'thread'`,
  ]);
  expect(faultsOf({ ...thread, metadata: { a: 1 } })).toHaveLength(1);
  const seen: RecordedResponse = {
    operation: 'createRun',
    json: {},
    events: [{ event: 'thread.run.incomplete', data: {} }],
  };
  expect(faultFinder('v1')(seen)).toEqual(['thread.run.incomplete: not there in this version']);
  expect(faultFinder('v2')(seen)).toContain('thread.run.incomplete.usage: missing');
});
