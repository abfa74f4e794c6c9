import { QueryClient } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import { StrictMode } from 'react';
import {
  AssistantsProvider,
  createAssistantsClient,
  Thread,
  ThreadView,
  type ThreadMessagesProps,
} from 'assistants-react';
import { listMessagesOptions, type Message, type Page } from 'assistants-react/client';
import 'assistants-react/styles.css';
import { describe, expect, it, test } from 'vitest';
import { userEvent } from 'vitest/browser';

const THREAD = 'thread_long';
const RUN = 'run_long';

const WORDS =
  'the quick brown fox jumps over the lazy dog and runs away from every hound it meets on its way home'.split(
    ' ',
  );

/** Text of a message, different in length from one to the next. */
function textOf(number: number): string {
  const sentence = Array.from(
    { length: 8 + ((number * 7) % 60) },
    (_, at) => WORDS[(number + at * 3) % WORDS.length],
  ).join(' ');
  return number % 10 === 4
    ? `Message ${number}\n\n- one\n- two\n\n\`\`\`js\nconst answer = ${number};\n\`\`\`\n\n${sentence}`
    : `Message ${number}: ${sentence}`;
}

function message(number: number, over: Partial<Message> = {}): Message {
  return {
    id: `msg_${number}`,
    object: 'thread.message',
    created_at: 1_700_000_000 + number * 90,
    thread_id: THREAD,
    status: 'completed',
    incomplete_details: null,
    completed_at: null,
    incomplete_at: null,
    role: number % 2 === 0 ? 'user' : 'assistant',
    content: [{ type: 'text', text: { value: textOf(number), annotations: [] } }],
    assistant_id: null,
    run_id: null,
    attachments: [],
    metadata: {},
    ...over,
  };
}

/** Numbers from, inclusive, to, exclusive, newest first, in pages of a hundred. */
function pagesOf(from: number, to: number) {
  const pages: Page<Message>[] = [];
  for (let end = to; end > from; end -= 100) {
    const start = Math.max(from, end - 100);
    const data = Array.from({ length: end - start }, (_, at) => message(end - 1 - at));
    pages.push({
      object: 'list',
      data,
      first_id: `msg_${end - 1}`,
      last_id: `msg_${start}`,
      has_more: start > 0,
    });
  }
  return {
    pages,
    pageParams: pages.map((_, at) => (at === 0 ? null : (pages[at - 1]?.last_id ?? null))),
  };
}

interface OpenOptions {
  from?: number;
  to: number;
  isStrict?: boolean;
  renderMessage?: ThreadMessagesProps['renderMessage'];
}

