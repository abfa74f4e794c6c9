import { screen, waitFor } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import { useState, type ReactElement } from 'react';
import { Thread } from 'assistants-react';
import { expect, it } from 'vitest';
import { createTestHarness, getComposer } from '../createTestHarness.js';

const TEXTS = ['Crème brûlée', 'A plain word', 'Another CREME', 'The last one'];

async function openSearch() {
  const harness = createTestHarness();
  const threadId = await harness.createThread(...TEXTS);
  function Page(): ReactElement {
    const [isOpen, setIsOpen] = useState(false);
    return (
      <Thread.Root assistantId="asst_1" threadId={threadId}>
        <button type="button" onClick={() => setIsOpen(true)}>
          Find
        </button>
        <Thread.Messages />
        <Thread.Composer />
        <Thread.Search isOpen={isOpen} onOpenChange={setIsOpen} />
      </Thread.Root>
    );
  }
  harness.render(<Page />);
  await screen.findByText('The last one');
  const user = userEvent.setup({ delay: null });
  await user.click(screen.getByRole('button', { name: 'Find' }));
  const field = await screen.findByRole('searchbox', { name: 'Find in conversation' });
  return { user, field };
}

const getPosition = () => document.querySelector('[data-part="thread-search-position"]');
const getHit = () =>
  document.querySelector('[data-search-hit] [data-part="message-text"]')?.textContent;

it('finds text without regard to case and accents, and steps through the hits', async () => {
  const { user, field } = await openSearch();
  expect(field).toHaveFocus();
  await user.type(field, 'creme');
  expect(getPosition()).toHaveTextContent('2 of 2');
  await waitFor(() => expect(getHit()).toBe('Another CREME'));
  await user.keyboard('{Enter}');
  expect(getPosition()).toHaveTextContent('1 of 2');
  await waitFor(() => expect(getHit()).toBe('Crème brûlée'));
  await user.keyboard('{Shift>}{Enter}{/Shift}');
  expect(getPosition()).toHaveTextContent('2 of 2');
  await user.click(screen.getByRole('button', { name: 'Previous match' }));
  expect(getPosition()).toHaveTextContent('1 of 2');
  expect(document.querySelectorAll('[data-search-hit]')).toHaveLength(1);
});

it('says that nothing was found, and removes all marks when it closes', async () => {
  const { user, field } = await openSearch();
  await user.type(field, 'creme');
  await waitFor(() => expect(getHit()).toBe('Another CREME'));
  await user.type(field, ' xyz');
  expect(getPosition()).toHaveTextContent('No matches');
  expect(getHit()).toBeUndefined();
  expect(screen.getByRole('button', { name: 'Next match' })).toBeDisabled();
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('search')).toBeNull();
});

it.each([
  ['Escape', (user: UserEvent) => user.keyboard('{Escape}')],
  [
    'its button',
    (user: UserEvent) => user.click(screen.getByRole('button', { name: 'Close search' })),
  ],
])('returns the focus to where it was when %s closes it', async (_name, close) => {
  const { user } = await openSearch();
  await close(user);
  expect(screen.queryByRole('search')).toBeNull();
  expect(screen.getByRole('button', { name: 'Find' })).toHaveFocus();
});

it('leaves Ctrl+F to the browser in a short thread', async () => {
  const { user } = await openSearch();
  await user.keyboard('{Escape}');
  getComposer().focus();
  const prevented: boolean[] = [];
  const onKey = (event: KeyboardEvent) => void prevented.push(event.defaultPrevented);
  window.addEventListener('keydown', onKey);
  await user.keyboard('{Control>}f{/Control}');
  window.removeEventListener('keydown', onKey);
  expect(prevented).toEqual([false, false]);
  expect(screen.queryByRole('search')).toBeNull();
});
