import { QueryClient } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import { Activity, createRef, StrictMode, type ActivityProps } from 'react';
import {
  AssistantsProvider,
  createAssistantsClient,
  Thread,
  ThreadView,
  type ScrollToMessageOptions,
  type ThreadMessagesProps,
  type ThreadNavigation,
} from 'assistants-react';
import { listMessagesOptions, type Message, type Page } from 'assistants-react/client';
import 'assistants-react/styles.css';
import { describe, expect, it, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { yieldToEventLoop } from '../../../src/common/yieldToEventLoop.js';

const THREAD = 'thread_long';
const RUN = 'run_long';

const WORDS =
  'the quick brown fox jumps over the lazy dog and runs away from every hound it meets on its way home'.split(
    ' ',
  );

/** Returns the text of a message. Lengths differ from one message to the next. */
function createText(number: number): string {
  const sentence = Array.from(
    { length: 8 + ((number * 7) % 60) },
    (_, index) => WORDS[(number + index * 3) % WORDS.length],
  ).join(' ');
  return number % 10 === 4
    ? `Message ${number}\n\n- one\n- two\n\n\`\`\`js\nconst answer = ${number};\n\`\`\`\n\n${sentence}`
    : `Message ${number}: ${sentence}`;
}

function createMessage(number: number, overrides: Partial<Message> = {}): Message {
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
    content: [{ type: 'text', text: { value: createText(number), annotations: [] } }],
    assistant_id: null,
    run_id: null,
    attachments: [],
    metadata: {},
    ...overrides,
  };
}

/** Creates pages of 100 messages with the numbers from `from` to `to` (exclusive), newest first. */
function createPages(from: number, to: number) {
  const pages: Page<Message>[] = [];
  for (let end = to; end > from; end -= 100) {
    const start = Math.max(from, end - 100);
    const data = Array.from({ length: end - start }, (_, index) => createMessage(end - 1 - index));
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
    pageParams: pages.map((_, index) => pages[index - 1]?.last_id ?? null),
  };
}

interface OpenOptions {
  from?: number;
  to: number;
  isStrict?: boolean;
  renderMessage?: ThreadMessagesProps['renderMessage'];
  initialMessageId?: string;
  hasSearch?: boolean;
}

/**
 * Renders a thread in a frame of a fixed size. The server has the messages from 0 to `to` (exclusive), the cache those
 * from `from` to `to`.
 */
async function openThread({
  from = 0,
  to,
  isStrict = false,
  renderMessage,
  initialMessageId,
  hasSearch,
}: OpenOptions) {
  const encoder = new TextEncoder();
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
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
        return Response.json(
          createMessage(to + 1, {
            role: 'user',
            content: [{ type: 'text', text: { value: 'Sent', annotations: [] } }],
          }),
        );
      if (request.method === 'POST' && pathname.endsWith('/runs')) {
        return new Response(
          new ReadableStream({
            start: (controller) => {
              stream = controller;
            },
          }),
          { headers: { 'content-type': 'text/event-stream' } },
        );
      }
      if (pathname.endsWith('/runs'))
        return Response.json({ object: 'list', data: [], has_more: false });
      const id = /\/messages\/msg_(\d+)$/.exec(pathname)?.[1];
      if (id !== undefined)
        return Number(id) < to
          ? Response.json(createMessage(Number(id)))
          : Response.json({ error: { message: 'No such message.' } }, { status: 404 });
      const after = searchParams.get('after');
      if (searchParams.get('order') === 'asc')
        return Response.json({ object: 'list', data: [], has_more: false });
      const end = after === null ? to : Number(after.slice(4));
      const start = Math.max(0, end - 20);
      return Response.json({
        object: 'list',
        data: Array.from({ length: end - start }, (_, index) => createMessage(end - 1 - index)),
        has_more: start > 0,
      });
    },
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  queryClient.setQueryData(
    listMessagesOptions(client, { threadId: THREAD }).queryKey,
    createPages(from, to),
  );
  const frame = document.createElement('div');
  frame.style.cssText =
    'position: fixed; inset: 0 auto auto 0; inline-size: 700px; block-size: 600px;';
  document.body.append(frame);
  const navigation = createRef<ThreadNavigation>();
  const tree = (
    <AssistantsProvider client={client} queryClient={queryClient}>
      {renderMessage ? (
        <Thread.Root assistantId="asst_1" threadId={THREAD}>
          <Thread.Messages renderMessage={renderMessage} />
          <Thread.Composer />
        </Thread.Root>
      ) : (
        <ThreadView
          assistantId="asst_1"
          threadId={THREAD}
          initialMessageId={initialMessageId}
          navigationRef={navigation}
          hasSearch={hasSearch}
        />
      )}
    </AssistantsProvider>
  );
  const page = (mode: ActivityProps['mode']) => {
    const activity = <Activity mode={mode}>{tree}</Activity>;
    return isStrict ? <StrictMode>{activity}</StrictMode> : activity;
  };
  const view = render(page('visible'), { container: frame });
  const scroller = frame.querySelector<HTMLElement>('[data-part="thread-scroll"]') ?? document.body;
  const emit = (event: string, data: object) =>
    act(async () =>
      stream?.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)),
    );
  const answer = createMessage(1_000_000, {
    role: 'assistant',
    status: 'in_progress',
    content: [],
    run_id: RUN,
    created_at: 1_900_000_000,
  });
  await waitForPaint();
  // The module that virtualizes the rows is loaded for lists of more than 16 rows, and sets the padding.
  const list = frame.querySelector<HTMLElement>('[data-part="message-rows"]');
  if (to - from > 16) await waitUntil(() => list?.style.paddingBlockStart !== '');
  return {
    ...view,
    frame,
    scroller,
    scrollToMessage: (number: number, options?: ScrollToMessageOptions) =>
      act(async () => navigation.current?.scrollToMessage(`msg_${number}`, options)),
    async setMode(mode: ActivityProps['mode']) {
      view.rerender(page(mode));
      await waitForPaint();
    },
    row: (number: number) =>
      frame.querySelector<HTMLElement>(`[data-part="message-row"][data-key="msg_${number}"]`),
    countRows: () => frame.querySelectorAll('[data-part="message-row"]').length,
    /** Returns the distance from the end, in pixels. */
    distanceToEnd: () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight,
    async sendMessage() {
      await userEvent.fill(frame.querySelector('textarea') ?? frame, 'Sent');
      await userEvent.keyboard('{Enter}');
      await waitUntil(() => stream !== undefined);
      await emit('thread.run.created', run('in_progress'));
      await emit('thread.message.created', answer);
      await waitForPaint();
    },
    async appendText(value: string) {
      await emit('thread.message.delta', {
        id: answer.id,
        object: 'thread.message.delta',
        delta: { content: [{ index: 0, type: 'text', text: { value } }] },
      });
      await waitForPaint();
    },
    async startNextMessage() {
      await emit('thread.message.created', { ...answer, id: 'msg_1000001' });
      await waitForPaint();
    },
  };
}

