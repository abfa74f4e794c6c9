import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertProperty } from '../assertProperty.js';
import { mergeMessageDelta, mergeStepDelta } from '../../src/protocol/delta.js';
import type { Message, MessageDelta, RunStep, RunStepDelta } from '../../src/protocol/types.js';

// Deltas are unchecked JSON, so these helpers cast any shape to the wire types.
const createMessage = (fields: object) =>
  freeze({ id: 'msg_1', role: 'assistant', content: [], ...fields }) as unknown as Message;
const createStep = (step_details: unknown) =>
  freeze({ id: 'step_1', type: 'tool_calls', step_details }) as unknown as RunStep;
const createMessageDelta = (delta: unknown) =>
  freeze({ id: 'msg_1', object: 'thread.message.delta', delta }) as MessageDelta;
const createStepDelta = (step_details: unknown) =>
  freeze({
    id: 'step_1',
    object: 'thread.run.step.delta',
    delta: { step_details },
  }) as RunStepDelta;

const createContentDelta = (...content: unknown[]) => createMessageDelta({ content });
const createCallsDelta = (...tool_calls: unknown[]) =>
  createStepDelta({ type: 'tool_calls', tool_calls });

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const key of Reflect.ownKeys(value)) freeze(Reflect.get(value, key));
  }
  return value;
}

const createText = (value: string, annotations: unknown[] = []) => ({
  type: 'text',
  text: { value, annotations },
});

