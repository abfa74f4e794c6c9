import { EmptyState, ErrorNotice, JumpToLatest, Loading, LoadOlder } from 'assistants-react';
import { act, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.useRealTimers());

test.each([
  [{ kind: 'network' }, 'No connection'],
  [{ kind: 'busy' }, 'The assistant is still working'],
  [{ kind: 'invalid-id' }, 'This link is not right'],
  [{ kind: 'protocol', status: 200 }, 'Unexpected answer from the server'],
  [{ kind: 'http', status: 401 }, 'Not signed in'],
  [{ kind: 'http', status: 404 }, 'Not found'],
  [{ kind: 'http', status: 429 }, 'Too many requests'],
  [{ kind: 'http', status: 500 }, 'The server has a fault'],
  [{ kind: 'http', status: 418 }, 'The request failed'],
  [{ kind: 'constructor' }, 'Something went wrong'],
])('%j reads %j', (error, title) => {
  render(<ErrorNotice error={{ message: '', ...error }} />);
  expect(screen.getByRole('alert')).toHaveTextContent(title);
});

test('offers the one action, and the request id to copy', async () => {
  const user = userEvent.setup();
  let retries = 0;
  render(
    <ErrorNotice
      error={{ message: '<b>boom</b>', kind: 'http', status: 500, requestId: 'req_1' }}
      onRetry={() => (retries += 1)}
    />,
  );
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(retries).toBe(1);
  expect(screen.getByText('<b>boom</b>')).toBeInTheDocument();
  await user.click(screen.getByText('Details'));
  await user.click(screen.getByRole('button', { name: 'Copy request id' }));
  expect(await navigator.clipboard.readText()).toBe('req_1');
});

test('a suggestion is handed over as it stands', async () => {
  const chosen: string[] = [];
  render(<EmptyState suggestions={['Plan a trip']} onSuggestion={(text) => chosen.push(text)} />);
  await userEvent.click(screen.getByRole('button', { name: 'Plan a trip' }));
  expect(chosen).toEqual(['Plan a trip']);
});

test('older messages are not asked for twice', async () => {
  let loads = 0;
  const view = render(<LoadOlder hasOlder onLoad={() => (loads += 1)} />);
  await userEvent.click(screen.getByRole('button'));
  view.rerender(<LoadOlder hasOlder isLoading onLoad={() => (loads += 1)} />);
  await userEvent.click(screen.getByRole('button', { name: 'Loading older messages' }));
  expect(loads).toBe(1);
  view.rerender(<LoadOlder hasOlder={false} onLoad={() => (loads += 1)} />);
  expect(screen.queryByRole('button')).toBeNull();
});

test('says how many messages are new', () => {
  render(<JumpToLatest count={3} />);
  expect(
    screen.getByRole('button', { name: 'Jump to latest, 3 new messages' }),
  ).toBeInTheDocument();
});

test('what loads at once shows nothing', () => {
  vi.useFakeTimers();
  render(<Loading />);
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  act(() => void vi.advanceTimersByTime(150));
  expect(screen.getByRole('status')).toHaveTextContent('Loading');
});