/** Waits for two frames and the task after them, so that all pending updates are painted. */
async function waitForPaint(): Promise<void> {
  await act(async () => {
    for (let frames = 0; frames < 2; frames += 1)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    await yieldToEventLoop();
  });
}

async function waitUntil(condition: () => boolean): Promise<void> {
  for (let paints = 0; !condition(); paints += 1) {
    if (paints > 2_000) throw new Error('The condition did not become true.');
    await waitForPaint();
  }
}

/** Turns the wheel over the list. */
async function turnWheel(scroller: HTMLElement, deltaY: number): Promise<void> {
  await scrollByWheel(scroller, deltaY, scroller.scrollTop + deltaY);
}

/** Scrolls to a position as the user does with the wheel. */
async function scrollByWheel(scroller: HTMLElement, deltaY: number, top: number): Promise<void> {
  scroller.dispatchEvent(new WheelEvent('wheel', { deltaY, bubbles: true }));
  scroller.scrollTop = top;
  await waitForPaint();
}

/** Presses Ctrl+F until the search opens: its code is loaded with a long thread. */
async function pressFindKey(frame: HTMLElement): Promise<void> {
  const press = async () => {
    await userEvent.keyboard('{Control>}f{/Control}');
    return frame.querySelector('[type="search"]');
  };
  await expect.poll(press).not.toBeNull();
}

/** Returns true if a row is in the page and some of it is visible. */
function isInView(row: HTMLElement | null, scroller: HTMLElement): boolean {
  if (!row) return false;
  const view = scroller.getBoundingClientRect();
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > view.top && top < view.bottom;
}

/** Returns the parts of the viewport's height (0 to 1) without a row. */
function findBlanks(scroller: HTMLElement): number[] {
  const { top, height } = scroller.getBoundingClientRect();
  const points = Array.from({ length: 12 }, (_, index) => (index + 0.5) / 12);
  const rows = [
    ...scroller.querySelectorAll('[data-part="message-row"], [data-part="load-older"]'),
  ].map((row) => row.getBoundingClientRect());
  return points.filter((point) => {
    const y = top + height * point;
    // The gap between two rows is not blank.
    return !rows.some((row) => row.top - 16 <= y && row.bottom + 16 >= y);
  });
}

