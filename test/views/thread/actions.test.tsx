import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import {
  composer,
  createWorld,
  isPost,
  latch,
  notice,
  refusal,
  rowOf,
  said,
  say,
} from '../createTestHarness.js';

const fast = { interval: 5 };
const answerAgain = () => screen.queryAllByRole('button', { name: 'Answer again' });

it('has the last answer, and no other, written again', async () => {
  let count = 0;
  const world = createWorld({ scenario: [{ say: () => `Answer ${(count += 1)}` }] });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'One');
  await screen.findByText('Answer 1');
  await waitFor(() => expect(answerAgain()).toHaveLength(1), fast);
  await say(user, 'Two');
  await screen.findByText('Answer 2');
  await waitFor(() => expect(answerAgain()).toHaveLength(1), fast);

  await user.click(within(rowOf('Answer 2')).getByRole('button', { name: 'Answer again' }));
  await waitFor(
    () =>
      expect(said()).toEqual([
        'user: One',
        'assistant: Answer 1',
        'user: Two',
        'assistant: Answer 3',
      ]),
    fast,
  );
});

it('says beside the answer why it could not be written again, and keeps it', async () => {
  const world = createWorld();
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'One');
  await waitFor(() => expect(answerAgain()).toHaveLength(1), fast);
  world.guard(async (request) =>
    request.method === 'DELETE' ? refusal(403, 'Not yours.') : undefined,
  );

  await user.click(screen.getByRole('button', { name: 'Answer again' }));
  expect(rowOf('You said: One')).toContainElement(await notice());
  expect(said()).toEqual(['user: One', 'assistant: You said: One']);
});

it('changes a message in its place, and goes on in a new thread', async () => {
  const world = createWorld();
  const threadId = await world.thread('Before');
  const { user, reported } = world.open({ assistantId: await world.assistant(), threadId });
  await screen.findByText('Before');
  await say(user, 'Helo');
  await screen.findByText('You said: Helo');
  await user.click(await within(rowOf('Helo')).findByRole('button', { name: 'Edit' }));
  const field = await screen.findByRole('textbox', { name: 'Change message' });
  expect(field).toHaveValue('Helo');

  await user.clear(field);
  await user.keyboard('Hello{Enter}');
  await waitFor(
    () => expect(said()).toEqual(['user: Before', 'user: Hello', 'assistant: You said: Hello']),
    fast,
  );
  expect(reported).toHaveLength(1);
  const { data } = await world.other.listMessages({ threadId });
  expect(data).toHaveLength(3);
});

it('gives the focus back to the button when a change is left', async () => {
  const world = createWorld();
  const { user } = world.open({
    assistantId: await world.assistant(),
    threadId: await world.thread('Hello'),
  });
  await screen.findByText('Hello');
  const button = screen.getByRole('button', { name: 'Edit' });
  await user.click(button);
  await screen.findByRole('textbox', { name: 'Change message' });
  expect(button).toHaveAttribute('aria-expanded', 'true');
  await user.keyboard('changed{Escape}');
  expect(button).toHaveFocus();
  expect(said()).toEqual(['user: Hello']);
});

it('keeps what was changed when it cannot be sent', async () => {
  const world = createWorld();
  const { user } = world.open({
    assistantId: await world.assistant(),
    threadId: await world.thread('Hello'),
  });
  await screen.findByText('Hello');
  world.guard(async (request) =>
    isPost(request, /threads$/) ? refusal(500, 'Broken.') : undefined,
  );
  await user.click(screen.getByRole('button', { name: 'Edit' }));
  await screen.findByRole('textbox', { name: 'Change message' });
  await user.keyboard(' you{Enter}');
  await notice();
  expect(screen.getByRole('textbox', { name: 'Change message' })).toHaveValue('Hello you');
});

it('offers nothing that disturbs a run while one is active', async () => {
  const { opened, open } = latch();
  const world = createWorld({ scenario: [{ say: ['Beginning', { hold: opened }, ' and end'] }] });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'One');
  await screen.findByText('Beginning');
  expect(screen.queryByRole('button', { name: 'Edit' })).not.toBeInTheDocument();
  expect(answerAgain()).toEqual([]);
  open();
  await screen.findByRole('button', { name: 'Edit' });
  await waitFor(() => expect(answerAgain()).toHaveLength(1), fast);
  expect(composer()).toBeEnabled();
});

it('hands judgements and the buttons of the app the message they are about', async () => {
  const world = createWorld();
  const seen: string[] = [];
  const { user } = world.open({
    assistantId: await world.assistant(),
    onFeedback: (message, feedback) => seen.push(`${message.role} ${feedback ?? 'nothing'}`),
    renderActions: (message) => <button type="button">Share {message.role}</button>,
  });
  await say(user, 'One');
  await user.click(await screen.findByRole('button', { name: 'Good answer' }));
  expect(seen).toEqual(['assistant good']);
  expect(screen.getByRole('button', { name: 'Share user' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Share assistant' })).toBeInTheDocument();
});
