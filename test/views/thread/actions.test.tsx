import { screen, waitFor, within } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import { useThreadConversation, type ThreadViewProps } from 'assistants-react';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createDeferred } from '../../createDeferred.js';
import {
  getComposer,
  createTestHarness,
  isPost,
  findErrorNotice,
  createErrorResponse,
  getMessage,
  getMessages,
  sendMessage,
} from '../createTestHarness.js';

const getRegenerateButtons = () => screen.queryAllByRole('button', { name: 'Regenerate' });

it('regenerates the last answer, and offers it for no other', async () => {
  let answerCount = 0;
  const nextAnswer = () => {
    answerCount += 1;
    return `Answer ${answerCount}`;
  };
  const harness = createTestHarness({ scenario: [{ say: () => nextAnswer() }] });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'One');
  await screen.findByText('Answer 1');
  await waitFor(() => expect(getRegenerateButtons()).toHaveLength(1));
  await sendMessage(user, 'Two');
  await screen.findByText('Answer 2');
  await waitFor(() => expect(getRegenerateButtons()).toHaveLength(1));

  await user.click(within(getMessage('Answer 2')).getByRole('button', { name: 'Regenerate' }));
  await waitFor(() =>
    expect(getMessages()).toEqual([
      'user: One',
      'assistant: Answer 1',
      'user: Two',
      'assistant: Answer 3',
    ]),
  );
});

it('shows why an answer could not be regenerated, and keeps the answer', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'One');
  await waitFor(() => expect(getRegenerateButtons()).toHaveLength(1));
  harness.intercept(async (request) =>
    request.method === 'DELETE' ? createErrorResponse(403, 'Not yours.') : undefined,
  );

  await user.click(screen.getByRole('button', { name: 'Regenerate' }));
  expect(getMessage('You said: One')).toContainElement(await findErrorNotice());
  expect(getMessages()).toEqual(['user: One', 'assistant: You said: One']);
});

it('edits a message in place, and continues in a new thread', async () => {
  const harness = createTestHarness();
  const threadId = await harness.createThread('Before');
  const { user, reportedIds } = harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId,
  });
  await screen.findByText('Before');
  await sendMessage(user, 'Helo');
  await screen.findByText('You said: Helo');
  await user.click(await within(getMessage('Helo')).findByRole('button', { name: 'Edit' }));
  const field = await screen.findByRole('textbox', { name: 'Edit message' });
  expect(field).toHaveValue('Helo');

  await user.clear(field);
  await user.keyboard('Hello{Enter}');
  await waitFor(() =>
    expect(getMessages()).toEqual(['user: Before', 'user: Hello', 'assistant: You said: Hello']),
  );
  expect(reportedIds).toHaveLength(1);
  const { data } = await harness.otherClient.listMessages({ threadId });
  expect(data).toHaveLength(3);
});

it('returns the focus to the edit button when the editor is cancelled', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId: await harness.createThread('Hello'),
  });
  await screen.findByText('Hello');
  const button = screen.getByRole('button', { name: 'Edit' });
  await user.click(button);
  await screen.findByRole('textbox', { name: 'Edit message' });
  expect(button).toHaveAttribute('aria-expanded', 'true');
  await user.keyboard('changed{Escape}');
  expect(button).toHaveFocus();
  expect(getMessages()).toEqual(['user: Hello']);
});

it('keeps an edited text over a reload, until it is sent or discarded', async () => {
  const harness = createTestHarness();
  const options = {
    assistantId: await harness.createAssistant(),
    threadId: await harness.createThread('Hello'),
  };
  const edit = async (user: UserEvent) => {
    await user.click(await screen.findByRole('button', { name: 'Edit' }));
    return screen.findByRole('textbox', { name: 'Edit message' });
  };
  const before = harness.openThread(options);
  await edit(before.user);
  await before.user.keyboard(' there');
  before.unmount();
  const { user } = harness.openThread(options);
  expect(await edit(user)).toHaveValue('Hello there');
  await user.keyboard('{Escape}');
  expect(await edit(user)).toHaveValue('Hello');
  await user.keyboard('!{Enter}');
  await waitFor(() => expect(getMessages()).toContain('user: Hello!'));
  expect(Object.keys(sessionStorage).filter((key) => key.includes('edit:'))).toEqual([]);
});

