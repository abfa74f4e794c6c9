import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Thread } from 'assistants-react';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createTestHarness, getComposer, getMessages } from '../createTestHarness.js';

const getScroller = () => screen.getByRole('region', { name: 'Conversation' });
const getFocusedText = () =>
  document.activeElement?.querySelector('[data-part="message-text"]')?.textContent;

/** Opens a thread and moves the focus to its messages. The keys are loaded then, so the first one is pressed until it works. */
async function openThread(...texts: string[]) {
  const harness = createTestHarness();
  const threadId = await harness.createThread(...texts);
  const { user } = harness.openThread({ threadId });
  await waitFor(() => expect(getMessages()).toHaveLength(Math.min(20, texts.length)));
  getComposer().focus();
  await user.keyboard('{F6}');
  expect(getScroller()).toHaveFocus();
  await waitFor(async () => {
    if (document.activeElement === getScroller()) await user.keyboard('{ArrowUp}');
    expect(getFocusedText()).toBe(texts.at(-1));
  });
  return user;
}

it('moves between messages with the arrow keys, Home and End', async () => {
  const user = await openThread('First', 'Second', 'Third');
  const steps = [
    ['{ArrowUp}', 'Second'],
    ['{Home}', 'First'],
    ['{ArrowUp}', 'First'],
    ['{ArrowDown}', 'Second'],
    ['{End}', 'Third'],
    ['{ArrowDown}', 'Third'],
  ] as const;
  for (const [key, text] of steps) {
    await user.keyboard(key);
    await waitFor(() => expect(getFocusedText()).toBe(text));
  }
  // Tab leads back to the message that had the focus last.
  expect(document.querySelectorAll('[data-part="message"][tabindex="0"]')).toHaveLength(1);
});

it('tells the place and the text of the focused message', async () => {
  const user = await openThread('First', 'Second', 'x'.repeat(3_000));
  const focused = () => screen.getAllByRole('article').find((item) => item.matches(':focus'));
  expect(focused()).toHaveAttribute('aria-posinset', '3');
  expect(focused()).toHaveAttribute('aria-setsize', '3');
  expect(focused()).not.toHaveAttribute('aria-describedby');
  await user.keyboard('{ArrowUp}');
  await waitFor(() => expect(focused()).toHaveAccessibleDescription('Second'));
  expect(focused()).toHaveAccessibleName('You');
});

it('goes to the controls of a message with Enter, and back to it and to the composer with Escape', async () => {
  const user = await openThread('First', 'Second');
  await user.keyboard('{Enter}');
  expect(document.activeElement?.closest('article')).not.toBeNull();
  expect(document.activeElement).toHaveProperty('tagName', expect.stringMatching(/^(A|BUTTON)$/));
  // The keys of the list do not move the focus away from a control.
  const control = document.activeElement;
  await user.keyboard('{ArrowUp}{Home}');
  expect(document.activeElement).toBe(control);
  await user.keyboard('{Escape}');
  expect(getFocusedText()).toBe('Second');
  await user.keyboard('{Escape}');
  expect(getComposer()).toHaveFocus();
});

it('goes to the buttons of a message that has just been brought into the page', async () => {
  const { setTimeout } = globalThis;
  // Rows get their buttons with a delay of 150 ms, which never passes here.
  const spy = vi.spyOn(globalThis, 'setTimeout');
  spy.mockImplementation((callback, delay, ...args) =>
    setTimeout(callback, delay === 150 ? 1e9 : delay, ...args),
  );
  onTestFinished(() => spy.mockRestore());
  const user = await openThread('First', 'Second');
  await user.keyboard('{Home}');
  await waitFor(() => expect(getFocusedText()).toBe('First'));
  await user.keyboard('{Enter}');
  expect(document.activeElement).toHaveAccessibleName('Copy');
});

it('leaves keys with modifiers to the browser', async () => {
  const user = await openThread('First', 'Second');
  await user.keyboard('{Control>}{Home}{/Control}{Shift>}{ArrowUp}{/Shift}{Alt>}{ArrowUp}{/Alt}');
  expect(getFocusedText()).toBe('Second');
});

it('loads older messages from the first one', async () => {
  const texts = Array.from({ length: 25 }, (_, index) => `Text ${index}`);
  const user = await openThread(...texts);
  expect(getMessages()).toHaveLength(20);
  expect(document.activeElement).toHaveAttribute('aria-setsize', '-1');
  await user.keyboard('{Home}');
  await waitFor(() => expect(getFocusedText()).toBe('Text 5'));
  await user.keyboard('{ArrowUp}');
  await waitFor(() => expect(getMessages()).toHaveLength(25));
  expect(getFocusedText()).toBe('Text 5');
  await user.keyboard('{ArrowUp}');
  await waitFor(() => expect(getFocusedText()).toBe('Text 4'));
});

it('moves the focus to rows that the app renders', async () => {
  const harness = createTestHarness();
  const threadId = await harness.createThread('First', 'Second');
  harness.render(
    <Thread.Root threadId={threadId}>
      <Thread.Messages renderMessage={({ message }) => <p>{message.id}</p>} />
    </Thread.Root>,
  );
  await waitFor(() => expect(screen.getAllByText(/^msg_/)).toHaveLength(2));
  getScroller().focus();
  const user = userEvent.setup({ delay: null });
  await waitFor(async () => {
    if (document.activeElement === getScroller()) await user.keyboard('{ArrowUp}');
    expect(document.activeElement).toHaveAttribute('data-part', 'message-row');
  });
  expect(document.activeElement).toBe(
    document.querySelector('[data-part="message-row"]:last-child'),
  );
});