describe('valid deltas', () => {
  it('appends to a text, and creates its list of annotations', () => {
    const first = mergeMessageDelta(
      createMessage({}),
      createContentDelta({ index: 0, type: 'text', text: { value: 'Hel' } }),
    );
    expect(first?.content).toEqual([createText('Hel')]);
    const second = mergeMessageDelta(
      freeze(first as Message),
      createContentDelta({ index: 0, type: 'text', text: { value: 'lo' } }),
    );
    expect(second?.content).toEqual([createText('Hello')]);
  });

  it('appends to a part whose type is not repeated', () => {
    const grown = mergeMessageDelta(
      createMessage({ content: [createText('a')] }),
      createContentDelta({ index: 0, text: { value: 'b' } }),
    );
    expect(grown?.content).toEqual([createText('ab')]);
  });

  it('merges several parts, and several pieces of a part, in one delta', () => {
    const delta = createContentDelta(
      { index: 0, type: 'text', text: { value: 'a' } },
      { index: 1, type: 'image_file', image_file: { file_id: 'file-1' } },
      { index: 0, type: 'text', text: { value: 'b' } },
    );
    expect(mergeMessageDelta(createMessage({}), delta)?.content).toEqual([
      createText('ab'),
      { type: 'image_file', image_file: { file_id: 'file-1' } },
    ]);
  });

  it('replaces repeated ids, types and roles, and numbers', () => {
    const annotation = {
      type: 'file_path',
      text: 'x',
      start_index: 1,
      file_path: { file_id: 'file-1' },
    };
    const repeated = {
      index: 0,
      type: 'file_path',
      start_index: 7,
      file_path: { file_id: 'file-1' },
    };
    const delta = createMessageDelta({
      role: 'assistant',
      content: [{ index: 0, type: 'text', text: { annotations: [repeated] } }],
    });
    const merged = mergeMessageDelta(
      createMessage({ content: [createText('x', [annotation])] }),
      delta,
    );
    expect(merged?.role).toBe('assistant');
    expect(merged?.content).toEqual([createText('x', [{ ...annotation, start_index: 7 }])]);
  });

  it('replaces null by a value, but not a value by null', () => {
    const call = {
      id: 'call_1',
      type: 'function',
      function: { name: 'f', arguments: '{}', output: null },
    };
    const delta = createCallsDelta({ index: 0, function: { name: null, output: 'done' } });
    const merged = mergeStepDelta(createStep({ type: 'tool_calls', tool_calls: [call] }), delta);
    const expected = { ...call, function: { name: 'f', arguments: '{}', output: 'done' } };
    expect(merged?.step_details).toEqual({ type: 'tool_calls', tool_calls: [expected] });
  });

  it('appends the file ids of version 1', () => {
    const merged = mergeMessageDelta(
      createMessage({ file_ids: [] }),
      createMessageDelta({ file_ids: ['file-1', 'file-2'] }),
    );
    expect(merged?.file_ids).toEqual(['file-1', 'file-2']);
    expect(
      mergeMessageDelta(merged as Message, createMessageDelta({ file_ids: ['file-3'] }))?.file_ids,
    ).toEqual(['file-1', 'file-2', 'file-3']);
  });

  it('replaces search results as a whole', () => {
    const call = (file_search: object) =>
      createStepDelta({
        type: 'tool_calls',
        tool_calls: [{ index: 0, id: 'call_1', type: 'file_search', file_search }],
      });
    const result = (text: string) => ({
      file_id: 'file-1',
      file_name: 'a.txt',
      score: 0.5,
      content: [{ type: 'text', text }],
    });
    const empty = mergeStepDelta(createStep({ type: 'tool_calls', tool_calls: [] }), call({}));
    const once = mergeStepDelta(empty as RunStep, call({ results: [result('a'), result('b')] }));
    const twice = mergeStepDelta(once as RunStep, call({ results: [result('c')] }));
    const getCalls = (step: RunStep | undefined) =>
      step?.step_details.type === 'tool_calls' && step.step_details.tool_calls;
    expect(getCalls(empty)).toEqual([{ id: 'call_1', type: 'file_search', file_search: {} }]);
    expect(getCalls(once)).toEqual([
      { id: 'call_1', type: 'file_search', file_search: { results: [result('a'), result('b')] } },
    ]);
    expect(getCalls(twice)).toEqual([
      { id: 'call_1', type: 'file_search', file_search: { results: [result('c')] } },
    ]);
  });

  it('rejects a reserved key inside search results', () => {
    const results = JSON.parse('[{"file_id":"f","content":[{"__proto__":{"a":1}}]}]') as unknown;
    const delta = createStepDelta({
      type: 'tool_calls',
      tool_calls: [{ index: 0, type: 'file_search', file_search: { results } }],
    });
    expect(
      mergeStepDelta(createStep({ type: 'tool_calls', tool_calls: [] }), delta),
    ).toBeUndefined();
  });

  it('merges parts of an unknown type', () => {
    const once = mergeMessageDelta(
      createMessage({}),
      createContentDelta({ index: 0, type: 'hologram', hologram: { voxels: 'ab', tags: ['x'] } }),
    );
    const twice = mergeMessageDelta(
      once as Message,
      createContentDelta({ index: 0, hologram: { voxels: 'cd', tags: ['y'] } }),
    );
    expect(twice?.content).toEqual([
      { type: 'hologram', hologram: { voxels: 'abcd', tags: ['x', 'y'] } },
    ]);
  });

  it('creates the content of a message without content', () => {
    const delta = createContentDelta({ index: 0, type: 'text', text: { value: 'a' } });
    expect(mergeMessageDelta(createMessage({ content: null }), delta)?.content).toEqual([
      createText('a'),
    ]);
  });

  it.each([null, undefined])('creates the details of a step whose details are %s', (details) => {
    const merged = mergeStepDelta(createStep(details), createStepDelta({ type: 'tool_calls' }));
    expect(merged?.step_details).toEqual({ type: 'tool_calls', tool_calls: [] });
  });

  it.each([{}, { content: null }, { content: [] }, { role: null }, { file_ids: null }])(
    'does not change the message for the delta %j',
    (delta) => {
      const message = createMessage({ content: [createText('a')] });
      expect(mergeMessageDelta(message, createMessageDelta(delta))).toEqual(message);
    },
  );

  it('returns the same step for an empty delta', () => {
    const step = createStep({ type: 'tool_calls', tool_calls: [] });
    expect(mergeStepDelta(step, createStepDelta(undefined))).toBe(step);
    expect(mergeStepDelta(step, createStepDelta(null))).toBe(step);
  });

  it('keeps the identity of unaffected parts', () => {
    const metadata = { a: 'b' };
    const annotation = { type: 'file_path', text: 'x', file_path: { file_id: 'file-1' } };
    const message = createMessage({
      metadata,
      content: [createText('a'), createText('b', [annotation])],
    });
    const merged = mergeMessageDelta(
      message,
      createContentDelta({ index: 1, type: 'text', text: { value: 'c' } }),
    );
    expect(merged?.metadata).toBe(metadata);
    expect(merged?.content[0]).toBe(message.content[0]);
    expect(merged?.content[1]).not.toBe(message.content[1]);
    expect(merged?.content[1]).toEqual(createText('bc', [annotation]));
    expect(merged?.content[1]?.type === 'text' && merged.content[1].text.annotations[0]).toBe(
      annotation,
    );
  });
});