describe('following', () => {
  it('opens at the end and keeps it in view while text grows', async () => {
    const thread = await openThread({ to: 40 });
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
    await thread.sendMessage();
    for (let grown = 0; grown < 5; grown += 1) {
      await thread.appendText(`Paragraph ${grown}. ${createText(grown)}\n\n`);
      await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
    }
  });

  it('continues after more text at once than fits in the view', async () => {
    const thread = await openThread({ to: 40 });
    await thread.sendMessage();
    await thread.appendText(`${createText(3)}\n\n`.repeat(60));
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
    expect(thread.frame.querySelector('[data-following]')).not.toBeNull();
    await thread.appendText(`${createText(4)}\n\n`.repeat(10));
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
  });

  it('stops when the user turns the wheel up, and keeps the position while text grows', async () => {
    const thread = await openThread({ to: 40 });
    await thread.sendMessage();
    await thread.appendText(`${createText(3)}\n\n`.repeat(20));
    await turnWheel(thread.scroller, -10);
    const { scrollTop } = thread.scroller;
    await thread.appendText(`${createText(5)}\n\n`.repeat(20));
    expect(thread.scroller.scrollTop).toBe(scrollTop);
    expect(thread.frame.querySelector('[data-following]')).toBeNull();
    expect(thread.frame.querySelector('[data-role="jump-to-latest"]')).not.toBeNull();
  });

  it('starts again when the user scrolls to the end', async () => {
    const thread = await openThread({ to: 40 });
    await thread.sendMessage();
    await turnWheel(thread.scroller, -400);
    await turnWheel(thread.scroller, 5_000);
    expect(thread.frame.querySelector('[data-following]')).not.toBeNull();
    await thread.appendText(`${createText(5)}\n\n`.repeat(20));
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
  });

  it('stops when a script scrolls up, also just before text grows', async () => {
    const thread = await openThread({ to: 40 });
    await thread.sendMessage();
    thread.scroller.scrollTop = 900;
    await thread.appendText(`${createText(5)}\n\n`.repeat(20));
    // Corrected heights of rows above may change the position, but not by a screen.
    expect(Math.abs(thread.scroller.scrollTop - 900)).toBeLessThan(600);
    expect(thread.distanceToEnd()).toBeGreaterThan(1_000);
    expect(thread.frame.querySelector('[data-following]')).toBeNull();
    thread.scroller.scrollTop = thread.scroller.scrollHeight;
    await expect.poll(() => thread.frame.querySelector('[data-following]')).not.toBeNull();
    await thread.appendText('More.');
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
  });

  it('stops when an element above is scrolled into view', async () => {
    const thread = await openThread({ to: 40 });
    await thread.sendMessage();
    const row = thread.frame.querySelector('[data-part="message-row"]');
    row?.scrollIntoView();
    await thread.appendText(`${createText(5)}\n\n`.repeat(20));
    const { top } = thread.scroller.getBoundingClientRect();
    expect(Math.abs((row?.getBoundingClientRect().top ?? 0) - top)).toBeLessThanOrEqual(1);
    expect(thread.frame.querySelector('[data-following]')).toBeNull();
  });

  it('continues when content gets shorter, also when it grows again at once', async () => {
    const thread = await openThread({ to: 40 });
    await thread.sendMessage();
    const extra = document.createElement('div');
    thread.frame.querySelector('[data-part="thread-content"]')?.append(extra);
    for (const blockSize of ['900px', '10px', '400px', '0px']) {
      extra.style.blockSize = blockSize;
      await waitForPaint();
      expect(thread.frame.querySelector('[data-following]')).not.toBeNull();
      await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
    }
    extra.style.blockSize = '900px';
    await waitForPaint();
    extra.style.blockSize = '0px';
    await Promise.resolve();
    // Lays the page out, as the browser does to find the element under the mouse.
    expect(thread.distanceToEnd()).toBeLessThan(1);
    await thread.appendText(`${createText(5)}\n\n`.repeat(20));
    expect(thread.frame.querySelector('[data-following]')).not.toBeNull();
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
  });

  it.each([['{End}'], ['{Control>}{End}{/Control}'], ['{Meta>}{ArrowDown}{/Meta}']])(
    'starts again with %s while text grows',
    async (keys) => {
      const thread = await openThread({ to: 200 });
      await thread.sendMessage();
      await turnWheel(thread.scroller, -3_000);
      thread.scroller.focus();
      await userEvent.keyboard(keys);
      for (let grown = 0; grown < 5; grown += 1)
        await thread.appendText(`${createText(grown)}\n\n`.repeat(5));
      expect(thread.frame.querySelector('[data-following]')).not.toBeNull();
      await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
    },
  );

  it('starts again when the user sends a message', async () => {
    const thread = await openThread({ to: 200 });
    await turnWheel(thread.scroller, -3_000);
    expect(thread.distanceToEnd()).toBeGreaterThan(2_000);
    await thread.sendMessage();
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
    expect(thread.frame.querySelector('[data-following]')).not.toBeNull();
  });

  it('starts again with the button, which moves the focus to the list', async () => {
    const thread = await openThread({ to: 200 });
    await turnWheel(thread.scroller, -9_000);
    await userEvent.click(
      thread.frame.querySelector('[data-role="jump-to-latest"]') ?? thread.frame,
    );
    await waitForPaint();
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
    expect(findBlanks(thread.scroller)).toEqual([]);
    expect(document.activeElement).toBe(thread.scroller);
  });

  it('keeps the end in view when the composer grows', async () => {
    const thread = await openThread({ to: 40 });
    await userEvent.fill(
      thread.frame.querySelector('textarea') ?? thread.frame,
      'one\ntwo\nthree\nfour\nfive',
    );
    await waitForPaint();
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
  });

  it('works in StrictMode', async () => {
    const thread = await openThread({ to: 40, isStrict: true });
    await thread.sendMessage();
    await thread.appendText(`${createText(3)}\n\n`.repeat(20));
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
  });
});

