import { ToolOutputForm, ToolOutputs } from 'assistants-react';
import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { noon, run, toolCall, waitingRun } from '../../../stories/fixtures.js';
import { noop } from '../noop.js';

const field = (): HTMLElement => screen.getByRole('textbox', { name: 'Result' });

test('submits text as it was written', async () => {
  const outputs: string[] = [];
  render(<ToolOutputForm call={toolCall()} onSubmit={(output) => outputs.push(output)} />);
  await userEvent.type(field(), ' 20 degrees ');
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(outputs).toEqual([' 20 degrees ']);
});

test('malformed JSON is not submitted; the error is tied to the field, which gets the focus', async () => {
  const outputs: string[] = [];
  render(<ToolOutputForm call={toolCall()} initialMode="json" initialOutput="{" onSubmit={(output) => outputs.push(output)} />);
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(outputs).toEqual([]);
  expect(field()).toBeInvalid();
  expect(field()).toHaveAccessibleDescription(/not valid JSON/);
  expect(field()).toHaveFocus();
  await userEvent.type(field(), '}');
  expect(field()).toBeValid();
});

test('switching to JSON keeps the text', async () => {
  render(<ToolOutputForm call={toolCall()} initialOutput="1" onSubmit={noop} />);
  await userEvent.click(screen.getByRole('radio', { name: 'JSON' }));
  expect(field()).toHaveValue('1');
});

test('Control with Enter submits, Enter alone breaks the line', async () => {
  const outputs: string[] = [];
  render(<ToolOutputForm call={toolCall()} onSubmit={(output) => outputs.push(output)} />);
  await userEvent.type(field(), 'a{Enter}b{Control>}{Enter}{/Control}');
  expect(outputs).toEqual(['a\nb']);
});

test('a submit that is under way is not repeated', async () => {
  const outputs: string[] = [];
  render(<ToolOutputForm call={toolCall()} isSubmitting onSubmit={(output) => outputs.push(output)} />);
  await userEvent.type(field(), 'a{Control>}{Enter}{/Control}');
  await userEvent.click(screen.getByRole('button', { name: 'Submitting' }));
  expect(outputs).toEqual([]);
});

test('a call is denied with a reason', async () => {
  const reasons: string[] = [];
  render(<ToolOutputForm call={toolCall()} onSubmit={noop} onDeny={(reason) => reasons.push(reason)} />);
  await userEvent.click(screen.getByRole('button', { name: 'Deny' }));
  expect(screen.getByRole('textbox', { name: /Why not/ })).toHaveFocus();
  await userEvent.keyboard('too costly');
  await userEvent.click(screen.getByRole('button', { name: 'Deny call' }));
  expect(reasons).toEqual(['too costly']);
});

test.each([
  ['{"a":', /not valid JSON/],
  ['', 'No arguments.'],
  ['{}', 'No arguments.'],
  ['[1,2]', /1,/],
])('arguments %j are shown without a throw', (text, words) => {
  render(<ToolOutputForm call={toolCall({ arguments: text })} onSubmit={noop} />);
  expect(screen.getByText(words)).toBeInTheDocument();
});

test('numbers are shown digit by digit and odd keys as keys', () => {
  render(<ToolOutputForm call={toolCall({ arguments: '{"__proto__":{"x":1},"amount":1234567.891234}' })} onSubmit={noop} />);
  expect(screen.getByText('1234567.891234')).toBeInTheDocument();
  expect(screen.getByText('__proto__')).toBeInTheDocument();
});

test('one call is submitted at once', async () => {
  const submits: unknown[] = [];
  render(<ToolOutputs run={waitingRun([toolCall()])} now={noon} onSubmit={(outputs) => submits.push(outputs)} />);
  await userEvent.type(field(), 'sunny');
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(submits).toEqual([[{ tool_call_id: 'call_1', output: 'sunny' }]]);
});

test('several calls are submitted together, in their order, once all are ready', async () => {
  const submits: unknown[] = [];
  const calls = [toolCall({ id: 'a', name: 'first' }), toolCall({ id: 'b', name: 'second' }), toolCall({ id: 'c', name: 'third' })];
  render(<ToolOutputs run={waitingRun(calls)} now={noon} drafts={{ b: 'draft' }} onSubmit={(outputs) => submits.push(outputs)} />);
  const form = (name: string) => within(screen.getByRole('form', { name: new RegExp(name) }));
  expect(screen.getByRole('button', { name: 'Submit 3 results' })).toBeDisabled();
  await userEvent.click(form('second').getByRole('button', { name: 'Use this result' }));
  await userEvent.click(form('third').getByRole('button', { name: 'Deny' }));
  await userEvent.click(form('third').getByRole('button', { name: 'Deny call' }));
  expect(screen.getByText('2 of 3 ready')).toBeInTheDocument();
  await userEvent.type(form('first').getByRole('textbox'), 'one');
  await userEvent.click(form('first').getByRole('button', { name: 'Use this result' }));
  await userEvent.click(screen.getByRole('button', { name: 'Submit 3 results' }));
  expect(submits).toEqual([
    [
      { tool_call_id: 'a', output: 'one' },
      { tool_call_id: 'b', output: 'draft' },
      { tool_call_id: 'c', output: '{"denied":true,"reason":""}' },
    ],
  ]);
});

test('a result that was set aside can be changed', async () => {
  render(<ToolOutputs run={waitingRun([toolCall({ id: 'a' }), toolCall({ id: 'b' })])} now={noon} drafts={{ a: 'one' }} onSubmit={noop} />);
  await userEvent.click(screen.getAllByRole('button', { name: 'Use this result' })[0] ?? document.body);
  await userEvent.click(screen.getByRole('button', { name: 'Change' }));
  expect(screen.getAllByRole('textbox', { name: 'Result' })[0]).toHaveValue('one');
});

test('drafts are told by call', async () => {
  const drafts: unknown[] = [];
  render(<ToolOutputs run={waitingRun([toolCall()])} now={noon} onSubmit={noop} onDraftChange={(...draft) => drafts.push(draft)} />);
  await userEvent.type(field(), 'x');
  expect(drafts).toEqual([['call_1', 'x']]);
});

test('nothing is submitted to a run that has expired', async () => {
  const submits: unknown[] = [];
  render(<ToolOutputs run={waitingRun([toolCall()])} now={noon + 600} onSubmit={(outputs) => submits.push(outputs)} />);
  expect(screen.getByText(/can no longer be submitted/)).toBeInTheDocument();
  await userEvent.type(field(), 'late{Control>}{Enter}{/Control}');
  expect(submits).toEqual([]);
});

test('a run that waits for nothing shows nothing', () => {
  const { container } = render(<ToolOutputs run={run()} onSubmit={noop} />);
  expect(container).toBeEmptyDOMElement();
});
