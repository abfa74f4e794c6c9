import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Thread, type PositionedRow } from 'assistants-react';
import type { ReactNode } from 'react';
import { expect, it } from 'vitest';
import {
  createErrorResponse,
  createTestHarness,
  findErrorNotice,
  getMessage,
  isPost,
  sendMessage,
} from '../createTestHarness.js';

async function openChat(renderMessage: (row: PositionedRow) => ReactNode) {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  harness.render(
    <Thread.Root assistantId={assistantId}>
      <Thread.Messages renderMessage={renderMessage} />
      <Thread.Composer />
    </Thread.Root>,
  );
  return { harness, user: userEvent.setup() };
}

it('adds an avatar to the rows, and keeps their actions', async () => {
  const { user } = await openChat((row) => (
    <Thread.Message row={row} avatar={`(${row.message.role})`} className="mine" />
  ));
  await sendMessage(user, 'Hello');
  const answer = await waitFor(() => getMessage('You said: Hello'));
  expect(answer).toHaveClass('mine');
  expect(within(answer).getByText('(assistant)')).toBeInTheDocument();
  expect(await within(answer).findByRole('button', { name: 'Regenerate' })).toBeInTheDocument();

  const question = getMessage('Hello');
  expect(within(question).getByText('(user)')).toBeInTheDocument();
  await user.click(await within(question).findByRole('button', { name: 'Edit' }));
  expect(await screen.findByRole('textbox', { name: 'Edit message' })).toHaveValue('Hello');
});

it('shows why a message was not sent in a row of the app, and sends it again', async () => {
  const { harness, user } = await openChat((row) => <Thread.Message row={row} footer={null} />);
  let isDown = true;
  harness.intercept(async (request) =>
    isDown && isPost(request, /threads/) ? createErrorResponse(403, 'Not yours.') : undefined,
  );
  await sendMessage(user, 'Hello');
  const notice = await findErrorNotice();
  expect(getMessage('Hello')).toContainElement(notice);
  isDown = false;
  await user.click(within(notice).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('You said: Hello')).toBeInTheDocument();
});

it('replaces the actions or the whole footer', async () => {
  const { user } = await openChat((row) =>
    row.message.role === 'user' ? (
      <Thread.Message row={row} footer={<p>Sent by you</p>} />
    ) : (
      <Thread.Message row={row} actions={<button type="button">Save</button>} />
    ),
  );
  await sendMessage(user, 'Hello');
  const answer = await waitFor(() => getMessage('You said: Hello'));
  expect(await within(answer).findByRole('button', { name: 'Save' })).toBeInTheDocument();
  expect(within(answer).queryByRole('button', { name: 'Copy' })).toBeNull();
  expect(within(getMessage('Hello')).getByText('Sent by you')).toBeInTheDocument();
  expect(within(getMessage('Hello')).queryByRole('time')).toBeNull();
});