/** A thread of which the messages [from, to) are cached and [0, to) are stored, in a frame of a fixed size. */
async function openThread({ from = 0, to, isStrict = false, renderMessage }: OpenOptions) {
  const bytes = new TextEncoder();
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  let sent = to;
  const json = (body: object) => Response.json(body);
  const run = (status: string) => ({
    id: RUN,
    object: 'thread.run',
    thread_id: THREAD,
    assistant_id: 'asst_1',
    status,
    created_at: 1_700_000_000,
    tools: [],
    metadata: {},
    usage: null,
  });
  const client = createAssistantsClient({
    baseUrl: 'http://long.test/v1',
    retry: 0,
    fetch: async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      if (request.method === 'POST' && pathname.endsWith('/messages'))
        return json(
          message((sent += 1), {
            role: 'user',
            content: [{ type: 'text', text: { value: 'Sent', annotations: [] } }],
          }),
        );
      if (request.method === 'POST' && pathname.endsWith('/runs')) {
        return new Response(
          new ReadableStream({ start: (controller) => void (stream = controller) }),
          { headers: { 'content-type': 'text/event-stream' } },
        );
      }
      if (pathname.endsWith('/runs')) return json({ object: 'list', data: [], has_more: false });
      const after = searchParams.get('after');
      if (searchParams.get('order') === 'asc')
        return json({ object: 'list', data: [], has_more: false });
      const end = after === null ? to : Number(after.slice(4));
      const start = Math.max(0, end - 20);
      return json({
        object: 'list',
        data: Array.from({ length: end - start }, (_, at) => message(end - 1 - at)),
        has_more: start > 0,
      });
    },
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  queryClient.setQueryData(
    listMessagesOptions(client, { threadId: THREAD }).queryKey,
    pagesOf(from, to),
  );
  const frame = document.createElement('div');
  frame.style.cssText =
    'position: fixed; inset: 0 auto auto 0; inline-size: 700px; block-size: 600px;';
  document.body.append(frame);
  const tree = (
    <AssistantsProvider client={client} queryClient={queryClient}>
      {renderMessage ? (
        <Thread.Root assistantId="asst_1" threadId={THREAD}>
          <Thread.Messages renderMessage={renderMessage} />
          <Thread.Composer />
        </Thread.Root>
      ) : (
        <ThreadView assistantId="asst_1" threadId={THREAD} />
      )}
    </AssistantsProvider>
  );
  const view = render(isStrict ? <StrictMode>{tree}</StrictMode> : tree, { container: frame });
  const scroller = frame.querySelector<HTMLElement>('[data-part="thread-scroll"]') ?? document.body;
  const emit = (event: string, data: object) =>
    act(async () =>
      stream?.enqueue(bytes.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)),
    );
  const answer = message(1_000_000, {
    role: 'assistant',
    status: 'in_progress',
    content: [],
    run_id: RUN,
    created_at: 1_900_000_000,
  });
  await paint();
  return {
    ...view,
    frame,
    scroller,
    row: (number: number) =>
      frame.querySelector<HTMLElement>(`[data-part="message-row"][data-key="msg_${number}"]`),
    rows: () => frame.querySelectorAll('[data-part="message-row"]').length,
    /** Distance from the end, in pixels. */
    left: () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight,
    async ask() {
      await userEvent.fill(frame.querySelector('textarea') ?? frame, 'Sent');
      await userEvent.keyboard('{Enter}');
      await until(() => stream !== undefined);
      await emit('thread.run.created', run('in_progress'));
      await emit('thread.message.created', answer);
      await paint();
    },
    async grow(value: string) {
      await emit('thread.message.delta', {
        id: answer.id,
        object: 'thread.message.delta',
        delta: { content: [{ index: 0, type: 'text', text: { value } }] },
      });
      await paint();
    },
    async beginAnother() {
      await emit('thread.message.created', { ...answer, id: 'msg_1000001' });
      await paint();
    },
  };
}

/** Two frames and the task behind them: all that was asked for has been painted. */
async function paint(): Promise<void> {
  await act(async () => {
    for (let frames = 0; frames < 2; frames += 1)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => setTimeout(resolve));
  });
}

async function until(holds: () => boolean): Promise<void> {
  for (let frames = 0; !holds(); frames += 1) {
    if (frames > 200) throw new Error('It has not come true in 200 frames.');
    await paint();
  }
}

/** Turns the wheel over the list, as a person does. */
async function wheel(scroller: HTMLElement, deltaY: number): Promise<void> {
  scroller.dispatchEvent(new WheelEvent('wheel', { deltaY, bubbles: true }));
  scroller.scrollTop += deltaY;
  await paint();
}

/** Parts of the viewport's height at which there is no row. */
function blanks(scroller: HTMLElement): number[] {
  const { left, top, width, height } = scroller.getBoundingClientRect();
  const points = Array.from({ length: 12 }, (_, at) => (at + 0.5) / 12);
  const rows = [
    ...scroller.querySelectorAll('[data-part="message-row"], [data-part="load-older"]'),
  ].map((row) => row.getBoundingClientRect());
  return points.filter((point) => {
    const y = top + height * point;
    // Between two rows is a gap of the list, not a hole in it.
    return left + width > 0 && !rows.some((row) => row.top - 16 <= y && row.bottom + 16 >= y);
  });
}

