import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { assertProperty } from '../assertProperty.js';
import {
  EventStreamError,
  readEvents,
  type ReadEventsOptions,
  type ServerSentEvent,
} from '../../src/common/readEvents.js';
import { encodeComment, encodeEvent } from '../../src/protocol/encodeEvent.js';

type Chunk = string | Uint8Array;

const encoder = new TextEncoder();
const lineEnds = ['\n', '\r', '\r\n'];

afterEach(() => {
  vi.useRealTimers();
});

function createStream(...chunks: Chunk[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks)
        controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      controller.close();
    },
  });
}

function splitBytes(text: string): Uint8Array[] {
  return Array.from(encoder.encode(text), (byte) => Uint8Array.of(byte));
}

function createByteStream(text: string): ReadableStream<Uint8Array> {
  const bytes = splitBytes(text).values();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = bytes.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
}

async function collect(
  stream: ReadableStream<Uint8Array>,
  options?: ReadEventsOptions,
): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of readEvents(stream, options)) events.push(event);
  return events;
}

async function readChunks(...chunks: Chunk[]): Promise<ServerSentEvent[]> {
  return collect(createStream(...chunks));
}

/** Parses a whole stream line by line, as the HTML standard describes it. */
function parseByStandard(text: string): ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  let event = '';
  let id: string | undefined;
  let data: string[] = [];
  // The last line has no line end, so it is dropped.
  for (const line of text.split(/\r\n|\n|\r/).slice(0, -1)) {
    if (line === '') {
      if (data.length > 0) {
        const named = { event: event || 'message', data: data.join('\n') };
        events.push(id === undefined ? named : { ...named, id });
      }
      event = '';
      // Each event has only the id that it carries itself.
      id = undefined;
      data = [];
      continue;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') event = value;
    if (field === 'id' && !value.includes('\0')) id = value;
    if (field === 'data') data.push(value);
  }
  return events;
}

