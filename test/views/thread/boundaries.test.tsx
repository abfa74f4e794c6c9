import { act, screen, waitFor } from '@testing-library/react';
import { getMessageText, Thread, type PositionedRow } from 'assistants-react';
import { expect, it, vi } from 'vitest';
import { createTestHarness } from '../createTestHarness.js';

it('replaces a message that cannot be rendered by a placeholder, and renders it again on request', async () => {
  const consoleError = vi.spyOn(console, 'error').mockReturnValue();
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const harness = createTestHarness();
  const assistantId = await harness.createAssistant();
  const threadId = await harness.createThread('First', 'Second', 'Third');
  let isBroken = true;
  const renderMessage = ({ message }: PositionedRow) => {
    const text = getMessageText(message);
    if (isBroken && text !== 'First') throw new Error('Cannot render.');
    return <p>{text}</p>;
  };
  harness.render(
    <Thread.Root assistantId={assistantId} threadId={threadId}>
      <Thread.Messages renderMessage={renderMessage} />
      <Thread.Composer />
    </Thread.Root>,
  );
  await waitFor(() => expect(document.querySelectorAll('[data-unreadable]')).toHaveLength(2));
  expect(screen.getByText('First')).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: 'Message' })).toBeInTheDocument();
  expect(warn).toHaveBeenCalledOnce();

  isBroken = false;
  for (const button of screen.getAllByRole('button', { name: 'Try again' })) button.click();
  expect(await screen.findByText('Third')).toBeInTheDocument();
  expect(screen.getByText('Second')).toBeInTheDocument();
  expect(document.querySelectorAll('[data-unreadable]')).toHaveLength(0);
  consoleError.mockRestore();
  warn.mockRestore();
});

it('replaces the messages of a composition if a part inside cannot be rendered, and keeps the composer', async () => {
  const consoleError = vi.spyOn(console, 'error').mockReturnValue();
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const harness = createTestHarness();
  let isBroken = true;
  const Part = () => {
    if (isBroken) throw new Error('Cannot render.');
    return <p>Shown</p>;
  };
  harness.render(
    <Thread.Root>
      <Thread.Messages>
        <Part />
      </Thread.Messages>
      <Thread.Composer />
    </Thread.Root>,
  );
  expect(screen.getByRole('textbox', { name: 'Message' })).toBeInTheDocument();
  isBroken = false;
  act(() => screen.getByRole('button', { name: 'Try again' }).click());
  expect(screen.getByText('Shown')).toBeInTheDocument();
  consoleError.mockRestore();
  warn.mockRestore();
});