const word = fc.string({ unit: 'binary', maxLength: 12 });
const annotation = fc.record({
  type: fc.constant('file_citation'),
  text: word,
  file_citation: fc.record({ file_id: fc.constantFrom('file-1', 'file-2'), quote: word }),
  start_index: fc.nat(),
  end_index: fc.nat(),
});
const part = fc.oneof(
  fc.record({
    type: fc.constant('text'),
    text: fc.record({ value: word, annotations: fc.array(annotation, { maxLength: 3 }) }),
  }),
  fc.record({ type: fc.constant('refusal'), refusal: word }),
  fc.record({
    type: fc.constant('image_file'),
    image_file: fc.record({ file_id: fc.constant('file-1'), detail: fc.constant('auto') }),
  }),
  fc.record({ type: fc.constant('image_url'), image_url: fc.record({ url: word }) }),
);
const call = fc.oneof(
  fc.record({
    id: fc.constant('call_1'),
    type: fc.constant('function'),
    function: fc.record({ name: word, arguments: word, output: fc.option(word) }),
  }),
  fc.record({
    id: fc.constant('call_2'),
    type: fc.constant('code_interpreter'),
    code_interpreter: fc.record({
      input: word,
      outputs: fc.array(
        fc.oneof(
          fc.record({ type: fc.constant('logs'), logs: word }),
          fc.record({
            type: fc.constant('image'),
            image: fc.record({ file_id: fc.constant('file-9') }),
          }),
        ),
        { maxLength: 3 },
      ),
    }),
  }),
  fc.record({
    id: fc.constant('call_3'),
    type: fc.constant('file_search'),
    file_search: fc.constant({}),
  }),
);

type Json = { [key: string]: Json | string | number | null | Json[] };

/** Splits an object into a first delta and deltas that append to its strings and lists. */
function splitIntoDeltas(value: Json, cut: (length: number) => number): Json[] {
  const head: Json = {};
  const tail: Json[] = [];
  for (const [key, field] of Object.entries(value)) {
    if (typeof field === 'string' && !['type', 'id'].includes(key) && !key.endsWith('_id')) {
      const end = cut(field.length);
      head[key] = field.slice(0, end);
      if (end < field.length) tail.push({ [key]: field.slice(end) });
    } else if (Array.isArray(field)) {
      head[key] = [];
      field.forEach((entry, index) => {
        for (const piece of splitIntoDeltas(entry, cut))
          tail.push({
            [key]: [
              { index, ...('type' in piece ? {} : { type: entry['type'] ?? null }), ...piece },
            ],
          });
      });
    } else if (typeof field === 'object' && field !== null) {
      const [first = {}, ...rest] = splitIntoDeltas(field, cut);
      head[key] = first;
      for (const piece of rest) tail.push({ [key]: piece });
    } else head[key] = field;
  }
  return [head, ...tail];
}

/** Returns the deltas of a list in a valid order: entries start in the order of the list, then grow in any order. */
function createDeltaSequence(list: Json[], random: (limit: number) => number): Json[] {
  const queues = list.map((entry, index) =>
    splitIntoDeltas(entry, (length) => random(length + 1)).map((piece) => ({ index, ...piece })),
  );
  const sent: Json[] = [];
  let started = 0;
  while (queues.some((queue) => queue.length > 0)) {
    const open = queues.slice(0, started + 1).filter((queue) => queue.length > 0);
    const queue = open[random(open.length)];
    if (queue !== undefined && queue === queues[started]) started += 1;
    const piece = queue?.shift();
    if (piece) sent.push(piece);
  }
  return sent;
}