describe('parsing', () => {
  it.each(lineEnds.flatMap((first) => lineEnds.map((second) => [first, second] as const)))(
    'reads lines that end in %j and events that end in %j, split at every byte',
    async (first, second) => {
      const text = `event: é${first}data: 1${first}data: 2${first}${second}data: 3${second}${first}${second}`;
      const expected = parseByStandard(text);
      expect(expected[0]?.event).toBe('é');
      const bytes = encoder.encode(text);
      for (let cut = 0; cut <= bytes.length; cut += 1) {
        expect(await readChunks(bytes.slice(0, cut), bytes.slice(cut))).toEqual(expected);
      }
    },
  );

  it('reads any lines as the standard does', async () => {
    const field = fc.oneof(
      fc.constantFrom('data', 'event', 'id', 'retry', 'x', '', ' data', 'data ', '\ufeffdata'),
      fc.string({ maxLength: 4 }),
    );
    const value = fc.oneof(
      fc.constantFrom('', ' ', '  a', ':', '1'),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    );
    const line = fc
      .oneof(
        fc.constant(''),
        fc.tuple(field, fc.constantFrom(':', ': ', ''), value).map((parts) => parts.join('')),
      )
      .map((text) => text.replace(/[\r\n]/g, ''));
    await assertProperty(
      fc.asyncProperty(
        fc.array(line, { maxLength: 20 }),
        fc.constantFrom(...lineEnds),
        async (lines, lineEnd) => {
          const text = lines.map((each) => each + lineEnd).join('');
          const expected = parseByStandard(text.replace(/^\ufeff/, ''));
          expect(await readChunks(text)).toEqual(expected);
        },
      ),
      { name: 'eventLines', full: 2_000, small: 200 },
    );
  });

  it('reads any events with any line ends, split at any bytes', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', ' ', ':', '\n', '\n\n'),
    );
    const event = fc.record({
      event: text.map((name) => name.replace(/[\r\n]/g, '')).filter((name) => name !== ''),
      data: text.map((value) => value.replace(/\r\n?/g, '\n')),
    });
    await assertProperty(
      fc.asyncProperty(
        fc.array(event, { maxLength: 5 }),
        fc.infiniteStream(fc.constantFrom(...lineEnds)),
        fc.array(fc.nat(400), { maxLength: 30 }),
        async (events, ends, cuts) => {
          const encoded = events.map((each) => encodeEvent(each.event, each.data)).join('');
          let endedWithReturn = false;
          const mixed = encoded.replace(/\n/g, (_, offset: number) => {
            const [end = '\n'] = ends.take(1);
            // A CR followed by the LF of an empty line would be a single line end.
            const isSafe = !(endedWithReturn && encoded[offset - 1] === '\n' && end === '\n');
            endedWithReturn = isSafe ? end === '\r' : true;
            return isSafe ? end : '\r';
          });
          const bytes = encoder.encode(mixed);
          const sorted = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
          const bounds = [0, ...sorted, bytes.length];
          const chunks = bounds.slice(1).map((end, index) => bytes.slice(bounds[index], end));
          expect(await readChunks(...chunks)).toEqual(events);
        },
      ),
      { name: 'events', full: 300, small: 50 },
    );
  });

  it('delivers an event that ends with a lone CR without waiting for more', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const events = readEvents(readable);
    void writer.write(encoder.encode('data: 1\r\r'));
    expect(await events.next()).toEqual({ done: false, value: { event: 'message', data: '1' } });
    // The LF belongs to the CR before it, so it neither ends an event nor starts one.
    void writer.write(encoder.encode('\ndata: 2\r'));
    void writer.write(encoder.encode('\n'));
    void writer.write(encoder.encode('\r\n'));
    expect(await events.next()).toEqual({ done: false, value: { event: 'message', data: '2' } });
    void writer.close();
    expect((await events.next()).done).toBe(true);
  });

  it.each<[string, string, ServerSentEvent[]]>([
    [
      'drops a byte order mark at the start',
      '\uFEFFdata: 1\n\n',
      [{ event: 'message', data: '1' }],
    ],
    [
      'keeps other byte order marks as text',
      '\uFEFFdata: 1\n\ndata: \uFEFF2\n\n',
      [
        { event: 'message', data: '1' },
        { event: 'message', data: '\uFEFF2' },
      ],
    ],
    [
      'ignores comments',
      `: ${'x'.repeat(2_048)}\n:\0\n:\n\ndata: 1\n\n: end\n\n`,
      [{ event: 'message', data: '1' }],
    ],
    [
      'joins lines of data',
      'data: 1\ndata\ndata:\ndata: 2\n\n',
      [{ event: 'message', data: '1\n\n\n2' }],
    ],
    ['reads data without a colon as an empty line', 'data\n\n', [{ event: 'message', data: '' }]],
    [
      'resets the event name with an empty name',
      'event: a\nevent:\ndata: 1\n\n',
      [{ event: 'message', data: '1' }],
    ],
    [
      'resets the event name after each event',
      'event: a\ndata: 1\n\ndata: 2\n\n',
      [
        { event: 'a', data: '1' },
        { event: 'message', data: '2' },
      ],
    ],
    ['drops events without data', 'event: a\n\ndata: 1\n\n', [{ event: 'message', data: '1' }]],
    [
      'ignores unknown fields',
      'foo: 1\ndata: 1\nDATA: 2\ndatax: 3\n\n',
      [{ event: 'message', data: '1' }],
    ],
    [
      'removes one leading space of a value',
      'data:1\ndata: 2\ndata:  3\n\n',
      [{ event: 'message', data: '1\n2\n 3' }],
    ],
    [
      'ignores fields with a leading space',
      ' data: 1\ndata: 2\n\n',
      [{ event: 'message', data: '2' }],
    ],
    [
      'ignores an id with NUL and an invalid retry',
      'id: \0\nretry: soon\nretry: -1\ndata: 1\n\n',
      [{ event: 'message', data: '1' }],
    ],
    ['drops an incomplete last event', 'data: 1\n\ndata: 2\n', [{ event: 'message', data: '1' }]],
    ['reads an empty stream', '', []],
  ])('%s', async (_, text, expected) => {
    expect(await readChunks(text)).toEqual(expected);
    expect(await readChunks(...splitBytes(text))).toEqual(expected);
  });

  it('replaces bytes that are not UTF-8', async () => {
    const bytes = Uint8Array.of(
      ...encoder.encode('data: '),
      0xff,
      0xf0,
      0x9f,
      ...encoder.encode('\n\n'),
    );
    expect(await readChunks(bytes)).toEqual([{ event: 'message', data: '\uFFFD\uFFFD' }]);
  });
});

