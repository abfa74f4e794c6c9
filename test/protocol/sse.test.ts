import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import {
  encodeComment,
  encodeEvent,
  EventStreamError,
  readEvents,
  type ServerSentEvent,
} from '../../src/protocol/sse.js';

const toBytes = new TextEncoder();

function streamOf(...chunks: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks)
        controller.enqueue(typeof chunk === 'string' ? toBytes.encode(chunk) : chunk);
      controller.close();
    },
  });
}

async function eventsOf(...chunks: (string | Uint8Array)[]): Promise<ServerSentEvent[]> {
  return collect(readEvents(streamOf(...chunks)));
}

async function collect(events: AsyncIterable<ServerSentEvent>): Promise<ServerSentEvent[]> {
  const all: ServerSentEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const ends = ['\n', '\r', '\r\n'];

test.each(ends.flatMap((one) => ends.map((other) => [one, other] as const)))(
  'reads lines that end in %j and frames that end in %j, cut at every byte',
  async (one, other) => {
    const text = `event: é${one}data: 1${one}data: 2${one}${other}data: 3${other}${one}${other}`;
    // With LF alone there is one way to read it.
    const expected = await eventsOf(text.replace(/\r\n?|\n/g, '\n'));
    expect(expected[0]?.event).toBe('é');
    const bytes = toBytes.encode(text);
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(await eventsOf(bytes.slice(0, cut), bytes.slice(cut))).toEqual(expected);
    }
  },
);

test('reads any text as a foreign parser does', async () => {
  const field = fc.oneof(
    fc.constantFrom('data', 'event', 'id', 'retry', 'x', '', ' data', 'data ', '\ufeffdata'),
    fc.string({ maxLength: 4 }),
  );
  const value = fc.oneof(
    fc.constantFrom('', ' ', '  a', ':', '1'),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  );
  const line = fc.oneof(
    fc.constant(''),
    fc.tuple(field, fc.constantFrom(':', ': ', ''), value).map((parts) => parts.join('')),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        line.map((text) => text.replace(/[\r\n]/g, '')),
        { maxLength: 20 },
      ),
      fc.constantFrom('\n', '\r\n'),
      async (lines, end) => {
        const text = lines.map((each) => each + end).join('');
        const expected: ServerSentEvent[] = [];
        const parser = createParser({
          onEvent: ({ event, data }) => expected.push({ event: event || 'message', data }),
        });
        parser.feed(text.replace(/^\ufeff/, ''));
        expect(await eventsOf(text)).toEqual(expected);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('reads any events whatever their line ends and wherever their bytes are cut', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', ' ', ':', '\n', '\n\n'),
  );
  const name = text.map((value) => value.replace(/[\r\n]/g, '')).filter((value) => value !== '');
  const event = fc.record({
    event: name,
    data: text.map((value) => value.replace(/\r\n?/g, '\n')),
  });
  const lineEnds = fc.infiniteStream(fc.constantFrom(...ends));
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 5 }),
      lineEnds,
      fc.array(fc.nat(400), { maxLength: 30 }),
      async (events, lines, cuts) => {
        const encoded = events.map((one) => encodeEvent(one.event, one.data)).join('');
        let endedWithReturn = false;
        const mixed = encoded.replace(/\n/g, (_, offset: number) => {
          const [end = '\n'] = lines.take(1);
          // CR, then LF of an empty line would be one end and not two.
          const isSafe = !(endedWithReturn && encoded[offset - 1] === '\n' && end === '\n');
          endedWithReturn = isSafe ? end === '\r' : true;
          return isSafe ? end : '\r';
        });
        const bytes = toBytes.encode(mixed);
        const places = [
          0,
          ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b),
          bytes.length,
        ];
        const chunks = places.slice(1).map((place, index) => bytes.slice(places[index], place));
        expect(await eventsOf(...chunks)).toEqual(events);
      },
    ),
    { numRuns: 300 },
  );
});

test('writes data that is no text as JSON', async () => {
  const data = { text: 'a\r\nb\n\nc', list: [1, null] };
  const [event] = await eventsOf(encodeEvent('thread.run.created', data));
  expect(event?.event).toBe('thread.run.created');
  expect(JSON.parse(event?.data ?? '')).toEqual(data);
});

