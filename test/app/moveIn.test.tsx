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
  const summary = screen.getByText(/^Report: \d+ problems$/);
  expect(screen.getByText(/threads +3 added/)).not.toBeVisible();
  await user.click(summary);
  expect(screen.getByText(/threads +3 added/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await screen.findByRole('heading', { name: 'Open an old conversation' });
});