describe('scrolled away', () => {
  it('keeps the first visible row in place when older messages are loaded', async () => {
    const thread = await openThread({ from: 960, to: 1_000 });
    await turnWheel(thread.scroller, -100_000);
    const first = thread.row(960);
    const before = first?.getBoundingClientRect().top ?? 0;
    expect(before).toBeGreaterThan(0);
    await act(async () =>
      thread.frame.querySelector<HTMLElement>('[data-part="load-older"] button')?.click(),
    );
    await waitUntil(() => thread.row(959) !== null);
    await waitForPaint();
    expect(thread.row(960)).toBe(first);
    expect(Math.abs((first?.getBoundingClientRect().top ?? 0) - before)).toBeLessThanOrEqual(1);
    await turnWheel(thread.scroller, -100_000);
    expect(findBlanks(thread.scroller)).toEqual([]);
  });

  it('keeps the anchor row in place when a row above it changes its height', async () => {
    const thread = await openThread({ to: 300 });
    await turnWheel(thread.scroller, -4_000);
    const { top: edge } = thread.scroller.getBoundingClientRect();
    const rows = [...thread.frame.querySelectorAll<HTMLElement>('[data-part="message-row"]')];
    const anchorIndex = rows.findIndex((row) => row.getBoundingClientRect().bottom > edge);
    const [above, anchor] = [rows[anchorIndex - 1], rows[anchorIndex]];
    const before = anchor?.getBoundingClientRect().top ?? 0;
    if (above) above.style.minBlockSize = '500px';
    await waitForPaint();
    expect(Math.abs((anchor?.getBoundingClientRect().top ?? 0) - before)).toBeLessThanOrEqual(1);
  });

  it('moves every row by exactly the distance that the wheel scrolls', async () => {
    const thread = await openThread({ to: 1_000 });
    await turnWheel(thread.scroller, -2_000);
    await waitUntil(() => findBlanks(thread.scroller).length === 0);
    for (let turns = 0; turns < 40; turns += 1) {
      const { top: edge } = thread.scroller.getBoundingClientRect();
      const row = [...thread.frame.querySelectorAll<HTMLElement>('[data-part="message-row"]')].find(
        (candidate) => candidate.getBoundingClientRect().bottom > edge + 10,
      );
      if (row === undefined) throw new Error(`No row is in view before turn ${turns}.`);
      const before = row.getBoundingClientRect().top;
      await turnWheel(thread.scroller, -120);
      expect(row.isConnected).toBe(true);
      const movedBy = row.getBoundingClientRect().top - before;
      expect(movedBy).toBeGreaterThanOrEqual(119);
      expect(movedBy).toBeLessThanOrEqual(121);
      expect(findBlanks(thread.scroller)).toEqual([]);
    }
  });

  it('keeps the rows in place at rest when the list turns out shorter than estimated', async () => {
    const thread = await openThread({ to: 1_000 });
    const estimated = thread.scroller.scrollHeight;
    // The estimate of the other rows changes at rest, once twice as many are measured. A finger on the list prevents that.
    thread.scroller.dispatchEvent(new Event('touchstart', { bubbles: true }));
    for (let turns = 0; turns < 12; turns += 1) await turnWheel(thread.scroller, -400);
    expect(thread.scroller.scrollHeight).toBeGreaterThan(estimated - 4_000);
    thread.scroller.dispatchEvent(new Event('touchend', { bubbles: true }));
    await turnWheel(thread.scroller, -100);
    const { top: edge } = thread.scroller.getBoundingClientRect();
    const row = [...thread.frame.querySelectorAll<HTMLElement>('[data-part="message-row"]')].find(
      (candidate) => candidate.getBoundingClientRect().bottom > edge + 10,
    );
    const before = row?.getBoundingClientRect().top ?? 0;
    await expect.poll(() => thread.scroller.scrollHeight).toBeLessThan(estimated - 4_000);
    await waitForPaint();
    expect(row?.isConnected).toBe(true);
    expect(Math.abs((row?.getBoundingClientRect().top ?? 0) - before)).toBeLessThanOrEqual(1);
    expect(findBlanks(thread.scroller)).toEqual([]);
  });

  it('reaches the first message although row heights were estimated', async () => {
    const thread = await openThread({ to: 100 });
    for (let turns = 0; thread.scroller.scrollTop > 0; turns += 1) {
      if (turns > 200) throw new Error('The first message was not reached in 200 turns.');
      await turnWheel(thread.scroller, -200);
    }
    const first = thread.row(0)?.getBoundingClientRect();
    const { top } = thread.scroller.getBoundingClientRect();
    expect(first && first.top - top).toBeGreaterThanOrEqual(0);
    expect(first && first.top - top).toBeLessThan(100);
  });

  it('counts messages that arrived since the user scrolled away', async () => {
    const thread = await openThread({ to: 200 });
    const count = () =>
      thread.frame.querySelector('[data-role="jump-to-latest"]')?.getAttribute('data-count');
    await thread.sendMessage();
    await turnWheel(thread.scroller, -3_000);
    expect(count()).toBe('0');
    await thread.appendText('More text in the same message.');
    expect(count()).toBe('0');
    await thread.startNextMessage();
    expect(count()).toBe('1');
    await userEvent.click(
      thread.frame.querySelector('[data-role="jump-to-latest"]') ?? thread.frame,
    );
    await turnWheel(thread.scroller, -3_000);
    expect(count()).toBe('0');
  });

  it('gives rows their time and buttons once they stay in the page', async () => {
    const thread = await openThread({ to: 1_000 });
    await turnWheel(thread.scroller, -30_000);
    const rows = () => thread.frame.querySelectorAll('[data-part="message-row"]').length;
    const count = (part: string) => thread.frame.querySelectorAll(`[data-part="${part}"]`).length;
    await expect.poll(() => count('message-actions')).toBe(rows());
    expect(count('message-time')).toBe(rows());
  });

  it('keeps selected rows in the page at any distance', async () => {
    const thread = await openThread({ to: 1_000 });
    await turnWheel(thread.scroller, -3_000);
    const row = [...thread.frame.querySelectorAll<HTMLElement>('[data-part="message-row"]')].find(
      (candidate) => candidate.getBoundingClientRect().top > 100,
    );
    const number = Number(row?.dataset['key']?.slice(4));
    if (row) document.getSelection()?.selectAllChildren(row);
    for (let turns = 0; turns < 8; turns += 1) {
      await turnWheel(thread.scroller, -600);
      expect(findBlanks(thread.scroller)).toEqual([]);
    }
    await turnWheel(thread.scroller, -100_000);
    expect(findBlanks(thread.scroller)).toEqual([]);
    expect(thread.countRows()).toBeLessThanOrEqual(60);
    expect(row?.isConnected).toBe(true);
    expect(document.getSelection()?.toString()).toContain(`Message ${number}`);
    document.getSelection()?.removeAllRanges();
    await turnWheel(thread.scroller, 2_000);
    await turnWheel(thread.scroller, 2_000);
    expect(row?.isConnected).toBe(false);
  });
});

