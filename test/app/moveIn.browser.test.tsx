import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { Example } from '../../app/chapters/moveIn/Example.js';

it('opens a sample, and shows its threads', async () => {
  const user = userEvent.setup();
  render(<Example />);
  await user.click(screen.getByRole('button', { name: 'Open a sample' }));
  await screen.findByRole('heading', { name: 'Threads: 3' });
  await user.click(await screen.findByRole('button', { name: 'Which plants grow in the shade?' }));
  expect(await screen.findByText(/Ferns want the wettest place/)).toBeVisible();
  expect(screen.getByText('Nothing is missing.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await screen.findByRole('heading', { name: 'Open an old conversation' });
});

it('lists what an import could not take over', async () => {
  const user = userEvent.setup();
  render(<Example />);
  await user.click(screen.getByRole('button', { name: 'Open an export' }));
  const thread = { object: 'thread', id: 'thread_1', created_at: 1, metadata: {} };
  const message = {
    id: 'msg_1',
    object: 'thread.message',
    thread_id: 'thread_1',
    created_at: 2,
    role: 'user',
    content: [{ type: 'text', text: { value: 'Which plants grow?', annotations: [] } }],
  };
  const file = { id: 'file-1', object: 'file', filename: 'plants.pdf', bytes: 9, created_at: 1 };
  const objects = [thread, message, { ...file, purpose: 'assistants' }];
  await user.upload(screen.getByLabelText('Choose files', { selector: 'input' }), [
    new File([JSON.stringify(objects)], 'export.json'),
    new File(['"text"'], 'notes.json'),
  ]);
  await screen.findByRole('heading', { name: 'Threads: 1' });
  const summary = screen.getByText(/^Problems: \d+$/);
  expect(screen.getByText(/^notes\.json: /)).not.toBeVisible();
  await user.click(summary);
  const list = within(summary.parentElement ?? summary).getByRole('list');
  const lines = [...list.children].map(({ textContent }) => textContent);
  expect(summary).toHaveTextContent(`Problems: ${lines.length}`);
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^notes\.json: /),
      'plants.pdf: The content is missing.',
    ]),
  );
});
