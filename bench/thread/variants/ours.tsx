import { QueryClient } from '@tanstack/react-query';
import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import { listMessagesOptions, type Message, type Page } from 'assistants-react/client';
import { createRoot } from 'react-dom/client';
import 'assistants-react/styles.css';
import { createMessage } from '../content.js';
import type { Variant } from './variant.js';

const THREAD = 'thread_bench';
const PAGE = 100;

/** The package over a fake server that responds immediately. Every token is an encoded and parsed event of the stream. */
export const ours: Variant = {
  prepare(messages) {
    const server = createServer();
    const client = createAssistantsClient({
      baseUrl: 'http://bench.test/v1',
      fetch: (request) => server.fetch(request),
    });
    const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
    queryClient.setQueryData(
      listMessagesOptions(client, { threadId: THREAD }).queryKey,
      createPages(messages),
    );
    return (element) => {
      const root = createRoot(element);
      root.render(
        <AssistantsProvider client={client} queryClient={queryClient}>
          <ThreadView assistantId="asst_bench" threadId={THREAD} />
        </AssistantsProvider>,
      );
      return {
        async begin() {
          const field = element.querySelector('textarea');
          Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(
            field,
            'Tell me more.',
          );
          field?.dispatchEvent(new InputEvent('input', { bubbles: true }));
          await new Promise((resolve) => setTimeout(resolve, 50));
          field?.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
          );
          await server.asked();
        },
        push: (tokens) => server.push(tokens),
        end: () => server.end(),
        scroller: () =>
          element.querySelector<HTMLElement>('[data-part="thread-scroll"]') ?? element,
        rows: '[data-part="message-row"]',
        close() {
          root.unmount();
          queryClient.clear();
        },
      };
    };
  },
};

function createPages(messages: readonly Message[]) {
  const pages: Page<Message>[] = [];
  for (let end = messages.length; end > 0; end -= PAGE) {
    const data = messages.slice(Math.max(0, end - PAGE), end).reverse();
    pages.push({
      object: 'list',
      data,
      first_id: data[0]?.id ?? null,
      last_id: data.at(-1)?.id ?? null,
      has_more: end > PAGE,
    });
  }
  return { pages, pageParams: pages.map((_, at) => pages[at - 1]?.last_id ?? null) };
}

function createServer() {
  const encoder = new TextEncoder();
  const empty = { object: 'list', data: [], first_id: null, last_id: null, has_more: false };
  const run = {
    id: 'run_bench',
    object: 'thread.run',
    thread_id: THREAD,
    assistant_id: 'asst_bench',
    status: 'in_progress',
    created_at: 1_900_000_000,
    tools: [],
    metadata: {},
    usage: null,
  };
  let answer = createMessage('msg_answer', 'assistant', '', 1_900_000_000);
  let text = '';
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let onAsked = () => undefined as void;
  const wasAsked = new Promise<void>((resolve) => {
    onAsked = resolve;
  });
  const send = (event: string, data: object) =>
    controller?.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  return {
    asked: () => wasAsked,
    async fetch(request: Request): Promise<Response> {
      const { pathname } = new URL(request.url);
      if (request.method === 'POST' && pathname.endsWith('/messages'))
        return Response.json(createMessage('msg_asked', 'user', 'Tell me more.', 1_900_000_000));
      if (request.method !== 'POST') return Response.json(empty);
      answer = {
        ...answer,
        status: 'in_progress',
        completed_at: null,
        content: [],
        run_id: run.id,
      };
      const stream = new ReadableStream<Uint8Array>({
        start(created) {
          controller = created;
        },
      });
      send('thread.run.created', run);
      send('thread.message.created', answer);
      onAsked();
      return new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
    },
    push(tokens: readonly string[]) {
      for (const value of tokens) {
        text += value;
        send('thread.message.delta', {
          id: answer.id,
          object: 'thread.message.delta',
          delta: { content: [{ index: 0, type: 'text', text: { value } }] },
        });
      }
    },
    async end() {
      send('thread.message.completed', {
        ...answer,
        status: 'completed',
        completed_at: 1_900_000_001,
        content: [{ type: 'text', text: { value: text, annotations: [] } }],
      });
      send('thread.run.completed', { ...run, status: 'completed', completed_at: 1_900_000_001 });
      controller?.enqueue(encoder.encode('event: done\ndata: [DONE]\n\n'));
      controller?.close();
    },
  };
}
