import { screen, waitFor } from '@testing-library/react';
import { getMessageText, Thread, useThreadRows, useThreadState } from 'assistants-react';
import { expect, it, vi } from 'vitest';
import {
  createErrorResponse,
  createTestHarness,
  isPost,
  sendMessage,
} from '../createTestHarness.js';
import { userEvent } from '@testing-library/user-event';

/** Part of an app. */
function Summary({ onRender }: { onRender: () => void }) {
  const { threadId, status, run, usage, error } = useThreadState();
  const rows = useThreadRows();
  onRender();
  return (
    <p data-testid="summary">
      {[
        threadId === undefined ? 'no thread' : 'thread',
        status,
        run?.status ?? 'no run',
        `${usage?.total_tokens ?? 0} tokens`,
        error?.message ?? 'no error',
        rows.map(({ message }) => getMessageText(message)).join(', '),
      ].join(' | ')}
    </p>
  );
}

async function openChat(scenario?: Parameters<typeof createTestHarness>[0]) {
  const harness = createTestHarness(scenario);
  const assistantId = await harness.createAssistant();
  const onRender = vi.fn<() => void>();
  harness.render(
    <Thread.Root assistantId={assistantId}>
      <Summary onRender={onRender} />
      <Thread.Messages />
      <Thread.Composer />
    </Thread.Root>,
  );
  return { harness, user: userEvent.setup(), getRenderCount: () => onRender.mock.calls.length };
}

it('gives parts the id, status, run, usage and messages of the thread', async () => {
  const { user } = await openChat();
  const summary = screen.getByTestId('summary');
  expect(summary).toHaveTextContent('no thread | idle | no run | 0 tokens | no error |');
  await sendMessage(user, 'Hello');
  await waitFor(() =>
    expect(summary.textContent).toMatch(
      /^thread \| idle \| completed \| [1-9]\d* tokens \| no error \| Hello, You said: Hello$/,
    ),
  );
});

it('gives parts the error of a message that was not sent', async () => {
  const { harness, user } = await openChat();
  harness.intercept(async (request) =>
    isPost(request, /threads/) ? createErrorResponse(403, 'Not yours.') : undefined,
  );
  await sendMessage(user, 'Hello');
  await waitFor(() => expect(screen.getByTestId('summary')).toHaveTextContent('error'));
  expect(screen.getByTestId('summary')).toHaveTextContent('Not yours.');
});

it('does not render parts while a message grows', async () => {
  const words = Array.from({ length: 400 }, (_, index) => `word${index}`).join(' ');
  const { user, getRenderCount } = await openChat({ scenario: [{ say: words }] });
  await sendMessage(user, 'Hello');
  await screen.findByText(words);
  await waitFor(() => expect(screen.getByTestId('summary')).toHaveTextContent('completed'));
  // A message of 400 words grows in more steps than the states that a thread passes through.
  expect(getRenderCount()).toBeLessThan(40);
});
