import { onlineManager } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import { RunInspector } from 'assistants-react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestHarness, findErrorNotice, sendMessage } from './createTestHarness.js';

// The browser is offline, but the server may be in the page or on the same machine.
beforeEach(() => onlineManager.setOnline(false));
afterEach(() => onlineManager.setOnline(true));

it('shows and continues a thread of a server that can be reached', async () => {
  const harness = createTestHarness();
  const threadId = await harness.createThread('Hello');
  const { user } = harness.openThread({ assistantId: await harness.createAssistant(), threadId });
  await screen.findByText('Hello');
  await sendMessage(user, 'Again');
  await screen.findByText('You said: Again');
  harness.render(<RunInspector threadId={threadId} />);
  await waitFor(() => expect(document.querySelector('[data-part="inspected-run"]')).not.toBeNull());
});

it('does not call a thread empty that it could not load, and loads it when the connection is back', async () => {
  const harness = createTestHarness();
  const threadId = await harness.createThread('Hello');
  harness.intercept(async () => {
    throw new TypeError('Failed to fetch');
  });
  harness.openThread({ assistantId: 'asst_1', threadId });
  expect(await findErrorNotice()).toHaveTextContent('No connection');
  expect(screen.queryByText('What can I help with?')).toBeNull();
  harness.intercept();
  onlineManager.setOnline(true);
  await screen.findByText('Hello');
});