test.each(['a\rdata: b', 'a\nevent: evil', 'a\r\n\r\nevent: evil\r\ndata: b'])(
  'lets no line of the text %j become a field',
  async (text) => {
    expect(await eventsOf(encodeEvent('ok', text))).toEqual([
      { event: 'ok', data: text.replace(/\r\n?/g, '\n') },
    ]);
    expect(await eventsOf(encodeComment(text), 'data: next\n\n')).toEqual([
      { event: 'message', data: 'next' },
    ]);
  },
);

test('delivers an event that ends with a lone CR without waiting for more', async () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const events = readEvents(readable);
  void writer.write(toBytes.encode('data: 1\r\r'));
  expect(await events.next()).toEqual({ done: false, value: { event: 'message', data: '1' } });
  // The LF belongs to the CR before it: no second event, and no empty line inside the next.
  void writer.write(toBytes.encode('\ndata: 2\r'));
  void writer.write(toBytes.encode('\n'));
  void writer.write(toBytes.encode('\r\n'));
  expect(await events.next()).toEqual({ done: false, value: { event: 'message', data: '2' } });
  void writer.close();
  expect((await events.next()).done).toBe(true);
});

test.each<[string, string, ServerSentEvent[]]>([
  ['drops one byte order mark', '\uFEFFdata: 1\n\n', [{ event: 'message', data: '1' }]],
  [
    'takes a second byte order mark as text',
    '\uFEFFdata: 1\n\ndata: \uFEFF2\n\n',
    [
      { event: 'message', data: '1' },
      { event: 'message', data: '\uFEFF2' },
    ],
  ],
  [
    'passes over comments',
    `: ${'x'.repeat(2_048)}\n:\0\n:\n\ndata: 1\n\n: end\n\n`,
    [{ event: 'message', data: '1' }],
  ],
  [
    'joins lines of data',
    'data: 1\ndata\ndata:\ndata: 2\n\n',
    [{ event: 'message', data: '1\n\n\n2' }],
  ],
  ['takes data without a colon as an empty line', 'data\n\n', [{ event: 'message', data: '' }]],
  [
    'names no event by an empty name',
    'event: a\nevent:\ndata: 1\n\n',
    [{ event: 'message', data: '1' }],
  ],
  [
    'forgets the name with its event',
    'event: a\ndata: 1\n\ndata: 2\n\n',
    [
      { event: 'a', data: '1' },
      { event: 'message', data: '2' },
    ],
  ],
  ['delivers no event without data', 'event: a\n\ndata: 1\n\n', [{ event: 'message', data: '1' }]],
  [
    'passes over fields that it does not know',
    'foo: 1\ndata: 1\nDATA: 2\ndatax: 3\n\n',
    [{ event: 'message', data: '1' }],
  ],
  [
    'takes away one leading space',
    'data:1\ndata: 2\ndata:  3\n\n',
    [{ event: 'message', data: '1\n2\n 3' }],
  ],
  [
    'takes a field with a space before it for another',
    ' data: 1\ndata: 2\n\n',
    [{ event: 'message', data: '2' }],
  ],
  [
    'passes over an id with NUL and a bogus retry',
    'id: \0\nretry: soon\nretry: -1\ndata: 1\n\n',
    [{ event: 'message', data: '1' }],
  ],
  ['drops a last event that is cut', 'data: 1\n\ndata: 2\n', [{ event: 'message', data: '1' }]],
  ['reads an empty stream', '', []],
])('%s', async (_, text, expected) => {
  expect(await eventsOf(text)).toEqual(expected);
  expect(
    await eventsOf(
      ...toBytes
        .encode(text)
        .reduce<Uint8Array[]>((all, byte) => [...all, Uint8Array.of(byte)], []),
    ),
  ).toEqual(expected);
});

test('replaces bytes that are no UTF-8', async () => {
  const bytes = new Uint8Array([
    ...toBytes.encode('data: '),
    0xff,
    0xf0,
    0x9f,
    ...toBytes.encode('\n\n'),
  ]);
  expect(await eventsOf(bytes)).toEqual([{ event: 'message', data: '\uFFFD\uFFFD' }]);
});

