import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { Example } from '../../app/chapters/moveIn/Example.js';

it('opens a sample, and shows its threads', async () => {
  const user = userEvent.setup();
  render(<Example />);
  await user.click(screen.getByRole('button', { name: 'Open a sample' }));
  await screen.findByRole('heading', { name: '3 threads' });
  await user.click(await screen.findByRole('button', { name: 'Which plants grow in the shade?' }));
  expect(await screen.findByText(/Ferns want the wettest place/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await screen.findByRole('heading', { name: 'Open an old conversation' });
});

it.each([
  [new File(['not packed'], 'chats.zip'), 'chats.zip is not a zip file.'],
  [new File(['"text"'], 'notes.json'), /The file has no objects of the Assistants API/],
])('says why it cannot open a file', async (file, message) => {
  const user = userEvent.setup();
  render(<Example />);
  await user.upload(screen.getByLabelText('Zip, JSON or JSONL'), file);
  expect(await screen.findByText(message)).toHaveRole('alert');
  await user.click(screen.getByRole('button', { name: 'Open a sample' }));
  await screen.findByRole('heading', { name: '3 threads' });
});