it('keeps the edited text when it cannot be sent', async () => {
  const harness = createTestHarness();
  const { user } = harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId: await harness.createThread('Hello'),
  });
  await screen.findByText('Hello');
  harness.intercept(async (request) =>
    isPost(request, /threads$/) ? createErrorResponse(500, 'Broken.') : undefined,
  );
  await user.click(screen.getByRole('button', { name: 'Edit' }));
  await screen.findByRole('textbox', { name: 'Edit message' });
  await user.keyboard(' you{Enter}');
  await findErrorNotice();
  expect(screen.getByRole('textbox', { name: 'Edit message' })).toHaveValue('Hello you');
});

it('offers neither editing nor regenerating while a run is active', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({
    scenario: [{ say: ['Beginning', { hold: answer.promise }, ' and end'] }],
  });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'One');
  await screen.findByText('Beginning');
  expect(screen.queryByRole('button', { name: 'Edit' })).not.toBeInTheDocument();
  expect(getRegenerateButtons()).toEqual([]);
  answer.resolve();
  await screen.findByRole('button', { name: 'Edit' });
  await waitFor(() => expect(getRegenerateButtons()).toHaveLength(1));
  expect(getComposer()).toBeEnabled();
});

it('passes the message to onFeedback and renderActions', async () => {
  const harness = createTestHarness();
  const onFeedback = vi.fn<NonNullable<ThreadViewProps['onFeedback']>>();
  const { user } = harness.openThread({
    assistantId: await harness.createAssistant(),
    onFeedback,
    renderActions: (message) => <button type="button">Share {message.role}</button>,
  });
  await sendMessage(user, 'One');
  await user.click(await screen.findByRole('button', { name: 'Good answer' }));
  expect(onFeedback).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ role: 'assistant' }),
    'good',
  );
  expect(screen.getByRole('button', { name: 'Share user' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Share assistant' })).toBeInTheDocument();
});

it('shows the actions of the app at once, because they may need more room than ours', async () => {
  const { setTimeout } = globalThis;
  // Other rows get their buttons with a delay of 150 ms, which never passes here.
  const spy = vi.spyOn(globalThis, 'setTimeout');
  spy.mockImplementation((callback, delay, ...args) =>
    setTimeout(callback, delay === 150 ? 1e9 : delay, ...args),
  );
  onTestFinished(() => spy.mockRestore());
  const harness = createTestHarness();
  const threadId = await harness.createThread('One', 'Two', 'Three');
  harness.openThread({
    threadId,
    renderActions: (message) => <button type="button">Share {message.role}</button>,
  });
  await waitFor(() =>
    expect(screen.getAllByRole('button', { name: 'Share user' })).toHaveLength(3),
  );
});

it('offers no answer in a thread without an assistant, and deletes none', async () => {
  const harness = createTestHarness();
  const threadId = await harness.createThread('Hello');
  const assistantId = await harness.createAssistant();
  await harness.otherClient.createRun({ threadId, body: { assistant_id: assistantId } });
  await harness.backend.idle();
  function RegenerateButton() {
    const { regenerate } = useThreadConversation();
    return (
      <button type="button" onClick={() => void regenerate()}>
        Again
      </button>
    );
  }
  harness.openThread({ threadId, children: <RegenerateButton /> });
  const answer = await waitFor(() => getMessage('You said: Hello'));
  expect(within(answer).getAllByRole('button')).toHaveLength(1);
  expect(getRegenerateButtons()).toEqual([]);
  expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();

  await userEvent.click(screen.getByRole('button', { name: 'Again' }));
  await waitFor(() => expect(harness.queryClient.isFetching()).toBe(0));
  expect(harness.takeWrites()).toEqual([]);
});
