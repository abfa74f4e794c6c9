import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeMessageDelta, mergeStepDelta } from '../../src/protocol/delta.js';
import type { Message, MessageDelta, RunStep, RunStepDelta } from '../../src/protocol/types.js';

// What arrives is JSON of any shape; the casts stand for the wire, which nothing vouches for.
const createMessageBody = (fields: object) =>
  freeze({ id: 'msg_1', role: 'assistant', content: [], ...fields }) as unknown as Message;
const stepOf = (step_details: unknown) =>
  freeze({ id: 'step_1', type: 'tool_calls', step_details }) as unknown as RunStep;
const messageDelta = (delta: unknown) =>
  freeze({ id: 'msg_1', object: 'thread.message.delta', delta }) as MessageDelta;
const stepDelta = (step_details: unknown) =>
  freeze({
    id: 'step_1',
    object: 'thread.run.step.delta',
    delta: { step_details },
  }) as RunStepDelta;

const contentDelta = (...content: unknown[]) => messageDelta({ content });
const callsDelta = (...tool_calls: unknown[]) => stepDelta({ type: 'tool_calls', tool_calls });

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const key of Reflect.ownKeys(value)) freeze(Reflect.get(value, key));
  }
  return value;
}

const text = (value: string, annotations: unknown[] = []) => ({
  type: 'text',
  text: { value, annotations },
});

test('lets a text grow, and begins it with an empty list of annotations', () => {
  const first = mergeMessageDelta(
    createMessageBody({}),
    contentDelta({ index: 0, type: 'text', text: { value: 'Hel' } }),
  );
  expect(first?.content).toEqual([text('Hel')]);
  const second = mergeMessageDelta(
    freeze(first as Message),
    contentDelta({ index: 0, type: 'text', text: { value: 'lo' } }),
  );
  expect(second?.content).toEqual([text('Hello')]);
});

test('lets a part grow whose type is not said again', () => {
  const grown = mergeMessageDelta(
    createMessageBody({ content: [text('a')] }),
    contentDelta({ index: 0, text: { value: 'b' } }),
  );
  expect(grown?.content).toEqual([text('ab')]);
});

test('takes two parts, and two deltas of one part, in one delta', () => {
  const delta = contentDelta(
    { index: 0, type: 'text', text: { value: 'a' } },
    { index: 1, type: 'image_file', image_file: { file_id: 'file-1' } },
    { index: 0, type: 'text', text: { value: 'b' } },
  );
  expect(mergeMessageDelta(createMessageBody({}), delta)?.content).toEqual([
    text('ab'),
    { type: 'image_file', image_file: { file_id: 'file-1' } },
  ]);
});

test('overwrites ids, types and roles that are sent again, and replaces numbers', () => {
  const known = { type: 'file_path', text: 'x', start_index: 1, file_path: { file_id: 'file-1' } };
  const again = { index: 0, type: 'file_path', start_index: 7, file_path: { file_id: 'file-1' } };
  const delta = messageDelta({
    role: 'assistant',
    content: [{ index: 0, type: 'text', text: { annotations: [again] } }],
  });
  const merged = mergeMessageDelta(createMessageBody({ content: [text('x', [known])] }), delta);
  expect(merged?.role).toBe('assistant');
  expect(merged?.content).toEqual([text('x', [{ ...known, start_index: 7 }])]);
});

test('puts a value where null was, and leaves a value where null comes', () => {
  const call = {
    id: 'call_1',
    type: 'function',
    function: { name: 'f', arguments: '{}', output: null },
  };
  const delta = callsDelta({ index: 0, function: { name: null, output: 'done' } });
  const merged = mergeStepDelta(stepOf({ type: 'tool_calls', tool_calls: [call] }), delta);
  const expected = { ...call, function: { name: 'f', arguments: '{}', output: 'done' } };
  expect(merged?.step_details).toEqual({ type: 'tool_calls', tool_calls: [expected] });
});

test('appends the files of version 1', () => {
  const merged = mergeMessageDelta(
    createMessageBody({ file_ids: [] }),
    messageDelta({ file_ids: ['file-1', 'file-2'] }),
  );
  expect(merged?.file_ids).toEqual(['file-1', 'file-2']);
  expect(
    mergeMessageDelta(merged as Message, messageDelta({ file_ids: ['file-3'] }))?.file_ids,
  ).toEqual(['file-1', 'file-2', 'file-3']);
});

