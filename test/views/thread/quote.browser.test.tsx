import { act, screen } from '@testing-library/react';
import { ThreadQuote } from 'assistants-react';
import 'assistants-react/styles.css';
import { expect, it } from 'vitest';
import { createTestHarness, getComposer } from '../createTestHarness.js';

const getButton = () => screen.findByRole('button', { name: 'Quote' });

/** Selects text as the user does: the browser reports a change of the selection. */
function select(node: Node, start: number, end: number): void {
  act(() => getSelection()?.setBaseAndExtent(node, start, node, end));
}

async function openThread() {
  const harness = createTestHarness();
  const threadId = await harness.createThread('The sea is blue.');
  const thread = harness.openThread({
    assistantId: await harness.createAssistant(),
    threadId,
    children: <ThreadQuote />,
  });
  const text = (await screen.findByText('The sea is blue.')).firstChild;
  if (!text) throw new Error('The message has no text.');
  return { ...thread, text };
}

it('quotes the selected text below what is written already', async () => {
  const { user, text } = await openThread();
  await user.type(getComposer(), 'Look:');
  select(text, 4, 11);
  await user.click(await getButton());
  expect(getComposer()).toHaveValue('Look:\n\n> sea is\n\n');
  expect(getComposer()).toHaveFocus();
  expect(screen.queryByRole('button', { name: 'Quote' })).toBeNull();
});

it('is reached with Tab, and hidden with Escape', async () => {
  const { user, text } = await openThread();
  select(text, 0, 7);
  const button = await getButton();
  await user.tab();
  expect(button).toHaveFocus();
  await user.keyboard('{Enter}');
  expect(getComposer()).toHaveValue('> The sea\n\n');

  select(text, 0, 3);
  await getButton();
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('button', { name: 'Quote' })).toBeNull();
});

it('quotes nothing but messages', async () => {
  const { text } = await openThread();
  select(text, 0, 7);
  await getButton();
  const outside = document.body.appendChild(document.createElement('p'));
  outside.textContent = 'Outside of the thread';
  select(outside, 0, 1);
  await expect.poll(() => screen.queryByRole('button', { name: 'Quote' })).toBeNull();
  outside.remove();
});
