import { EmptyState, ErrorNotice, JumpToLatest, Loading, LoadOlder } from 'assistants-react';
import { act, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => void vi.useRealTimers());

test.each([
  [{ kind: 'network' }, 'No connection'],
  [{ kind: 'busy' }, 'The assistant is still working'],
  [{ kind: 'invalid-id' }, 'This link doesn’t work'],
  [{ kind: 'protocol', status: 200 }, 'Unexpected answer from the server'],
  [{ kind: 'http', status: 401 }, 'Not signed in'],
  [{ kind: 'http', status: 404 }, 'Not found'],
  [{ kind: 'http', status: 429 }, 'Too many requests'],
  [{ kind: 'http', status: 500 }, 'Server error'],
  [{ kind: 'http', status: 418 }, 'The request failed'],
  [{ kind: 'constructor' }, 'Something went wrong'],
])('the error %j has the title %j', (error, title) => {
  render(<ErrorNotice error={{ message: '', ...error }} />);
  expect(screen.getByRole('alert')).toHaveTextContent(title);
});

test('offers a retry, and to copy the request id', async () => {
  const user = userEvent.setup();
  const onRetry = vi.fn<() => void>();
  render(
    <ErrorNotice
      error={{ message: '<b>boom</b>', kind: 'http', status: 500, requestId: 'req_1' }}
      onRetry={onRetry}
    />,
  );
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(onRetry).toHaveBeenCalledOnce();
  expect(screen.getByText('<b>boom</b>')).toBeInTheDocument();
  await user.click(screen.getByText('Details'));
  await user.click(screen.getByRole('button', { name: 'Copy request id' }));
  expect(await navigator.clipboard.readText()).toBe('req_1');
});

test('says what the server cannot do, and names the operation in the details', () => {
  const message = 'This server cannot cancel runs (cancelRun).';
  render(<ErrorNotice error={{ kind: 'unsupported', message }} />);
  expect(screen.getByText('This server cannot cancel runs.')).toBeVisible();
  expect(screen.getByText(message)).toBeInTheDocument();
});

test('calls onSuggestion with the text of the suggestion', async () => {
  const onSuggestion = vi.fn<(suggestion: string) => void>();
  render(<EmptyState suggestions={['Plan a trip']} onSuggestion={onSuggestion} />);
  await userEvent.click(screen.getByRole('button', { name: 'Plan a trip' }));
  expect(onSuggestion).toHaveBeenCalledExactlyOnceWith('Plan a trip');
});

test('does not load older messages while they are loading', async () => {
  const onLoad = vi.fn<() => void>();
  const view = render(<LoadOlder hasOlder onLoad={onLoad} />);
  await userEvent.click(screen.getByRole('button'));
  view.rerender(<LoadOlder hasOlder isLoading onLoad={onLoad} />);
  await userEvent.click(screen.getByRole('button', { name: 'Loading older messages' }));
  expect(onLoad).toHaveBeenCalledOnce();
  view.rerender(<LoadOlder hasOlder={false} onLoad={onLoad} />);
  expect(screen.queryByRole('button')).toBeNull();
});

test('shows the number of new messages', () => {
  render(<JumpToLatest count={3} />);
  expect(
    screen.getByRole('button', { name: 'Jump to latest, 3 new messages' }),
  ).toBeInTheDocument();
});

test('shows the loading text only after the delay', () => {
  vi.useFakeTimers();
  render(<Loading />);
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  act(() => void vi.advanceTimersByTime(150));
  expect(screen.getByRole('status')).toHaveTextContent('Loading');
});

test('says on paper that older messages are not loaded', () => {
  const { rerender } = render(<LoadOlder hasOlder onLoad={() => undefined} />);
  expect(screen.getByText('Older messages are not printed.')).toHaveAttribute(
    'data-part',
    'print-note',
  );
  rerender(<LoadOlder hasOlder={false} onLoad={() => undefined} />);
  expect(screen.queryByText(/not printed/)).toBeNull();
});