test('takes what a search found whole, and a later list in its place', () => {
  const call = (file_search: object) =>
    stepDelta({
      type: 'tool_calls',
      tool_calls: [{ index: 0, id: 'call_1', type: 'file_search', file_search }],
    });
  const result = (text: string) => ({
    file_id: 'file-1',
    file_name: 'a.txt',
    score: 0.5,
    content: [{ type: 'text', text }],
  });
  const begun = mergeStepDelta(stepOf({ type: 'tool_calls', tool_calls: [] }), call({}));
  const once = mergeStepDelta(begun as RunStep, call({ results: [result('a'), result('b')] }));
  const twice = mergeStepDelta(once as RunStep, call({ results: [result('c')] }));
  const callsOf = (step: RunStep | undefined) =>
    step?.step_details.type === 'tool_calls' && step.step_details.tool_calls;
  expect(callsOf(begun)).toEqual([{ id: 'call_1', type: 'file_search', file_search: {} }]);
  expect(callsOf(once)).toEqual([
    { id: 'call_1', type: 'file_search', file_search: { results: [result('a'), result('b')] } },
  ]);
  expect(callsOf(twice)).toEqual([
    { id: 'call_1', type: 'file_search', file_search: { results: [result('c')] } },
  ]);
});

test('refuses a reserved key inside what a search found', () => {
  const results = JSON.parse('[{"file_id":"f","content":[{"__proto__":{"a":1}}]}]') as unknown;
  const delta = stepDelta({
    type: 'tool_calls',
    tool_calls: [{ index: 0, type: 'file_search', file_search: { results } }],
  });
  expect(mergeStepDelta(stepOf({ type: 'tool_calls', tool_calls: [] }), delta)).toBeUndefined();
});

test('keeps parts of a type that nobody knows', () => {
  const once = mergeMessageDelta(
    createMessageBody({}),
    contentDelta({ index: 0, type: 'hologram', hologram: { voxels: 'ab', tags: ['x'] } }),
  );
  const twice = mergeMessageDelta(
    once as Message,
    contentDelta({ index: 0, hologram: { voxels: 'cd', tags: ['y'] } }),
  );
  expect(twice?.content).toEqual([
    { type: 'hologram', hologram: { voxels: 'abcd', tags: ['x', 'y'] } },
  ]);
});

test('begins the content of a message that has none', () => {
  const delta = contentDelta({ index: 0, type: 'text', text: { value: 'a' } });
  expect(mergeMessageDelta(createMessageBody({ content: null }), delta)?.content).toEqual([
    text('a'),
  ]);
});

test.each([null, undefined])('begins the details of a step that has %s', (details) => {
  const merged = mergeStepDelta(stepOf(details), stepDelta({ type: 'tool_calls' }));
  expect(merged?.step_details).toEqual({ type: 'tool_calls', tool_calls: [] });
});

test.each([{}, { content: null }, { content: [] }, { role: null }, { file_ids: null }])(
  'takes the delta %j for no change',
  (delta) => {
    const message = createMessageBody({ content: [text('a')] });
    expect(mergeMessageDelta(message, messageDelta(delta))).toEqual(message);
  },
);

test('gives back the same step where a delta says nothing', () => {
  const step = stepOf({ type: 'tool_calls', tool_calls: [] });
  expect(mergeStepDelta(step, stepDelta(undefined))).toBe(step);
  expect(mergeStepDelta(step, stepDelta(null))).toBe(step);
});

test('keeps the identity of what a delta does not touch', () => {
  const metadata = { a: 'b' };
  const annotation = { type: 'file_path', text: 'x', file_path: { file_id: 'file-1' } };
  const message = createMessageBody({ metadata, content: [text('a'), text('b', [annotation])] });
  const merged = mergeMessageDelta(
    message,
    contentDelta({ index: 1, type: 'text', text: { value: 'c' } }),
  );
  expect(merged?.metadata).toBe(metadata);
  expect(merged?.content[0]).toBe(message.content[0]);
  expect(merged?.content[1]).not.toBe(message.content[1]);
  expect(merged?.content[1]).toEqual(text('bc', [annotation]));
  expect(merged?.content[1]?.type === 'text' && merged.content[1].text.annotations[0]).toBe(
    annotation,
  );
});