describe('following', () => {
  it('opens at the end, and keeps it in sight while text grows', async () => {
    const thread = await openThread({ to: 40 });
    await expect.poll(() => thread.left()).toBeLessThan(1);
    await thread.ask();
    for (let grown = 0; grown < 5; grown += 1) {
      await thread.grow(`Paragraph ${grown}. ${textOf(grown)}\n\n`);
      await expect.poll(() => thread.left()).toBeLessThan(1);
    }
  });

  it('goes on after a burst of text higher than the view', async () => {
    const thread = await openThread({ to: 40 });
    await thread.ask();
    await thread.grow(`${textOf(3)}\n\n`.repeat(60));
    await expect.poll(() => thread.left()).toBeLessThan(1);
    expect(thread.frame.querySelector('[data-following]')).not.toBeNull();
    await thread.grow(`${textOf(4)}\n\n`.repeat(10));
    await expect.poll(() => thread.left()).toBeLessThan(1);
  });

  it('ends with the wheel, and stays where the reader is while text grows', async () => {
    const thread = await openThread({ to: 40 });
    await thread.ask();
    await thread.grow(`${textOf(3)}\n\n`.repeat(20));
    await wheel(thread.scroller, -10);
    const { scrollTop } = thread.scroller;
    await thread.grow(`${textOf(5)}\n\n`.repeat(20));
    expect(thread.scroller.scrollTop).toBe(scrollTop);
    expect(thread.frame.querySelector('[data-following]')).toBeNull();
    expect(thread.frame.querySelector('[data-role="jump-to-latest"]')).not.toBeNull();
  });

  it('begins again at the end', async () => {
    const thread = await openThread({ to: 40 });
    await thread.ask();
    await wheel(thread.scroller, -400);
    await wheel(thread.scroller, 5_000);
    expect(thread.frame.querySelector('[data-following]')).not.toBeNull();
    await thread.grow(`${textOf(5)}\n\n`.repeat(20));
    await expect.poll(() => thread.left()).toBeLessThan(1);
  });

  it('is not ended by a script that scrolls', async () => {
    const thread = await openThread({ to: 40 });
    await thread.ask();
    await new Promise((resolve) => setTimeout(resolve, 400));
    thread.scroller.scrollTop = 0;
    await paint();
    expect(thread.frame.querySelector('[data-following]')).not.toBeNull();
    await thread.grow('More.');
    await expect.poll(() => thread.left()).toBeLessThan(1);
  });

  it('begins again when one sends', async () => {
    const thread = await openThread({ to: 200 });
    await wheel(thread.scroller, -3_000);
    expect(thread.left()).toBeGreaterThan(2_000);
    await thread.ask();
    await expect.poll(() => thread.left()).toBeLessThan(1);
    expect(thread.frame.querySelector('[data-following]')).not.toBeNull();
  });

  it('begins again with the button, which hands on the focus', async () => {
    const thread = await openThread({ to: 200 });
    await wheel(thread.scroller, -9_000);
    await userEvent.click(
      thread.frame.querySelector('[data-role="jump-to-latest"]') ?? thread.frame,
    );
    await paint();
    await expect.poll(() => thread.left()).toBeLessThan(1);
    expect(blanks(thread.scroller)).toEqual([]);
    expect(document.activeElement).toBe(thread.scroller);
  });

  it('keeps the end in view when the composer grows', async () => {
    const thread = await openThread({ to: 40 });
    await userEvent.fill(
      thread.frame.querySelector('textarea') ?? thread.frame,
      'one\ntwo\nthree\nfour\nfive',
    );
    await paint();
    await expect.poll(() => thread.left()).toBeLessThan(1);
  });

  it('works in StrictMode', async () => {
    const thread = await openThread({ to: 40, isStrict: true });
    await thread.ask();
    await thread.grow(`${textOf(3)}\n\n`.repeat(20));
    await expect.poll(() => thread.left()).toBeLessThan(1);
  });
});

