import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { getMessageText, Thread, useThreadRows, useThreadState } from 'assistants-react';
import { expect, it } from 'vitest';
import type { Model } from '../../../src/backend/models/Model.js';
import { createDeferred } from '../../createDeferred.js';
import {
  createErrorResponse,
  createTestHarness,
  isPost,
  sendMessage,
} from '../createTestHarness.js';

/** Part of an app. */
function Summary({ onGrowing }: { onGrowing: (text: string) => void }) {
  const { threadId, status, run, usage, error } = useThreadState();
  const rows = useThreadRows();
  for (const { message, state } of rows)
    if (state === 'growing') onGrowing(getMessageText(message));
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
  /** Texts of growing messages, one for each render of the part. */
  const growingTexts: string[] = [];
  harness.render(
    <Thread.Root assistantId={assistantId}>
      <Summary onGrowing={(text) => growingTexts.push(text)} />
      <Thread.Messages />
      <Thread.Composer />
    </Thread.Root>,
  );
  return { harness, user: userEvent.setup(), growingTexts };
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

it('gives parts no new rows while a message grows', async () => {
  const [first, second] = [createDeferred(), createDeferred()];
  const model: Model = {
    async *respond() {
      yield { type: 'text', text: 'One ' };
      await first.promise;
      yield { type: 'text', text: 'two ' };
      await second.promise;
      yield { type: 'text', text: 'three.' };
    },
  };
  const { user, growingTexts } = await openChat({ backend: { model } });
  await sendMessage(user, 'Hello');
  await screen.findByText('One');
  first.resolve();
  await screen.findByText('One two');
  second.resolve();
  await screen.findByText('One two three.');
  expect(new Set(growingTexts)).toEqual(new Set(['One ']));
});