// --- a completed object, split into deltas -------------------------------------------------------------------------

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

/** One object as a first delta and pieces of its texts and lists, each piece in the shape of a delta. */
function pieces(value: Json, cut: (length: number) => number): Json[] {
  const head: Json = {};
  const tail: Json[] = [];
  for (const [key, field] of Object.entries(value)) {
    if (typeof field === 'string' && !['type', 'id'].includes(key) && !key.endsWith('_id')) {
      const at = cut(field.length);
      head[key] = field.slice(0, at);
      if (at < field.length) tail.push({ [key]: field.slice(at) });
    } else if (Array.isArray(field)) {
      head[key] = [];
      field.forEach((entry, index) => {
        for (const piece of pieces(entry, cut))
          tail.push({
            [key]: [
              { index, ...('type' in piece ? {} : { type: entry['type'] ?? null }), ...piece },
            ],
          });
      });
    } else if (typeof field === 'object' && field !== null) {
      const [first = {}, ...rest] = pieces(field, cut);
      head[key] = first;
      for (const piece of rest) tail.push({ [key]: piece });
    } else head[key] = field;
  }
  return [head, ...tail];
}

/** The pieces of a list in an order that the wire allows: entries begin in their order, and then grow as they like. */
function inLegalOrder(list: Json[], random: (limit: number) => number): Json[] {
  const waiting = list.map((entry, index) =>
    pieces(entry, (length) => random(length + 1)).map((piece) => ({ index, ...piece })),
  );
  const sent: Json[] = [];
  let begun = 0;
  while (waiting.some((queue) => queue.length > 0)) {
    const open = waiting.slice(0, begun + 1).filter((queue) => queue.length > 0);
    const queue = open[random(open.length)];
    if (queue !== undefined && queue === waiting[begun]) begun++;
    const piece = queue?.shift();
    if (piece) sent.push(piece);
  }
  return sent;
}

const randoms = fc.infiniteStream(fc.nat());
const drawFrom = (stream: fc.Stream<number>) => (limit: number) =>
  (stream.next().value ?? 0) % limit;

test('folds any legal deltas of a message into the completed message', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), randoms, (content, stream) => {
      const sent = inLegalOrder(content, drawFrom(stream));
      const folded = sent.reduce<Message | undefined>(
        (message, piece) => message && freeze(mergeMessageDelta(message, contentDelta(piece))),
        createMessageBody({}),
      );
      expect(folded?.content).toEqual(content);
      // Several deltas in one frame come to the same.
      expect(mergeMessageDelta(createMessageBody({}), contentDelta(...sent))?.content).toEqual(
        content,
      );
    }),
    { numRuns: 1_000 },
  );
});

test('folds any legal deltas of a step into the completed step', () => {
  fc.assert(
    fc.property(fc.array(call, { maxLength: 4 }), randoms, (tool_calls, stream) => {
      const folded = inLegalOrder(tool_calls, drawFrom(stream)).reduce<RunStep | undefined>(
        (step, piece) => step && freeze(mergeStepDelta(step, callsDelta(piece))),
        stepOf({ type: 'tool_calls', tool_calls: [] }),
      );
      expect(folded?.step_details).toEqual({ type: 'tool_calls', tool_calls });
    }),
    { numRuns: 1_000 },
  );
});

// --- deltas that cannot be right -----------------------------------------------------------------------------------

const known = createMessageBody({ content: [text('a')], file_ids: ['file-0'] });
const knownStep = stepOf({
  type: 'tool_calls',
  tool_calls: [
    { id: 'call_1', type: 'function', function: { name: 'f', arguments: '', output: null } },
  ],
});

function nested(depth: number, inside: unknown): unknown {
  let value = inside;
  for (let level = 0; level < depth; level++) value = { x: value };
  return value;
}