describe('reading', () => {
  it('keeps the first visible row in place when older messages are loaded', async () => {
    const thread = await openThread({ from: 960, to: 1_000 });
    await wheel(thread.scroller, -100_000);
    const first = thread.row(960);
    const before = first?.getBoundingClientRect().top ?? 0;
    expect(before).toBeGreaterThan(0);
    await act(async () =>
      thread.frame.querySelector<HTMLElement>('[data-part="load-older"] button')?.click(),
    );
    await until(() => thread.row(959) !== null);
    await paint();
    expect(thread.row(960)).toBe(first);
    expect(Math.abs((first?.getBoundingClientRect().top ?? 0) - before)).toBeLessThanOrEqual(1);
    await wheel(thread.scroller, -100_000);
    expect(blanks(thread.scroller)).toEqual([]);
  });

  it('keeps the row that is read in place when one above it changes its height', async () => {
    const thread = await openThread({ to: 300 });
    await wheel(thread.scroller, -4_000);
    const { top: edge } = thread.scroller.getBoundingClientRect();
    const rows = [...thread.frame.querySelectorAll<HTMLElement>('[data-part="message-row"]')];
    const at = rows.findIndex((row) => row.getBoundingClientRect().bottom > edge);
    const [above, read] = [rows[at - 1], rows[at]];
    const before = read?.getBoundingClientRect().top ?? 0;
    if (above) above.style.minBlockSize = '500px';
    await paint();
    expect(Math.abs((read?.getBoundingClientRect().top ?? 0) - before)).toBeLessThanOrEqual(1);
  });

  it('moves every row exactly as far as the wheel does', async () => {
    const thread = await openThread({ to: 1_000 });
    await wheel(thread.scroller, -2_000);
    for (let turns = 0; turns < 40; turns += 1) {
      const { top: edge } = thread.scroller.getBoundingClientRect();
      const row = [...thread.frame.querySelectorAll<HTMLElement>('[data-part="message-row"]')].find(
        (each) => each.getBoundingClientRect().bottom > edge + 10,
      );
      const before = row?.getBoundingClientRect().top ?? 0;
      await wheel(thread.scroller, -120);
      expect(Math.abs((row?.getBoundingClientRect().top ?? 0) - before - 120)).toBeLessThanOrEqual(
        1,
      );
      expect(blanks(thread.scroller)).toEqual([]);
    }
  });

  it('gets to the first message, whatever was guessed of those before it', async () => {
    const thread = await openThread({ to: 100 });
    for (let turns = 0; thread.scroller.scrollTop > 0; turns += 1) {
      if (turns > 200) throw new Error('The start is out of reach.');
      await wheel(thread.scroller, -200);
    }
    const first = thread.row(0)?.getBoundingClientRect();
    const { top } = thread.scroller.getBoundingClientRect();
    expect(first && first.top - top).toBeGreaterThanOrEqual(0);
    expect(first && first.top - top).toBeLessThan(100);
  });

  it('counts what has come since', async () => {
    const thread = await openThread({ to: 200 });
    const count = () =>
      thread.frame.querySelector('[data-role="jump-to-latest"]')?.getAttribute('data-count');
    await thread.ask();
    await wheel(thread.scroller, -3_000);
    expect(count()).toBe('0');
    await thread.grow('No other message, but more of this one.');
    expect(count()).toBe('0');
    await thread.beginAnother();
    expect(count()).toBe('1');
    await userEvent.click(
      thread.frame.querySelector('[data-role="jump-to-latest"]') ?? thread.frame,
    );
    await wheel(thread.scroller, -3_000);
    expect(count()).toBe('0');
  });

  it('keeps what is selected, however far the reader scrolls on', async () => {
    const thread = await openThread({ to: 1_000 });
    await wheel(thread.scroller, -3_000);
    const row = [...thread.frame.querySelectorAll<HTMLElement>('[data-part="message-row"]')].find(
      (each) => each.getBoundingClientRect().top > 100,
    );
    const number = Number(row?.dataset['key']?.slice(4));
    if (row) document.getSelection()?.selectAllChildren(row);
    for (let turns = 0; turns < 8; turns += 1) {
      await wheel(thread.scroller, -600);
      expect(blanks(thread.scroller)).toEqual([]);
    }
    expect(row?.isConnected).toBe(true);
    expect(document.getSelection()?.toString()).toContain(`Message ${number}`);
    document.getSelection()?.removeAllRanges();
    await wheel(thread.scroller, -2_000);
    await wheel(thread.scroller, -2_000);
    expect(row?.isConnected).toBe(false);
  });
});