describe('a thread of 10,000 messages', () => {
  it('renders at most 1,000 elements at any position', async () => {
    const thread = await openThread({ to: 10_000 });
    expect(thread.frame.querySelectorAll('*').length).toBeLessThanOrEqual(1_000);
    expect(thread.countRows()).toBeGreaterThan(3);
    expect(thread.row(9_999)).not.toBeNull();
    for (const part of [0.75, 0.5, 0.25, 0]) {
      await scrollByWheel(thread.scroller, -1, thread.scroller.scrollHeight * part);
      expect(findBlanks(thread.scroller)).toEqual([]);
      expect(thread.frame.querySelectorAll('*').length).toBeLessThanOrEqual(1_000);
    }
    expect(thread.row(0)).not.toBeNull();
  });

  it('renders at most 60 rows when scripts scroll, and stays where they scroll', async () => {
    const thread = await openThread({ to: 10_000 });
    await thread.sendMessage();
    const { top: edge } = thread.scroller.getBoundingClientRect();
    for (const part of [0.5, 0.1, 0.9, 0, 0.33]) {
      thread.scroller.scrollTop = Math.round(
        (thread.scroller.scrollHeight - thread.scroller.clientHeight) * part,
      );
      await thread.appendText(`${createText(3)}\n\n`);
      const row = [...thread.frame.querySelectorAll('[data-part="message-row"]')].find(
        (candidate) => candidate.getBoundingClientRect().bottom > edge,
      );
      const top = row?.getBoundingClientRect().top ?? 0;
      await thread.appendText(`${createText(3)}\n\n`);
      expect(Math.abs((row?.getBoundingClientRect().top ?? 0) - top)).toBeLessThanOrEqual(1);
      expect(thread.distanceToEnd()).toBeGreaterThan(10_000);
      expect(thread.frame.querySelector('[data-following]')).toBeNull();
      expect(findBlanks(thread.scroller)).toEqual([]);
      expect(thread.countRows()).toBeLessThanOrEqual(60);
    }
  });

  it('stays after leaps up and down when a row below the view gets higher', async () => {
    const thread = await openThread({ to: 10_000 });
    await thread.sendMessage();
    for (const part of [0.1, 0.9]) {
      thread.scroller.scrollTop = Math.round(thread.scroller.scrollHeight * part);
      await waitForPaint();
    }
    await waitUntil(() => findBlanks(thread.scroller).length === 0);
    const { top: edge, bottom } = thread.scroller.getBoundingClientRect();
    const rows = [...thread.frame.querySelectorAll<HTMLElement>('[data-part="message-row"]')];
    const row = rows.find((candidate) => candidate.getBoundingClientRect().bottom > edge);
    const below = rows.find((candidate) => candidate.getBoundingClientRect().top > bottom);
    const top = row?.getBoundingClientRect().top ?? 0;
    if (below) below.style.minBlockSize = `${below.offsetHeight + 300}px`;
    await thread.appendText('More text.');
    expect(Math.abs((row?.getBoundingClientRect().top ?? 0) - top)).toBeLessThanOrEqual(1);
    expect(below?.isConnected).toBe(true);
  });

  it('keeps the row with the focus, and the focus', async () => {
    const thread = await openThread({ to: 10_000 });
    const button = thread.row(9_999)?.querySelector('button');
    button?.focus();
    await turnWheel(thread.scroller, -200_000);
    expect(document.activeElement).toBe(button);
    expect(button?.isConnected).toBe(true);
    expect(findBlanks(thread.scroller)).toEqual([]);
    await turnWheel(thread.scroller, 400_000);
    expect(thread.row(9_999)?.querySelector('button')).toBe(button);
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
  });

  it('keeps the editor of a message at any distance, without the focus, too', async () => {
    const thread = await openThread({ to: 10_000 });
    const getField = () =>
      thread.frame.querySelector<HTMLTextAreaElement>('[data-part="message-editor-input"]');
    thread.row(9_998)?.querySelector<HTMLElement>('[data-part="message-actions"] [id]')?.click();
    await waitUntil(() => getField() !== null);
    await userEvent.fill(getField() ?? thread.frame, 'Changed');
    thread.frame.querySelector<HTMLElement>('[data-part="composer-input"]')?.focus();
    await turnWheel(thread.scroller, -200_000);
    await turnWheel(thread.scroller, -200_000);
    expect(getField()?.value).toBe('Changed');
    expect(thread.countRows()).toBeLessThanOrEqual(60);
  });

  it('moves the focus to rows that are not in the page, and keeps the page small', async () => {
    const thread = await openThread({ to: 10_000 });
    thread.scroller.focus();
    const press = async (key: string, number: number) => {
      const isThere = () => thread.row(number)?.contains(document.activeElement) === true;
      await expect
        .poll(async () => {
          if (!isThere()) await userEvent.keyboard(key);
          return isThere();
        })
        .toBe(true);
      await expect.poll(() => isInView(thread.row(number), thread.scroller)).toBe(true);
    };
    await press('{Home}', 0);
    await press('{End}', 9_999);
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
    for (let count = 0; count < 40; count += 1) await userEvent.keyboard('{ArrowUp}');
    const focused = document.activeElement?.closest<HTMLElement>('[data-part="message-row"]');
    expect(Number(focused?.dataset['key']?.slice(4))).toBeLessThan(9_999);
    expect(isInView(focused ?? null, thread.scroller)).toBe(true);
    expect(thread.countRows()).toBeLessThanOrEqual(60);
    expect(findBlanks(thread.scroller)).toEqual([]);
  });

  it('renders only the growing row', async () => {
    const rendered: string[] = [];
    const renderMessage: ThreadMessagesProps['renderMessage'] = ({ key, message: { content } }) => {
      rendered.push(key);
      return <p>{content.map((part) => (part.type === 'text' ? part.text.value : '')).join('')}</p>;
    };
    const thread = await openThread({ to: 10_000, renderMessage });
    await thread.sendMessage();
    await thread.appendText('First part');
    rendered.length = 0;
    for (let grown = 0; grown < 5; grown += 1) await thread.appendText(`; it continues, ${grown}`);
    expect(rendered).toEqual(Array.from({ length: 5 }, () => 'msg_1000000'));
    expect(thread.row(1_000_000)?.textContent).toContain('First part; it continues, 0');
  });

  it('keeps the growing row in the page', async () => {
    const thread = await openThread({ to: 10_000 });
    await thread.sendMessage();
    await thread.appendText('First part');
    const row = thread.row(1_000_000);
    await turnWheel(thread.scroller, -200_000);
    await thread.appendText('; it continues');
    expect(thread.row(1_000_000)).toBe(row);
    expect(row?.textContent).toContain('First part; it continues');
  });

  it('opens a search with Ctrl+F that scrolls to hits, and returns the focus', async () => {
    const thread = await openThread({ to: 10_000 });
    const composer = thread.frame.querySelector('textarea');
    composer?.focus();
    const getField = () => thread.frame.querySelector<HTMLInputElement>('[type="search"]');
    await pressFindKey(thread.frame);
    expect(document.activeElement).toBe(getField());
    await userEvent.keyboard('4321');
    await expect.poll(() => thread.frame.querySelector('[data-search-hit]')).not.toBeNull();
    expect(thread.frame.querySelector('[data-search-hit]')?.textContent).toContain('4321');
    expect(thread.countRows()).toBeLessThanOrEqual(60);
    expect(CSS.highlights.get('assistants-search')?.size).toBeGreaterThan(0);

    // From the field, the browser opens its own search, for which all text is in the page.
    const unprevented: boolean[] = [];
    const onKey = (event: KeyboardEvent) => void unprevented.push(!event.defaultPrevented);
    window.addEventListener('keydown', onKey);
    await userEvent.keyboard('{Control>}f{/Control}');
    window.removeEventListener('keydown', onKey);
    expect(unprevented).toEqual([true, true]);
    await expect
      .poll(() => thread.frame.querySelectorAll('[data-part="message-as-text"]').length)
      .toBeGreaterThan(9_000);

    // From elsewhere in the thread, the keys go to the field and select its text.
    await userEvent.keyboard('{Tab}{Control>}f{/Control}');
    expect(document.activeElement).toBe(getField());
    await userEvent.keyboard('4322');
    expect(getField()?.value).toBe('4322');
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(composer);
    expect(CSS.highlights.has('assistants-search')).toBe(false);
  });

  it('scrolls back to the only hit with Enter', async () => {
    const thread = await openThread({ to: 10_000 });
    thread.frame.querySelector('textarea')?.focus();
    await pressFindKey(thread.frame);
    await userEvent.keyboard('Message 4321:');
    const isHitInView = () => isInView(thread.row(4_321), thread.scroller);
    await expect.poll(isHitInView).toBe(true);
    await expect
      .poll(async () => {
        await turnWheel(thread.scroller, 30_000);
        return isHitInView();
      })
      .toBe(false);
    await userEvent.keyboard('{Enter}');
    await expect.poll(isHitInView).toBe(true);
  });

  it('opens the search of the thread that was used last, and marks the hits of two threads', async () => {
    const [first, second] = [await openThread({ to: 200 }), await openThread({ to: 200 })];
    const hasSearch = ({ frame }: typeof first) => frame.querySelector('[type="search"]') !== null;
    const useThread = async ({ frame }: typeof first) => {
      frame.querySelector('textarea')?.focus();
      frame.querySelector('textarea')?.blur();
      expect(document.activeElement).toBe(document.body);
      await pressFindKey(frame);
    };
    const countMarks = () => CSS.highlights.get('assistants-search')?.size;
    await useThread(first);
    expect([first, second].map(hasSearch)).toEqual([true, false]);
    await userEvent.keyboard('Message 120:');
    await expect.poll(countMarks).toBe(1);
    await useThread(second);
    await userEvent.keyboard('Message 130:');
    await expect.poll(countMarks).toBe(2);
    await userEvent.keyboard('{Escape}');
    expect([first, second].map(hasSearch)).toEqual([true, false]);
    expect(countMarks()).toBe(1);
  });

  it('renders all rows for printing only', async () => {
    const thread = await openThread({ to: 300 });
    await act(async () => window.dispatchEvent(new Event('beforeprint')));
    expect(thread.countRows()).toBe(300);
    await act(async () => window.dispatchEvent(new Event('afterprint')));
    expect(thread.countRows()).toBeLessThan(40);
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
  });

  it('supports find-in-page', async () => {
    const thread = await openThread({ to: 10_000, hasSearch: false });
    await userEvent.keyboard('{Control>}f{/Control}');
    await waitForPaint();
    // Every browser has window.find, but no standard defines it.
    expect(Reflect.apply(Reflect.get(window, 'find'), window, ['Message 4321:'])).toBe(true);
    const found = window
      .getSelection()
      ?.anchorNode?.parentElement?.closest<HTMLElement>('[data-key]');
    expect(found?.dataset['key']).toBe('msg_4321');
    // A browser scrolls to the match of find-in-page; window.find does not.
    found?.scrollIntoView({ block: 'center' });
    await waitForPaint();
    const { top, bottom } = found?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
    expect(bottom).toBeGreaterThan(0);
    expect(top).toBeLessThan(600);
    expect(found?.isConnected).toBe(true);
    await userEvent.keyboard('{Escape}');
    await waitForPaint();
    expect(thread.row(4_321)).not.toBeNull();
    expect(findBlanks(thread.scroller)).toEqual([]);
    expect(thread.countRows()).toBeLessThan(60);
  });
});

