import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { AssistantsError } from '../../../src/client/AssistantsError.js';
import { loadFollowing } from '../../../src/core/conversation/loadFollowing.js';
import {
  createTestHarness,
  findErrorNotice,
  getMessages,
  sendMessage,
} from '../createTestHarness.js';

vi.mock('../../../src/core/conversation/loadFollowing.js', { spy: true });

it('says what helps when code of the page cannot be loaded, and keeps the message', async () => {
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread('Earlier');
  const { user } = harness.openThread({ assistantId, threadId });
  await screen.findByText('Earlier');
  const error = new AssistantsError('network', 'Could not load the code.', { code: 'not_loaded' });
  vi.mocked(loadFollowing).mockRejectedValue(error);
  await sendMessage(user, 'Hello');
  const notice = await findErrorNotice();
  expect(notice).toHaveTextContent('Part of the page could not be loaded');
  expect(notice).toHaveTextContent('If that does not help, reload the page.');

  vi.mocked(loadFollowing).mockReset();
  await user.click(within(notice).getByRole('button', { name: 'Try again' }));
  await screen.findByText('You said: Hello');
  expect(getMessages()).toEqual(['user: Earlier', 'user: Hello', 'assistant: You said: Hello']);
});
