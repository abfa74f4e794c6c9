import { act, render, screen } from '@testing-library/react';
import { FileList, RunSteps, ToolOutputs, type ToolCall } from 'assistants-react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { noon, step, toolCallsView } from '../../stories/fixtures.js';

beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const throwError = () => {
  throw new Error('Cannot render.');
};

const createCallStep = (id: string) =>
  step({
    type: 'tool_calls',
    tool_calls: [
      { id, type: 'function', function: { name: 'get_weather', arguments: '{}', output: null } },
    ],
  });

it('replaces a step that cannot be rendered by an item of the list', () => {
  const broken = step(JSON.parse('{"type":"tool_calls"}'), { id: 'step_2' });
  const { container } = render(<RunSteps steps={[broken, createCallStep('call_1')]} open />);
  expect(container.querySelectorAll('ol > li')).toHaveLength(2);
  expect(container.querySelectorAll('ol > :not(li)')).toHaveLength(0);
  expect(container.querySelectorAll('li[data-unreadable]')).toHaveLength(1);
});

it('replaces only the details of a call whose renderer throws', () => {
  const { container } = render(
    <RunSteps steps={[createCallStep('call_1')]} renderCall={throwError} open />,
  );
  expect(container.querySelector('[data-part="step-name"]')).toHaveTextContent(/weather/);
  expect(container.querySelectorAll('[data-part="step"] [data-unreadable]')).toHaveLength(1);
});

it('replaces a file that cannot be rendered, and keeps the others', () => {
  const files = [JSON.parse('{"id":"file-1","filename":{}}'), { id: 'file-2', filename: 'b.txt' }];
  const { container } = render(<FileList files={files} />);
  expect(screen.getByText('b.txt')).toBeInTheDocument();
  expect(container.querySelectorAll('li > [data-unreadable]')).toHaveLength(1);
});

it('keeps the focus on the button of a placeholder while the time to expiry runs', () => {
  vi.useFakeTimers({ now: noon * 1_000 });
  const Broken = throwError;
  const call: ToolCall = {
    id: 'call_1',
    name: 'send_mail',
    argumentsText: '{}',
    state: 'needs-approval',
    schema: undefined,
  };
  render(
    <ToolOutputs
      toolCalls={toolCallsView([call])}
      expiresAt={noon + 600}
      renderCall={() => <Broken />}
    />,
  );
  const button = screen.getByRole('button', { name: 'Try again' });
  button.focus();
  const timer = document.querySelector('[data-part="run-status-expiry"]');
  const before = timer?.textContent;
  act(() => {
    vi.advanceTimersByTime(2_000);
  });
  expect(timer?.textContent).not.toBe(before);
  expect(button).toHaveFocus();
});
