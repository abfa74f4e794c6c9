import '@testing-library/jest-dom/vitest';
import { fireEvent, render, screen } from '@testing-library/react';
import { FileChip, MessageImage } from 'assistants-react';
import { expect, test } from 'vitest';

const DISGUISED = 'invoice\u202egpj.exe';
const getImage = () => document.querySelector('img');

test('shows the end of a name that would be disguised', () => {
  render(<FileChip name={DISGUISED} />);
  expect(screen.getByText('invoicegpj.exe')).toHaveAttribute('title', 'invoicegpj.exe');
});

test('shows the name of an image that the browser cannot show', () => {
  const { rerender, container } = render(<FileChip name="a.heic" thumbnailUrl="blob:1" />);
  fireEvent.error(getImage() ?? container);
  expect(getImage()).toBeNull();
  expect(container.firstChild).not.toHaveAttribute('data-thumbnail');
  rerender(<FileChip name="a.png" thumbnailUrl="blob:2" />);
  expect(getImage()).toHaveAttribute('src', 'blob:2');
});

test('shows a placeholder for an image of a message that the browser cannot show', () => {
  const resolveFile = () => ({ name: 'a.heic', url: 'blob:1' });
  const { container } = render(<MessageImage fileId="file_1" resolveFile={resolveFile} />);
  fireEvent.error(getImage() ?? container);
  expect(container.firstChild).toHaveAttribute('data-state', 'missing');
  expect(screen.getByText('a.heic')).toBeInTheDocument();
});
