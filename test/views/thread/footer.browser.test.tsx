import { render } from '@testing-library/react';
import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import 'assistants-react/styles.css';
import { afterEach, expect, it, vi } from 'vitest';

const getMessages = () => [...document.querySelectorAll<HTMLElement>('[data-part="message"]')];
const getHeights = () => getMessages().map((message) => message.getBoundingClientRect().height);
const countCopyButtons = () => document.querySelectorAll('[data-part="message-actions"]').length;

afterEach(() => vi.restoreAllMocks());

it.each(['comfortable', 'compact'])(
  'gets its buttons without a change of its height, with density %s',
  async (density) => {
    const { setTimeout } = globalThis;
    // Messages get their buttons with a delay of 150 ms, which never passes here, or with the focus.
    vi.spyOn(globalThis, 'setTimeout').mockImplementation((callback, delay, ...args) =>
      setTimeout(callback, delay === 150 ? 1e9 : delay, ...args),
    );
    const client = createAssistantsClient({
      fetch: createBackend({ model: scriptedModel() }).fetch,
    });
    const roles = ['user', 'assistant', 'user', 'assistant'] as const;
    const messages = roles.map((role) => ({ role, content: `Text of the ${role}` }));
    const { id: threadId } = await client.createThread({ body: { messages } });
    render(
      <div data-density={density}>
        <AssistantsProvider client={client}>
          <ThreadView threadId={threadId} />
        </AssistantsProvider>
      </div>,
    );
    await expect.poll(() => getMessages().length).toBe(4);
    // Only the newest message has them from the start.
    await expect.poll(countCopyButtons).toBe(1);
    const before = getHeights();
    for (const message of getMessages()) {
      message.tabIndex = -1;
      message.focus();
    }
    await expect.poll(countCopyButtons).toBe(4);
    expect(getHeights()).toEqual(before);
  },
);