/** The characters of all texts that are joined and sliced while the work runs: what a reader copies, it copies with these. */
async function charactersCopied(work: () => Promise<unknown>): Promise<number> {
  const spies = [vi.spyOn(Array.prototype, 'join'), vi.spyOn(String.prototype, 'slice')];
  try {
    await work();
    return spies
      .flatMap((spy) => spy.mock.results)
      .reduce((sum, { value }) => sum + String(value).length, 0);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test('copies each character a few times at most, one byte at a time', async () => {
  const bytes = toBytes.encode(
    encodeEvent('thread.message.delta', 'x'.repeat(50_000)) + encodeEvent('done', '[DONE]'),
  );
  let next = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (next === bytes.length) controller.close();
      else controller.enqueue(bytes.slice(next, ++next));
    },
  });
  let events: ServerSentEvent[] = [];
  const copied = await charactersCopied(async () => {
    events = await collect(readEvents(stream));
  });
  expect(events.map(({ data }) => data.length)).toEqual([50_000, 6]);
  expect(copied).toBeGreaterThan(0);
  expect(copied).toBeLessThan(5 * bytes.length);
});

test('delivers an event of 20 MB in chunks of 64 kB', async () => {
  const chunk = 'x'.repeat(65_536);
  const events = await eventsOf('data: ', ...Array.from({ length: 320 }, () => chunk), '\n\n');
  expect(events.map(({ data }) => data.length)).toEqual([320 * 65_536]);
});

test.each([
  ['in one chunk', [`data: ${'x'.repeat(101)}\n\n`]],
  ['in many chunks', ['data: ', ...Array.from({ length: 101 }, () => 'x')]],
  ['in many lines', Array.from({ length: 60 }, () => 'data: x\n')],
])('ends with EventStreamError at an event over the limit that comes %s', async (_, chunks) => {
  const events = readEvents(streamOf('data: 1\n\n', ...chunks), { maxEventLength: 100 });
  expect((await events.next()).value).toEqual({ event: 'message', data: '1' });
  await expect(events.next()).rejects.toThrow(EventStreamError);
});

test('delivers what came before an event over the limit in the same chunk', async () => {
  const events = readEvents(streamOf(`data: 1\n\ndata: ${'x'.repeat(101)}\n\ndata: 2\n\n`), {
    maxEventLength: 100,
  });
  expect((await events.next()).value).toEqual({ event: 'message', data: '1' });
  await expect(events.next()).rejects.toThrow('longer than 100 characters');
});

test('delivers an event as long as the limit', async () => {
  const events = await collect(
    readEvents(streamOf(`data: ${'x'.repeat(100)}\n\n`), { maxEventLength: 100 }),
  );
  expect(events).toHaveLength(1);
});

test('reads no further than its consumer', async () => {
  let pulls = 0;
  const stream = new ReadableStream<Uint8Array>(
    { pull: (controller) => controller.enqueue(toBytes.encode(`data: ${++pulls}\n\n`)) },
    { highWaterMark: 0 },
  );
  const events = readEvents(stream);
  expect(pulls).toBe(0);
  for (let read = 1; read <= 3; read++) {
    expect((await events.next()).value).toEqual({ event: 'message', data: String(read) });
    expect(pulls).toBe(read);
  }
  await events.return();
});

test('cancels the stream when its reader leaves', async () => {
  let isCancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(toBytes.encode('data: 1\n\ndata: 2\n\n')),
    cancel() {
      isCancelled = true;
    },
  });
  for await (const event of readEvents(stream)) {
    expect(event.data).toBe('1');
    break;
  }
  expect(isCancelled).toBe(true);
});

test('passes on the error of a stream that breaks, after what came before', async () => {
  let pulls = 0;
  const broken = new Error('socket hang up');
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (pulls++ === 0) controller.enqueue(toBytes.encode('data: 1\n\n'));
      else controller.error(broken);
    },
  });
  const events = readEvents(stream);
  expect((await events.next()).value).toEqual({ event: 'message', data: '1' });
  await expect(events.next()).rejects.toBe(broken);
});
