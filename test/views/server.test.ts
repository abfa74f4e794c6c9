import { QueryClient } from '@tanstack/react-query';
import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import { listMessagesOptions } from 'assistants-react/client';
import { createBackend } from 'assistants-react/backend';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';

it('renders a thread on the server without sending requests', async () => {
  const backend = createBackend();
  let requests = 0;
  const client = createAssistantsClient({
    baseUrl: 'http://backend.test/v1',
    fetch(request) {
      requests += 1;
      return backend.fetch(request);
    },
  });
  const { id: threadId } = await client.createThread({
    body: { messages: [{ role: 'user', content: 'Hello' }] },
  });
  const queryClient = new QueryClient();
  await queryClient.prefetchInfiniteQuery(listMessagesOptions(client, { threadId }));
  requests = 0;

  const view = createElement(ThreadView, { threadId });
  const html = renderToString(createElement(AssistantsProvider, { client, queryClient }, view));

  expect(typeof document).toBe('undefined');
  expect(html).toContain('Hello');
  expect(requests).toBe(0);
});