describe('scrollToMessage', () => {
  const getTop = (thread: Awaited<ReturnType<typeof openThread>>, number: number) =>
    (thread.row(number)?.getBoundingClientRect().top ?? -1) -
    thread.scroller.getBoundingClientRect().top;

  it('scrolls to any message of a long thread, and keeps it in place while text grows', async () => {
    const thread = await openThread({ to: 10_000 });
    await thread.sendMessage();
    for (const number of [5_000, 3, 9_000, 9_990, 0, 4_999]) {
      expect(await thread.scrollToMessage(number)).toBe(true);
      await thread.appendText(`${createText(3)}\n\n`);
      const top = getTop(thread, number);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThan(300);
      expect(findBlanks(thread.scroller)).toEqual([]);
      expect(thread.countRows()).toBeLessThanOrEqual(60);
      expect(thread.frame.querySelector('[data-following]')).toBeNull();
    }
  });

  it('loads older messages up to the message, and moves the focus', async () => {
    const thread = await openThread({ from: 960, to: 1_000 });
    expect(await thread.scrollToMessage(900, { focus: true })).toBe(true);
    expect(getTop(thread, 900)).toBeGreaterThanOrEqual(0);
    expect(getTop(thread, 900)).toBeLessThan(300);
    expect(document.activeElement).toBe(thread.row(900));
    await waitForPaint();
    expect(getTop(thread, 900)).toBeLessThan(300);
    expect(thread.row(919)).toBeNull();
  });

  it('does not scroll to a message that is visible', async () => {
    const thread = await openThread({ to: 40 });
    const { scrollTop } = thread.scroller;
    expect(await thread.scrollToMessage(39)).toBe(true);
    expect(thread.scroller.scrollTop).toBe(scrollTop);
    expect(thread.frame.querySelector('[data-following]')).not.toBeNull();
  });

  it('resolves with false for a message that the thread does not have', async () => {
    const thread = await openThread({ from: 960, to: 1_000 });
    expect(await thread.scrollToMessage(5_000)).toBe(false);
    await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
  });

  it('opens a thread at a message', async () => {
    const thread = await openThread({ to: 10_000, initialMessageId: 'msg_1234' });
    await waitUntil(() => thread.row(1_234) !== null);
    await waitForPaint();
    expect(getTop(thread, 1_234)).toBeGreaterThanOrEqual(0);
    expect(getTop(thread, 1_234)).toBeLessThan(300);
  });
});

