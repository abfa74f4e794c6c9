import { Announcer, RunStatus, RunSteps, type RunStatusProps } from 'assistants-react';
import { act, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { noon, run, step, toolCall, waitingRun } from '../../../stories/fixtures.js';
import { noop } from '../noop.js';

type Run = RunStatusProps['run'];

afterEach(() => void vi.useRealTimers());

test.each([
  ['queued', 'Queued'],
  ['in_progress', 'Thinking'],
  ['cancelling', 'Stopping'],
  ['cancelled', 'Stopped'],
  ['failed', 'Failed'],
  ['completed', 'Done'],
  ['incomplete', 'Incomplete'],
  ['expired', 'Timed out'],
] as const)('the status %s has the label %j', (status, words) => {
  render(<RunStatus run={run({ status })} now={noon} />);
  expect(screen.getByText(words)).toBeInTheDocument();
});

test('treats an unknown status as active', () => {
  const unknown = JSON.parse(JSON.stringify({ ...run(), status: 'constructor' })) as Run;
  render(<RunStatus run={unknown} now={noon} onCancel={noop} />);
  expect(screen.getByText('Working')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Stop' })).toBeInTheDocument();
});

test('names the functions that the run waits for, and when it expires', () => {
  render(
    <RunStatus
      run={waitingRun([toolCall(), toolCall({ id: 'b', name: 'book' })])}
      now={noon + 540}
    />,
  );
  expect(screen.getByText('Waiting for get_weather and book')).toBeInTheDocument();
  expect(screen.getByText(/1:00 left/)).toHaveAttribute('data-urgent');
});

test('updates the elapsed time every second', () => {
  vi.useFakeTimers({ now: (noon + 3) * 1000 });
  render(<RunStatus run={run()} />);
  expect(screen.getByRole('timer')).toHaveTextContent('3 sec');
  act(() => void vi.advanceTimersByTime(2_000));
  expect(screen.getByRole('timer')).toHaveTextContent('5 sec');
});

test('does not start a timer for a settled run', () => {
  vi.useFakeTimers({ now: noon * 1000 });
  render(<RunStatus run={run({ status: 'completed', completed_at: noon + 9 })} />);
  expect(vi.getTimerCount()).toBe(0);
});

test('offers to stop the run until it is being cancelled', async () => {
  const onCancel = vi.fn<() => void>();
  const view = render(<RunStatus run={run()} now={noon} onCancel={onCancel} />);
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
  expect(onCancel).toHaveBeenCalledOnce();
  view.rerender(<RunStatus run={run({ status: 'cancelling' })} now={noon} onCancel={noop} />);
  expect(screen.queryByRole('button')).toBeNull();
});

test('explains why a run failed, and offers a retry', async () => {
  const onRetry = vi.fn<() => void>();
  const failed = run({
    status: 'failed',
    failed_at: noon + 4,
    last_error: { code: 'rate_limit_exceeded', message: 'Quota <b>gone</b>' },
  });
  render(<RunStatus run={failed} onRetry={onRetry} />);
  expect(screen.getByText('Rate limit reached.')).toBeInTheDocument();
  expect(screen.getByText('Quota <b>gone</b>')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(onRetry).toHaveBeenCalledOnce();
});

test('shows the token usage of a completed run', () => {
  render(
    <RunStatus
      run={run({
        status: 'completed',
        completed_at: noon + 2,
        usage: { prompt_tokens: 1000, completion_tokens: 234, total_tokens: 1234 },
      })}
    />,
  );
  expect(screen.getByText(/1[,.\s]?234 tokens/)).toHaveAttribute(
    'title',
    expect.stringContaining('234 written'),
  );
});

test('shows the arguments of a call as a table, then the output', () => {
  const steps = [
    step({
      type: 'tool_calls',
      tool_calls: [
        {
          id: 'c',
          type: 'function',
          function: {
            name: 'get_weather',
            arguments: '{"city":"Rome","hot":true,"note":""}',
            output: '{"t":30}',
          },
        },
      ],
    }),
  ];
  render(<RunSteps steps={steps} open />);
  expect(screen.getByText('1 step')).toBeInTheDocument();
  expect(screen.getByText('Called get_weather')).toBeInTheDocument();
  const terms = screen.getAllByRole('term', { hidden: true }).map((term) => term.textContent);
  expect(terms).toEqual(['city', 'hot', 'note', 't']);
  expect(screen.getByText('Result').parentElement).toHaveTextContent('t30');
});

test('shows malformed arguments as text', () => {
  const steps = [
    step({
      type: 'tool_calls',
      tool_calls: [
        { id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":', output: null } },
      ],
    }),
  ];
  render(<RunSteps steps={steps} open />);
  expect(screen.getByText('{"a":')).toBeInTheDocument();
  expect(screen.getByText(/not valid JSON/)).toBeInTheDocument();
});

test('shows code, logs, images, search results and unknown calls', () => {
  const calls = JSON.parse(`[
    {"id":"1","type":"code_interpreter","code_interpreter":{"input":"print(1)","outputs":[{"type":"logs","logs":"1"},{"type":"image","image":{"file_id":"file-1"}},{"type":"x"}]}},
    {"id":"2","type":"file_search","file_search":{"results":[{"file_id":"file-2","file_name":"a.pdf","score":0.75,"content":[{"type":"text","text":"words"}]}]}},
    {"id":"3","type":"retrieval","retrieval":{}},
    {"id":"4","type":"browser"}
  ]`) as never[];
  render(
    <RunSteps
      steps={[step({ type: 'tool_calls', tool_calls: calls })]}
      open
      resolveFile={() => ({ name: 'plot.png', url: 'blob:y' })}
    />,
  );
  const list = within(screen.getByRole('list', { name: 'Steps' }));
  expect(list.getByText('print(1)')).toBeInTheDocument();
  expect(list.getByAltText('plot.png')).toBeInTheDocument();
  expect(list.getByText('words')).toBeInTheDocument();
  expect(list.getByText(/75\s?% match/)).toBeInTheDocument();
  expect(list.getByText('browser')).toBeInTheDocument();
});

test('announces an answer once when it starts and once when it is complete', () => {
  const view = render(<Announcer isAnswering={false} answer="old" />);
  const region = screen.getByRole('status');
  expect(region).toHaveTextContent('');
  view.rerender(<Announcer isAnswering answer="He" />);
  expect(region).toHaveTextContent('The assistant is answering.');
  view.rerender(<Announcer isAnswering answer="Hello" />);
  expect(region).toHaveTextContent('The assistant is answering.');
  view.rerender(<Announcer isAnswering={false} answer="Hello you" />);
  expect(region).toHaveTextContent('The assistant says: Hello you');
});

test('announces errors at once', () => {
  render(<Announcer isAnswering={false} error="It failed" />);
  expect(screen.getByRole('alert')).toHaveTextContent('It failed');
});