/**
 * Returns the number of characters that `Array.join` and `String.slice` produce during the work: the copies of a
 * parser.
 */
async function countCopiedCharacters(work: () => Promise<unknown>): Promise<number> {
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

describe('large events', () => {
  it('copies each character a few times at most when bytes arrive one by one', async () => {
    const text =
      encodeEvent('thread.message.delta', 'x'.repeat(50_000)) + encodeEvent('done', '[DONE]');
    const stream = createByteStream(text);
    let events: ServerSentEvent[] = [];
    const copied = await countCopiedCharacters(async () => {
      events = await collect(stream);
    });
    expect(events.map(({ data }) => data.length)).toEqual([50_000, 6]);
    expect(copied).toBeGreaterThan(0);
    expect(copied).toBeLessThan(5 * text.length);
  });

  it('decodes many bytes at once and sets one timer when bytes arrive one by one', async () => {
    const text = encodeEvent('thread.message.delta', 'é'.repeat(10_000));
    const spies = [
      vi.spyOn(TextDecoder.prototype, 'decode'),
      vi.spyOn(globalThis, 'setTimeout'),
      vi.spyOn(globalThis, 'clearTimeout'),
    ] as const;
    const events = await collect(createByteStream(text), { idleTimeoutMs: 600_000 });
    const counts = spies.map((spy) => spy.mock.calls.length);
    for (const spy of spies) spy.mockRestore();
    expect(events).toEqual([{ event: 'thread.message.delta', data: 'é'.repeat(10_000) }]);
    expect(counts[0]).toBeGreaterThan(0);
    expect(Math.max(...counts)).toBeLessThan(50);
  });

  it('reads an event of 20 MB in chunks of 64 kB', async () => {
    const chunk = 'x'.repeat(65_536);
    const chunks = Array.from({ length: 320 }, () => chunk);
    const events = await readChunks('data: ', ...chunks, '\n\n');
    expect(events.map(({ data }) => data.length)).toEqual([320 * 65_536]);
  });

  it.each([
    ['in one chunk', [`data: ${'x'.repeat(101)}\n\n`]],
    ['in many chunks', ['data: ', ...Array.from({ length: 101 }, () => 'x')]],
    ['in many lines', Array.from({ length: 60 }, () => 'data: x\n')],
    ['in many lines of one chunk', ['data: x\n'.repeat(60)]],
    ['as an unfinished comment', [`:${'x'.repeat(101)}`]],
  ])('throws an EventStreamError for an event over the limit %s', async (_, chunks) => {
    const events = readEvents(createStream('data: 1\n\n', ...chunks), { maxEventLength: 100 });
    expect((await events.next()).value).toEqual({ event: 'message', data: '1' });
    await expect(events.next()).rejects.toThrow(EventStreamError);
  });

  it('returns the events before an event over the limit in the same chunk', async () => {
    const text = `data: 1\n\ndata: ${'x'.repeat(101)}\n\ndata: 2\n\n`;
    const events = readEvents(createStream(text), { maxEventLength: 100 });
    expect((await events.next()).value).toEqual({ event: 'message', data: '1' });
    await expect(events.next()).rejects.toThrow('An event exceeds the limit of 100 characters.');
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it('reads an event as long as the limit', async () => {
    const text = `data: ${'x'.repeat(100)}\n\n`;
    expect(await collect(createStream(text), { maxEventLength: 100 })).toHaveLength(1);
  });
});

describe('streams', () => {
  it('reads no further than the consumer', async () => {
    let pulls = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulls += 1;
          controller.enqueue(encoder.encode(`data: ${pulls}\n\n`));
        },
      },
      { highWaterMark: 0 },
    );
    const events = readEvents(stream);
    expect(pulls).toBe(0);
    for (let read = 1; read <= 3; read += 1) {
      expect((await events.next()).value).toEqual({ event: 'message', data: String(read) });
      expect(pulls).toBe(read);
    }
    await events.return();
  });

  it('cancels the stream when the consumer leaves the loop', async () => {
    const onCancel = vi.fn<() => void>();
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode('data: 1\n\ndata: 2\n\n')),
      cancel: onCancel,
    });
    for await (const event of readEvents(stream)) {
      expect(event.data).toBe('1');
      break;
    }
    expect(onCancel).toHaveBeenCalledTimes(1);
  });

  it('throws the error of a failed stream after the events before it', async () => {
    const failure = new Error('socket hang up');
    const chunks = ['data: 1\n\n'];
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = chunks.shift();
        if (next === undefined) controller.error(failure);
        else controller.enqueue(encoder.encode(next));
      },
    });
    const events = readEvents(stream);
    expect((await events.next()).value).toEqual({ event: 'message', data: '1' });
    await expect(events.next()).rejects.toBe(failure);
  });
});

