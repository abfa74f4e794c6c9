import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { memoryThreads, ThreadList } from 'assistants-react';
import 'assistants-react/styles.css';
import { expect, it } from 'vitest';
import { createTestHarness } from '../createTestHarness.js';

const COUNT = 5_000;

function renderList() {
  const harness = createTestHarness();
  const registry = memoryThreads(
    Array.from({ length: COUNT }, (_, index) => ({
      id: `thread_${index}`,
      title: `Thread ${index}`,
      updatedAt: COUNT - index,
    })),
  );
  harness.render(
    <div data-testid="scroller" style={{ blockSize: 400, overflow: 'auto' }}>
      <ThreadList registry={registry} onSelect={() => undefined} />
    </div>,
  );
  const countRows = () => document.querySelectorAll('[data-part="thread-list-item"]').length;
  return { countRows, scroller: screen.getByTestId('scroller') };
}

it('keeps only the threads near the view in the page, at any position', async () => {
  const { countRows, scroller } = renderList();
  await screen.findByRole('button', { name: 'Thread 0' });
  await waitFor(() => expect(countRows()).toBeLessThanOrEqual(200));
  const height = scroller.scrollHeight;
  expect(height).toBeGreaterThan(COUNT * 34);

  scroller.scrollTo(0, height);

  expect(await screen.findByRole('button', { name: `Thread ${COUNT - 1}` })).toBeVisible();
  await waitFor(() => expect(countRows()).toBeLessThanOrEqual(200));
  expect(scroller.scrollHeight).toBe(height);
});

it('moves the focus to a thread that is not in the page', async () => {
  const { countRows } = renderList();
  (await screen.findByRole('button', { name: 'Thread 0' })).focus();
  await userEvent.keyboard('{End}');
  await waitFor(() => expect(document.activeElement).toHaveTextContent(`Thread ${COUNT - 1}`));
  await userEvent.keyboard('{ArrowUp}');
  await waitFor(() => expect(document.activeElement).toHaveTextContent(`Thread ${COUNT - 2}`));
  await userEvent.keyboard('{Home}');
  await waitFor(() => expect(document.activeElement).toHaveTextContent('Thread 0'));
  await waitFor(() => expect(countRows()).toBeLessThanOrEqual(200));
});