const randoms = fc.infiniteStream(fc.nat());
const createRandom = (stream: fc.Stream<number>) => (limit: number) =>
  (stream.next().value ?? 0) % limit;

describe('deltas of a completed object', () => {
  it('merges any valid deltas of a message into the completed message', async () => {
    await assertProperty(
      fc.property(fc.array(part, { maxLength: 4 }), randoms, (content, stream) => {
        const sent = createDeltaSequence(content, createRandom(stream));
        const merged = sent.reduce<Message | undefined>(
          (message, piece) =>
            message && freeze(mergeMessageDelta(message, createContentDelta(piece))),
          createMessage({}),
        );
        expect(merged?.content).toEqual(content);
        // Several deltas in one event give the same result.
        expect(mergeMessageDelta(createMessage({}), createContentDelta(...sent))?.content).toEqual(
          content,
        );
      }),
      { name: 'messageDeltas', full: 1_000, small: 100 },
    );
  });

  it('merges any valid deltas of a step into the completed step', async () => {
    await assertProperty(
      fc.property(fc.array(call, { maxLength: 4 }), randoms, (tool_calls, stream) => {
        const merged = createDeltaSequence(tool_calls, createRandom(stream)).reduce<
          RunStep | undefined
        >(
          (step, piece) => step && freeze(mergeStepDelta(step, createCallsDelta(piece))),
          createStep({ type: 'tool_calls', tool_calls: [] }),
        );
        expect(merged?.step_details).toEqual({ type: 'tool_calls', tool_calls });
      }),
      { name: 'stepDeltas', full: 1_000, small: 100 },
    );
  });
});

const message = createMessage({ content: [createText('a')], file_ids: ['file-0'] });
const step = createStep({
  type: 'tool_calls',
  tool_calls: [
    { id: 'call_1', type: 'function', function: { name: 'f', arguments: '', output: null } },
  ],
});

function createNested(depth: number, inside: unknown): unknown {
  let value = inside;
  for (let level = 0; level < depth; level += 1) value = { x: value };
  return value;
}

/**
 * Creates an object with an own key. JSON.parse does so for `__proto__` too; an object literal would set the prototype.
 */
const createWithOwnKey = (key: string, value: unknown): unknown =>
  JSON.parse(`{"${key}": ${JSON.stringify(value)}}`);

const invalidIndices = [
  undefined,
  null,
  NaN,
  -1,
  1.5,
  2,
  1_024,
  1e9,
  Infinity,
  '0',
  '__proto__',
  true,
  {},
  [],
];

/** Freezes only the top level, so that `freeze` does not overflow the stack before the code under test could. */
function createDeepValue(depth: number): unknown {
  return Object.freeze(createNested(depth, 'x'));
}

