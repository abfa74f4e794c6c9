import { render, screen } from '@testing-library/react';
import { RunSteps, type RunStep } from 'assistants-react';
import { expect, it } from 'vitest';
import { step } from '../../../stories/fixtures.js';

const callDetails: Record<string, RunStep['step_details']> = {
  'a message': { type: 'message_creation', message_creation: { message_id: 'msg_1' } },
  'a function call': {
    type: 'tool_calls',
    tool_calls: [
      { id: 'call_1', type: 'function', function: { name: 'add', arguments: '{}', output: null } },
    ],
  },
  'a file search': {
    type: 'tool_calls',
    tool_calls: [{ id: 'call_1', type: 'file_search', file_search: { results: [] } }],
  },
};

it.each(Object.entries(callDetails))('shows the notice of a step with %s', (_name, details) => {
  const notice = 'The model was not offered the tool code_interpreter.';
  render(<RunSteps steps={[step(details, { metadata: { notice } })]} open />);
  expect(screen.getByText(notice)).toBeInTheDocument();
});

it.each([undefined, null, '', 7, {}])('shows no notice for %j', (notice) => {
  const metadata = { notice } as unknown as Record<string, string>;
  const steps = Object.values(callDetails).map((details, index) =>
    step(details, { id: `step_${index}`, metadata }),
  );
  const { container } = render(<RunSteps steps={steps} open />);
  expect(container.querySelectorAll('[data-part="step"]')).toHaveLength(3);
  expect(container.querySelector('[data-part="step-notice"], [data-unreadable]')).toBeNull();
});

it.each([
  ['{"error":{"code":"denied","message":"Not today."}}', 'denied', 'denied'],
  ['{"error":{"code":"timeout","message":"No answer."}}', 'failed', 'failed'],
  ['{"high":22}', 'completed', 'done'],
])('shows the outcome of a call with the output %s', (output, status, label) => {
  const call = {
    id: 'call_1',
    type: 'function',
    function: { name: 'add', arguments: '{}', output },
  } as const;
  const { container } = render(
    <RunSteps steps={[step({ type: 'tool_calls', tool_calls: [call] })]} open />,
  );
  expect(container.querySelector('[data-part="step"]')).toHaveAttribute('data-status', status);
  expect(container.querySelector('[data-part="step-status"]')).toHaveTextContent(label);
});

it('names the server and the function of a call that a server has run', () => {
  const call = { id: 'call_1', type: 'mcp', server_label: 'wiki', name: 'read_wiki' };
  const details = { type: 'tool_calls', tool_calls: [call] } as unknown as RunStep['step_details'];
  const { container } = render(<RunSteps steps={[step(details)]} open />);
  expect(container.querySelector('[data-part="step-name"]')).toHaveTextContent(
    'Called wiki: read_wiki',
  );
});