describe('a hidden thread', () => {
  it('keeps the place of the reader, in an Activity and without display', async () => {
    const thread = await openThread({ to: 200 });
    await turnWheel(thread.scroller, -3_000);
    await turnWheel(thread.scroller, -10);
    const { scrollTop } = thread.scroller;
    await thread.setMode('hidden');
    await thread.setMode('visible');
    expect(Math.abs(thread.scroller.scrollTop - scrollTop)).toBeLessThanOrEqual(1);
    thread.frame.style.display = 'none';
    await waitForPaint();
    thread.frame.style.display = '';
    await waitForPaint();
    expect(Math.abs(thread.scroller.scrollTop - scrollTop)).toBeLessThanOrEqual(1);
    expect(thread.frame.querySelector('[data-following]')).toBeNull();
  });

  it('keeps the end in view', async () => {
    const thread = await openThread({ to: 200 });
    await thread.sendMessage();
    await hideFrame('none');
    await thread.appendText(`${createText(5)}\n\n`.repeat(20));
    await hideFrame('');
    await expectEnd();
    // A hidden Activity closes the stream.
    await thread.setMode('hidden');
    await thread.setMode('visible');
    await expectEnd();

    async function expectEnd(): Promise<void> {
      expect(thread.frame.querySelector('[data-following]')).not.toBeNull();
      await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
    }
    async function hideFrame(display: string): Promise<void> {
      thread.frame.style.display = display;
      await waitForPaint();
    }
  });
});

test('opens an empty thread at the end of its first answer', async () => {
  const thread = await openThread({ from: 0, to: 0 });
  expect(thread.countRows()).toBe(0);
  await thread.sendMessage();
  await thread.appendText(`${createText(3)}\n\n`.repeat(20));
  await expect.poll(() => thread.distanceToEnd()).toBeLessThan(1);
});