describe('invalid deltas', () => {
  it.each(invalidIndices)('rejects the index %o', (index) => {
    expect(
      mergeMessageDelta(message, createContentDelta({ index, type: 'text', text: { value: 'b' } })),
    ).toBeUndefined();
    expect(
      mergeStepDelta(
        step,
        createCallsDelta({ index, type: 'function', function: { arguments: 'b' } }),
      ),
    ).toBeUndefined();
    const inside = {
      index: 0,
      type: 'text',
      text: { annotations: [{ index, type: 'file_path' }] },
    };
    expect(mergeMessageDelta(message, createContentDelta(inside))).toBeUndefined();
  });

  it('rejects an inherited index', () => {
    const entry: unknown = Object.assign(Object.create({ index: 0 }) as object, {
      type: 'text',
      text: { value: 'b' },
    });
    expect(mergeMessageDelta(message, createContentDelta(entry))).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'prototype'])('rejects the key %s at any depth', (key) => {
    const evil = createWithOwnKey(key, { polluted: 'yes' });
    const withKey = (fields: object): unknown =>
      JSON.parse(`${JSON.stringify(fields).slice(0, -1)}, "${key}": {"polluted": "yes"}}`);
    for (const delta of [
      createContentDelta(withKey({ index: 0, type: 'text' })),
      createContentDelta(withKey({ index: 1, type: 'text' })),
      createContentDelta({ index: 0, type: 'text', text: evil }),
      createContentDelta({ index: 1, type: 'new', new: { deep: evil } }),
      createContentDelta({
        index: 0,
        type: 'text',
        text: { annotations: [withKey({ index: 0, type: 'file_path' })] },
      }),
    ]) {
      expect(mergeMessageDelta(message, delta)).toBeUndefined();
    }
    expect(mergeStepDelta(step, createStepDelta(withKey({ type: 'tool_calls' })))).toBeUndefined();
    expect(mergeStepDelta(step, createCallsDelta({ index: 0, function: evil }))).toBeUndefined();
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['a string in place of an object', 'text'],
    ['null in place of an object', null],
    ['a list in place of an object', []],
    ['content that is a string', { content: 'abc' }],
    ['content that is an object', { content: { index: 0 } }],
    ['content that is a number', { content: 5 }],
    ['a string in the content', { content: ['abc'] }],
    ['null in the content', { content: [null] }],
    ['a list in the content', { content: [[{ index: 0 }]] }],
    [
      'a part that changes its type',
      { content: [{ index: 0, type: 'image_file', image_file: { file_id: 'file-1' } }] },
    ],
    ['a new part without a type', { content: [{ index: 1, text: { value: 'b' } }] }],
    ['a new part whose type is a number', { content: [{ index: 1, type: 5 }] }],
    ['a number for a string', { content: [{ index: 0, type: 'text', text: { value: 5 } }] }],
    ['a list for a string', { content: [{ index: 0, type: 'text', text: { value: [] } }] }],
    ['an object for a string', { content: [{ index: 0, type: 'text', text: { value: {} } }] }],
    ['a string for an object', { content: [{ index: 0, type: 'text', text: 'b' }] }],
    ['a list for an object', { content: [{ index: 0, type: 'text', text: [] }] }],
    ['an object for a list', { content: [{ index: 0, type: 'text', text: { annotations: {} } }] }],
    ['a string for a list', { content: [{ index: 0, type: 'text', text: { annotations: 'x' } }] }],
    [
      'a string in the annotations',
      { content: [{ index: 0, type: 'text', text: { annotations: ['x'] } }] },
    ],
    ['an id that is an object', { content: [{ index: 0, type: 'text', id: {} }] }],
    ['a role that is an object', { role: { toString: 'x' } }],
    ['file ids that are a string', { file_ids: 'file-1' }],
    ['a file id that is an object', { file_ids: [{ index: 1 }] }],
    ['a file id that is null', { file_ids: [null] }],
    [
      'an invalid part after a valid one',
      {
        content: [
          { index: 0, text: { value: 'b' } },
          { index: 5, type: 'text' },
        ],
      },
    ],
  ])('rejects a delta with %s', (_, delta) => {
    const before = structuredClone(message);
    expect(mergeMessageDelta(message, createMessageDelta(delta))).toBeUndefined();
    expect(message).toEqual(before);
  });

  it.each<[string, unknown]>([
    ['details that are a string', 'tool_calls'],
    ['details that are a list', []],
    ['details that are a number', 5],
    [
      'details of another type',
      { type: 'message_creation', message_creation: { message_id: 'msg_1' } },
    ],
    ['calls that are an object', { type: 'tool_calls', tool_calls: { index: 0 } }],
    ['calls that are a string', { type: 'tool_calls', tool_calls: 'x' }],
    ['a call that is null', { type: 'tool_calls', tool_calls: [null] }],
    [
      'a call that changes its type',
      { type: 'tool_calls', tool_calls: [{ index: 0, type: 'code_interpreter' }] },
    ],
    [
      'arguments that are an object',
      { type: 'tool_calls', tool_calls: [{ index: 0, function: { arguments: {} } }] },
    ],
  ])('rejects a step delta with %s', (_, details) => {
    expect(mergeStepDelta(step, createStepDelta(details))).toBeUndefined();
  });

  it.each([undefined, null, 5, 'x', [], {}])('rejects %o in place of a delta', (data) => {
    expect(mergeMessageDelta(message, data as MessageDelta)).toBeUndefined();
    expect(mergeStepDelta(step, data as RunStepDelta)).toBeUndefined();
  });

  it('rejects a delta for a message or step of an invalid shape', () => {
    const delta = createContentDelta({ index: 0, type: 'text', text: { value: 'b' } });
    expect(mergeMessageDelta(createMessage({ content: 'abc' }), delta)).toBeUndefined();
    expect(mergeMessageDelta(createMessage({ content: ['abc'] }), delta)).toBeUndefined();
    expect(
      mergeMessageDelta(createMessage({ content: [{ type: 'text', text: 'abc' }] }), delta),
    ).toBeUndefined();
    expect(mergeStepDelta(createStep('abc'), createCallsDelta())).toBeUndefined();
  });

  it.each([33, 100_000])('rejects a delta with %d levels', (depth) => {
    expect(
      mergeMessageDelta(
        message,
        createContentDelta({ index: 1, type: 'new', new: createDeepValue(depth) }),
      ),
    ).toBeUndefined();
  });

  it('accepts a delta with twenty levels', () => {
    const merged = mergeMessageDelta(
      message,
      createContentDelta({ index: 1, type: 'new', new: createNested(20, 'x') }),
    );
    expect(merged?.content[1]).toEqual({ type: 'new', new: createNested(20, 'x') });
  });

  it('never throws and changes neither its arguments nor a prototype, for any JSON', async () => {
    const keys = () =>
      [Object.prototype, Array.prototype, Function.prototype].map(
        (prototype) => Reflect.ownKeys(prototype).length,
      );
    const before = keys();
    const json = fc.oneof(
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
      {
        weight: 3,
        arbitrary: fc.array(
          fc.dictionary(
            fc.constantFrom(
              'index',
              'type',
              'text',
              'id',
              'refusal',
              'value',
              'annotations',
              'function',
              '__proto__',
              'constructor',
            ),
            fc.oneof(
              fc.constantFrom(0, 1, 2, -1, 'text', 'refusal', null, true),
              fc.jsonValue({ maxDepth: 3 }),
            ),
          ),
        ),
      },
    );
    await assertProperty(
      fc.property(json, (value) => {
        // Only JSON.parse creates own keys named __proto__.
        const content: unknown = JSON.parse(JSON.stringify(value));
        const merged = mergeMessageDelta(message, createMessageDelta({ content }));
        expect(
          (merged ?? message).content.filter((entry) => typeof entry?.type !== 'string'),
        ).toEqual([]);
        mergeStepDelta(step, createCallsDelta(content));
        mergeStepDelta(step, createStepDelta(content));
        expect(keys()).toEqual(before);
      }),
      { name: 'invalidDeltas', full: 3_000, small: 200 },
    );
  });

  it('runs no accessor of a prototype', () => {
    const ran: string[] = [];
    const accessor = (name: string) => ({
      configurable: true,
      get() {
        ran.push(`get ${name}`);
      },
      set() {
        ran.push(`set ${name}`);
      },
    });
    const indices = ['0', '1', '2', '3'];
    const message = createMessage({ content: [createText('a')], file_ids: [] });
    const delta = createMessageDelta({
      file_ids: ['file-1', 'file-2'],
      content: [
        {
          index: 0,
          type: 'text',
          text: {
            value: 'b',
            annotations: [{ index: 0, type: 'file_path', file_path: { file_id: 'file-1' } }],
          },
        },
        { index: 1, type: 'new', tags: ['x', 'y'] },
      ],
    });
    let merged: Message | undefined;
    for (const index of indices) Object.defineProperty(Array.prototype, index, accessor(index));
    try {
      merged = mergeMessageDelta(message, delta);
    } finally {
      for (const index of indices) Reflect.deleteProperty(Array.prototype, index);
    }
    expect(ran).toEqual([]);
    expect(merged?.content).toEqual([
      createText('ab', [{ type: 'file_path', file_path: { file_id: 'file-1' } }]),
      { type: 'new', tags: ['x', 'y'] },
    ]);
    expect(merged?.file_ids).toEqual(['file-1', 'file-2']);
  });
});
