import { render } from '@testing-library/react';
import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import 'assistants-react/styles.css';
import { afterEach, expect, test, vi } from 'vitest';

const MESSAGE_COUNT = 60;

async function openThread(height: string | undefined): Promise<void> {
  const { fetch } = createBackend({ model: scriptedModel() });
  const client = createAssistantsClient({ fetch });
  const { id: assistantId } = await client.createAssistant({ body: { model: 'scripted' } });
  const { id: threadId } = await client.createThread({ body: {} });
  for (let number = 0; number < MESSAGE_COUNT; number++)
    await client.createMessage({
      threadId,
      body: { role: 'user', content: `Message ${number}\n\n${'Words. '.repeat(200)}` },
    });
  render(
    <AssistantsProvider client={client}>
      <ThreadView
        assistantId={assistantId}
        threadId={threadId}
        {...(height === undefined ? {} : { style: { height } })}
      />
    </AssistantsProvider>,
  );
}

const getScrollers = () => document.querySelectorAll('[data-part="thread-scroll"]');

afterEach(() => vi.restoreAllMocks());

test('tells developers about a long thread without a height', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  await openThread('100dvh');
  await openThread(undefined);
  await expect.poll(() => warn.mock.calls.length).toBe(1);
  const [message, scroller] = warn.mock.calls[0] ?? [];
  expect(message).toMatch(/Give the thread a height/);
  expect(scroller).toBe(getScrollers()[1]);
});
