import { describe, expect, it } from 'vitest';
import { readEvents } from '../../src/common/readEvents.js';
import { encodeComment, encodeEvent } from '../../src/protocol/encodeEvent.js';

async function readText(text: string) {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
  const events = [];
  for await (const event of readEvents(stream)) events.push(event);
  return events;
}

describe('encodeEvent', () => {
  it('encodes name and data', () => {
    expect(encodeEvent('thread.created', { id: 'thread_1' })).toBe(
      'event: thread.created\ndata: {"id":"thread_1"}\n\n',
    );
    expect(encodeEvent('done', '[DONE]')).toBe('event: done\ndata: [DONE]\n\n');
  });

  it('encodes objects as JSON', async () => {
    const data = { text: 'a\r\nb\n\nc', list: [1, null] };
    const [event] = await readText(encodeEvent('thread.run.created', data));
    expect(event?.event).toBe('thread.run.created');
    expect(JSON.parse(event?.data ?? '')).toEqual(data);
  });

  it.each(['a\rdata: b', 'a\nevent: evil', 'a\r\n\r\nevent: evil\r\ndata: b'])(
    'does not let the text %j start a field',
    async (text) => {
      expect(await readText(encodeEvent('ok', text))).toEqual([
        { event: 'ok', data: text.replace(/\r\n?/g, '\n') },
      ]);
    },
  );
});

describe('encodeComment', () => {
  it.each(['ping', 'a\rdata: b', 'a\nevent: evil', 'a\r\n\r\nevent: evil\r\ndata: b'])(
    'encodes %j as text that readers ignore',
    async (text) => {
      expect(await readText(`${encodeComment(text)}data: next\n\n`)).toEqual([
        { event: 'message', data: 'next' },
      ]);
    },
  );
});