/** An own key, as JSON.parse makes it; written out, `__proto__` would set the prototype. */
const ownKey = (key: string, value: unknown): unknown =>
  JSON.parse(`{"${key}": ${JSON.stringify(value)}}`);

const badIndices = [
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

test.each(badIndices)('refuses the index %o', (index) => {
  expect(
    mergeMessageDelta(known, contentDelta({ index, type: 'text', text: { value: 'b' } })),
  ).toBeUndefined();
  expect(
    mergeStepDelta(
      knownStep,
      callsDelta({ index, type: 'function', function: { arguments: 'b' } }),
    ),
  ).toBeUndefined();
  const inside = { index: 0, type: 'text', text: { annotations: [{ index, type: 'file_path' }] } };
  expect(mergeMessageDelta(known, contentDelta(inside))).toBeUndefined();
});

test('refuses an index that is inherited', () => {
  const entry: unknown = Object.assign(Object.create({ index: 0 }) as object, {
    type: 'text',
    text: { value: 'b' },
  });
  expect(mergeMessageDelta(known, contentDelta(entry))).toBeUndefined();
});

test.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s at any depth', (key) => {
  const evil = ownKey(key, { polluted: 'yes' });
  const withKey = (fields: object): unknown =>
    JSON.parse(`${JSON.stringify(fields).slice(0, -1)}, "${key}": {"polluted": "yes"}}`);
  for (const delta of [
    contentDelta(withKey({ index: 0, type: 'text' })),
    contentDelta(withKey({ index: 1, type: 'text' })),
    contentDelta({ index: 0, type: 'text', text: evil }),
    contentDelta({ index: 1, type: 'new', new: { deep: evil } }),
    contentDelta({
      index: 0,
      type: 'text',
      text: { annotations: [withKey({ index: 0, type: 'file_path' })] },
    }),
  ]) {
    expect(mergeMessageDelta(known, delta)).toBeUndefined();
  }
  expect(mergeStepDelta(knownStep, stepDelta(withKey({ type: 'tool_calls' })))).toBeUndefined();
  expect(mergeStepDelta(knownStep, callsDelta({ index: 0, function: evil }))).toBeUndefined();
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test.each<[string, unknown]>([
  ['no object', 'text'],
  ['null', null],
  ['a list', []],
  ['content that is a text', { content: 'abc' }],
  ['content that is an object', { content: { index: 0 } }],
  ['content that is a number', { content: 5 }],
  ['a text among the content', { content: ['abc'] }],
  ['null among the content', { content: [null] }],
  ['a list among the content', { content: [[{ index: 0 }]] }],
  [
    'a part that changes its type',
    { content: [{ index: 0, type: 'image_file', image_file: { file_id: 'file-1' } }] },
  ],
  ['a new part without a type', { content: [{ index: 1, text: { value: 'b' } }] }],
  ['a new part whose type is no text', { content: [{ index: 1, type: 5 }] }],
  ['a number for a text', { content: [{ index: 0, type: 'text', text: { value: 5 } }] }],
  ['a list for a text', { content: [{ index: 0, type: 'text', text: { value: [] } }] }],
  ['an object for a text', { content: [{ index: 0, type: 'text', text: { value: {} } }] }],
  ['a text for an object', { content: [{ index: 0, type: 'text', text: 'b' }] }],
  ['a list for an object', { content: [{ index: 0, type: 'text', text: [] }] }],
  ['an object for a list', { content: [{ index: 0, type: 'text', text: { annotations: {} } }] }],
  ['a text for a list', { content: [{ index: 0, type: 'text', text: { annotations: 'x' } }] }],
  [
    'a text among the annotations',
    { content: [{ index: 0, type: 'text', text: { annotations: ['x'] } }] },
  ],
  ['an id that is no text', { content: [{ index: 0, type: 'text', id: {} }] }],
  ['a role that is no text', { role: { toString: 'x' } }],
  ['files that are no list', { file_ids: 'file-1' }],
  ['a file that is an object', { file_ids: [{ index: 1 }] }],
  ['a file that is null', { file_ids: [null] }],
  [
    'a part that is right before one that is not',
    {
      content: [
        { index: 0, text: { value: 'b' } },
        { index: 5, type: 'text' },
      ],
    },
  ],
])('refuses a delta with %s', (_, delta) => {
  const before = structuredClone(known);
  expect(mergeMessageDelta(known, messageDelta(delta))).toBeUndefined();
  expect(known).toEqual(before);
});

test.each<[string, unknown]>([
  ['details that are a text', 'tool_calls'],
  ['details that are a list', []],
  ['details that are a number', 5],
  [
    'details of another type',
    { type: 'message_creation', message_creation: { message_id: 'msg_1' } },
  ],
  ['calls that are an object', { type: 'tool_calls', tool_calls: { index: 0 } }],
  ['calls that are a text', { type: 'tool_calls', tool_calls: 'x' }],
  ['a call that is null', { type: 'tool_calls', tool_calls: [null] }],
  [
    'a call that changes its type',
    { type: 'tool_calls', tool_calls: [{ index: 0, type: 'code_interpreter' }] },
  ],
  [
    'arguments that are an object',
    { type: 'tool_calls', tool_calls: [{ index: 0, function: { arguments: {} } }] },
  ],
])('refuses a step delta with %s', (_, details) => {
  expect(mergeStepDelta(knownStep, stepDelta(details))).toBeUndefined();
});

test.each([undefined, null, 5, 'x', [], {}])('refuses %o in place of a delta', (data) => {
  expect(mergeMessageDelta(known, data as MessageDelta)).toBeUndefined();
  expect(mergeStepDelta(knownStep, data as RunStepDelta)).toBeUndefined();
});

test('refuses a delta for a message or step that is no longer whole', () => {
  const delta = contentDelta({ index: 0, type: 'text', text: { value: 'b' } });
  expect(mergeMessageDelta(createMessageBody({ content: 'abc' }), delta)).toBeUndefined();
  expect(mergeMessageDelta(createMessageBody({ content: ['abc'] }), delta)).toBeUndefined();
  expect(
    mergeMessageDelta(createMessageBody({ content: [{ type: 'text', text: 'abc' }] }), delta),
  ).toBeUndefined();
  expect(mergeStepDelta(stepOf('abc'), callsDelta())).toBeUndefined();
});

test.each([33, 100_000])('refuses a delta %d levels deep', (depth) => {
  expect(
    mergeMessageDelta(known, contentDelta({ index: 1, type: 'new', new: nestedRaw(depth) })),
  ).toBeUndefined();
});

/** Frozen at the top only, so that `freeze` does not run out of stack before the code under test could. */
function nestedRaw(depth: number): unknown {
  return Object.freeze(nested(depth, 'x'));
}

test('takes a delta twenty levels deep', () => {
  const merged = mergeMessageDelta(
    known,
    contentDelta({ index: 1, type: 'new', new: nested(20, 'x') }),
  );
  expect(merged?.content[1]).toEqual({ type: 'new', new: nested(20, 'x') });
});

test('never throws, changes no argument and no prototype, whatever JSON comes as a delta', () => {
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
  fc.assert(
    fc.property(json, (value) => {
      // Through text, as on the wire: own keys called __proto__ come to be only there.
      const content: unknown = JSON.parse(JSON.stringify(value));
      const merged = mergeMessageDelta(known, messageDelta({ content }));
      expect((merged ?? known).content.filter((entry) => typeof entry?.type !== 'string')).toEqual(
        [],
      );
      mergeStepDelta(knownStep, callsDelta(content));
      mergeStepDelta(knownStep, stepDelta(content));
      expect(keys()).toEqual(before);
    }),
    { numRuns: 3_000 },
  );
});

test('runs no accessor that somebody left on a prototype', () => {
  const ran: string[] = [];
  const accessor = (name: string) => ({
    configurable: true,
    get: () => void ran.push(`get ${name}`),
    set: () => void ran.push(`set ${name}`),
  });
  const indices = ['0', '1', '2', '3'];
  const message = createMessageBody({ content: [text('a')], file_ids: [] });
  const delta = messageDelta({
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
    text('ab', [{ type: 'file_path', file_path: { file_id: 'file-1' } }]),
    { type: 'new', tags: ['x', 'y'] },
  ]);
  expect(merged?.file_ids).toEqual(['file-1', 'file-2']);
});