describe('a thread of 10,000 messages', () => {
  it('has at most 1,000 elements in the page, at its end and anywhere else', async () => {
    const thread = await openThread({ to: 10_000 });
    expect(thread.frame.querySelectorAll('*').length).toBeLessThanOrEqual(1_000);
    expect(thread.rows()).toBeGreaterThan(3);
    expect(thread.row(9_999)).not.toBeNull();
    for (const part of [0.75, 0.5, 0.25, 0]) {
      thread.scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -1, bubbles: true }));
      thread.scroller.scrollTop = thread.scroller.scrollHeight * part;
      await paint();
      expect(blanks(thread.scroller)).toEqual([]);
      expect(thread.frame.querySelectorAll('*').length).toBeLessThanOrEqual(1_000);
    }
    expect(thread.row(0)).not.toBeNull();
  });

  it('keeps the row that has the focus, and the focus', async () => {
    const thread = await openThread({ to: 10_000 });
    const button = thread.row(9_999)?.querySelector('button');
    button?.focus();
    await wheel(thread.scroller, -200_000);
    expect(document.activeElement).toBe(button);
    expect(button?.isConnected).toBe(true);
    expect(blanks(thread.scroller)).toEqual([]);
    await wheel(thread.scroller, 400_000);
    expect(thread.row(9_999)?.querySelector('button')).toBe(button);
    await expect.poll(() => thread.left()).toBeLessThan(1);
  });

  it('renders nothing but the row that grows', async () => {
    const rendered: string[] = [];
    const renderMessage: ThreadMessagesProps['renderMessage'] = ({ key, message: { content } }) => {
      rendered.push(key);
      return <p>{content.map((part) => (part.type === 'text' ? part.text.value : '')).join('')}</p>;
    };
    const thread = await openThread({ to: 10_000, renderMessage });
    await thread.ask();
    await thread.grow('It begins');
    rendered.length = 0;
    for (let grown = 0; grown < 5; grown += 1) await thread.grow(` and goes on, ${grown}`);
    expect(rendered).toEqual(Array.from({ length: 5 }, () => 'msg_1000000'));
    expect(thread.row(1_000_000)?.textContent).toContain('It begins and goes on, 0');
  });

  it('keeps the row that grows', async () => {
    const thread = await openThread({ to: 10_000 });
    await thread.ask();
    await thread.grow('It begins');
    const row = thread.row(1_000_000);
    await wheel(thread.scroller, -200_000);
    await thread.grow(' and goes on');
    expect(thread.row(1_000_000)).toBe(row);
    expect(row?.textContent).toContain('It begins and goes on');
  });

  it('is all there for paper, and gone again after', async () => {
    const thread = await openThread({ to: 300 });
    await act(async () => window.dispatchEvent(new Event('beforeprint')));
    expect(thread.rows()).toBe(300);
    await act(async () => window.dispatchEvent(new Event('afterprint')));
    expect(thread.rows()).toBeLessThan(40);
    await expect.poll(() => thread.left()).toBeLessThan(1);
  });

  it('can be searched by the browser', async () => {
    const thread = await openThread({ to: 10_000 });
    await userEvent.keyboard('{Control>}f{/Control}');
    await paint();
    // Standard in every browser, and in no standard.
    expect(Reflect.apply(Reflect.get(window, 'find'), window, ['Message 4321:'])).toBe(true);
    const found = window
      .getSelection()
      ?.anchorNode?.parentElement?.closest<HTMLElement>('[data-key]');
    expect(found?.dataset['key']).toBe('msg_4321');
    // What a browser does with what it has found; window.find does not.
    found?.scrollIntoView({ block: 'center' });
    await paint();
    const { top, bottom } = found?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
    expect(bottom).toBeGreaterThan(0);
    expect(top).toBeLessThan(600);
    expect(found?.isConnected).toBe(true);
    await userEvent.keyboard('{Escape}');
    await paint();
    expect(thread.row(4_321)).not.toBeNull();
    expect(blanks(thread.scroller)).toEqual([]);
    expect(thread.rows()).toBeLessThan(60);
  });
});

test('a thread that comes late opens at its end', async () => {
  const thread = await openThread({ from: 0, to: 0 });
  expect(thread.rows()).toBe(0);
  await thread.ask();
  await thread.grow(`${textOf(3)}\n\n`.repeat(20));
  await expect.poll(() => thread.left()).toBeLessThan(1);
});