describe('idle timeout', () => {
  /** Opens a stream that the test writes to. */
  function openStream() {
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const onCancel = vi.fn<() => void>();
    const stream = new ReadableStream<Uint8Array>({
      start(opened) {
        controller = opened;
      },
      cancel: onCancel,
    });
    return {
      stream,
      onCancel,
      send: (text: string) => controller?.enqueue(encoder.encode(text)),
    };
  }

  it('throws an EventStreamError and cancels the stream after a time without data', async () => {
    vi.useFakeTimers();
    const { stream, onCancel } = openStream();
    const next = readEvents(stream, { idleTimeoutMs: 1_000 }).next();
    const caught = next.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(999);
    expect(onCancel).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await caught).toEqual(
      new EventStreamError('The event stream sent no data for 1000 ms.'),
    );
    expect(onCancel).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not end a stream whose timeout is longer than timers can be', async () => {
    vi.useFakeTimers({ now: 0 });
    const { stream, onCancel, send } = openStream();
    const next = readEvents(stream, { idleTimeoutMs: Infinity }).next();
    await vi.advanceTimersByTimeAsync(0);
    await vi.advanceTimersToNextTimerAsync();
    expect(Date.now()).toBe(2 ** 31 - 1);
    expect(onCancel).not.toHaveBeenCalled();
    send('data: 1\n\n');
    expect((await next).value).toEqual({ event: 'message', data: '1' });
  });

  it('starts again with every chunk, comments included', async () => {
    vi.useFakeTimers();
    const { stream, send } = openStream();
    const next = readEvents(stream, { idleTimeoutMs: 1_000 }).next();
    for (let count = 0; count < 5; count += 1) {
      await vi.advanceTimersByTimeAsync(900);
      send(encodeComment('ping'));
    }
    await vi.advanceTimersByTimeAsync(900);
    send('data: 1\n\n');
    expect((await next).value).toEqual({ event: 'message', data: '1' });
  });

  it('does not run while the consumer works', async () => {
    vi.useFakeTimers();
    const { stream, send } = openStream();
    const events = readEvents(stream, { idleTimeoutMs: 1_000 });
    send('data: 1\n\n');
    await events.next();
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(10_000);
    send('data: 2\n\n');
    expect((await events.next()).value).toEqual({ event: 'message', data: '2' });
    await events.return();
  });
});
