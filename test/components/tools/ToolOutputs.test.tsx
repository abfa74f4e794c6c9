import { ToolOutputs, type ToolCalls, type ToolCall } from 'assistants-react';
import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { noon, toolCallsView, waitingCall } from '../../../stories/fixtures.js';

const base = { id: 'call_1', name: 'send_mail', argumentsText: '{"to":"ann@example.org"}' };

/** Shows calls, and keeps what was done about them. */
function open(calls: ToolCall[], over: Partial<ToolCalls> = {}, now = noon) {
  const done: unknown[] = [];
  const told =
    <Result,>(name: string, result: Result) =>
    (...given: unknown[]): Result => {
      done.push([name, ...given]);
      return result;
    };
  const actions: Partial<ToolCalls> = {
    approve: told('approve', Promise.resolve()),
    deny: told('deny', undefined),
    provide: told('provide', Promise.resolve([])),
    answer: told('answer', Promise.resolve([])),
    retry: told('retry', Promise.resolve()),
    reopen: told('reopen', undefined),
    setDraft: told('setDraft', undefined),
    submit: told('submit', Promise.resolve(true)),
  };
  const { container } = render(
    <ToolOutputs
      toolCalls={toolCallsView(calls, { ...actions, ...over })}
      expiresAt={noon + 600}
      now={now}
    />,
  );
  return { done, container, user: userEvent.setup() };
}

const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));

test('a call to confirm runs when it is approved', async () => {
  const { done } = open([{ ...base, state: 'needs-approval', schema: undefined }]);
  expect(screen.getByRole('form', { name: 'send_mail wants to run' })).toHaveTextContent(
    'ann@example.org',
  );
  await press('Run');
  expect(done).toEqual([['approve', 'call_1', undefined]]);
});

test('a call to confirm runs with the arguments as they were edited', async () => {
  const { done, user } = open([{ ...base, state: 'needs-approval', schema: undefined }]);
  await press('Edit');
  const field = screen.getByRole('textbox', { name: 'Arguments' });
  expect(field).toHaveValue('{\n  "to": "ann@example.org"\n}');
  await user.clear(field);
  await user.type(field, '{{"to":"bob@example.org"');
  await press('Run');
  expect(field).toHaveAccessibleDescription(/not valid JSON/);
  expect(field).toHaveFocus();
  await user.type(field, '}{Control>}{Enter}{/Control}');
  expect(done).toEqual([['approve', 'call_1', { argumentsText: '{"to":"bob@example.org"}' }]]);
});

test('edits that are undone do not run', async () => {
  const { done, user } = open([{ ...base, state: 'needs-approval', schema: undefined }]);
  await press('Edit');
  await user.type(screen.getByRole('textbox', { name: 'Arguments' }), 'x');
  await press('Undo changes');
  await press('Run');
  expect(done).toEqual([['approve', 'call_1', undefined]]);
});

test('a call is denied with a reason, and nothing before', async () => {
  const { done, user } = open([{ ...base, state: 'needs-approval', schema: undefined }]);
  await press('Deny');
  expect(done).toEqual([]);
  await user.keyboard('Not now.');
  await press('Deny call');
  expect(done).toEqual([['deny', 'call_1', 'Not now.']]);
});

test('arguments that do not fit are open to be changed, with what is wrong', () => {
  open([
    {
      ...base,
      argumentsText: '{"to":',
      state: 'needs-approval',
      schema: undefined,
      problem: 'The arguments are no JSON.',
    },
  ]);
  expect(screen.getByText(/The arguments are no JSON/)).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Arguments' })).toHaveValue('{"to":');
});

test('a call that may have run already says so', () => {
  open([{ ...base, state: 'needs-approval', schema: undefined, isRestored: true }]);
  expect(screen.getByText(/may have run already/)).toBeVisible();
});

test('the question of a handler is answered in its own form', async () => {
  const schema = { type: 'object', properties: { seats: { type: 'integer' } } };
  const { done, user } = open([
    { ...base, state: 'needs-answer', question: 'How many seats?', schema },
  ]);
  const form = screen.getByRole('form', { name: 'send_mail asks you something' });
  expect(form).toHaveTextContent('How many seats?');
  await user.type(within(form).getByRole('textbox', { name: 'Answer' }), '{{"seats":2}');
  await press('Send answer');
  expect(done).toEqual([['answer', 'call_1', { seats: 2 }]]);
});

test('arguments are shown while they stream', () => {
  open([{ ...base, argumentsText: '{"to":"ann@exam', state: 'streaming-args' }]);
  expect(screen.getByText('ann@exam')).toBeVisible();
  expect(screen.getByRole('status')).toHaveTextContent('preparing');
});

test.each([
  ['here', 'running'],
  ['waiting', 'waits for its turn'],
  ['elsewhere', 'running in another tab'],
] as const)('a call that runs %s says %s', (place, words) => {
  open([{ ...base, state: 'running', place }]);
  expect(screen.getByRole('status')).toHaveTextContent(words);
});

test('a failure is told in words, and can be tried again or replaced', async () => {
  const output = '{"error":{"code":"timeout","message":"60 s"}}';
  const { done } = open([
    { ...base, state: 'failed', output, error: { code: 'timeout', message: '60 s' } },
  ]);
  expect(screen.getByText(/took too long/)).toHaveTextContent('60 s');
  await press('Try again');
  await press('Change');
  expect(done).toEqual([
    ['retry', 'call_1'],
    ['reopen', 'call_1'],
  ]);
});

test('a denial shows its reason', () => {
  open([
    {
      ...base,
      state: 'denied',
      output: '{"error":{"code":"denied","message":"No."}}',
      reason: 'No.',
    },
  ]);
  expect(screen.getByText('Denied: No.')).toBeVisible();
});

test('a single result is given without more ado, its draft is told by call', async () => {
  const { done, user } = open([waitingCall()]);
  await user.type(screen.getByRole('textbox', { name: 'Result' }), 'x');
  await press('Submit result');
  expect(done).toEqual([
    ['setDraft', 'call_1', { mode: 'text', text: 'x' }],
    ['provide', 'call_1', { text: 'x' }],
  ]);
});

test('results of several calls are submitted together, once all are ready', async () => {
  const ready: ToolCall = { ...base, id: 'a', state: 'done', output: '1' };
  const { done } = open([ready, { ...ready, id: 'b' }, waitingCall({ id: 'c' })]);
  expect(screen.getByText('2 of 3 ready')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Submit 3 results' })).toBeDisabled();
  await press('Use this result');
  expect(done).toEqual([['provide', 'c', { text: '' }]]);
});

test('complete results can be looked over, changed, and submitted', async () => {
  const ready: ToolCall = { ...base, id: 'a', state: 'done', output: '{"ok":true}' };
  const { done } = open([ready, { ...ready, id: 'b' }]);
  await press('Submit 2 results');
  await userEvent.click(screen.getAllByRole('button', { name: 'Change' })[1] ?? document.body);
  expect(done).toEqual([['submit'], ['reopen', 'b']]);
});

test('a single result that did not arrive can be submitted again', async () => {
  const { done } = open([{ ...base, state: 'done', output: '1' }], {
    error: { message: 'It broke.' },
  });
  expect(screen.getByRole('alert')).toHaveTextContent('It broke.');
  await press('Submit result');
  expect(done).toEqual([['submit']]);
});

test('nothing is taken for a run that has expired', async () => {
  const { done, user } = open(
    [waitingCall(), { ...base, id: 'b', state: 'needs-approval', schema: undefined }],
    {},
    noon + 600,
  );
  expect(screen.getByText(/can no longer be submitted/)).toBeInTheDocument();
  await user.type(screen.getByRole('textbox', { name: 'Result' }), 'x{Control>}{Enter}{/Control}');
  expect(screen.getByRole('button', { name: 'Run' })).toBeDisabled();
  expect(done).toEqual([['setDraft', 'call_1', { mode: 'text', text: 'x' }]]);
});

test('results that were not sent are there, with why', () => {
  const call: ToolCall = { ...base, state: 'done', output: 'My long text' };
  open([{ ...call, state: 'expired', output: 'My long text' }], {
    notice: { reason: 'answered', calls: [call] },
  });
  expect(screen.getByRole('alert')).toHaveTextContent(/given elsewhere/);
  expect(screen.getByRole('alert')).toHaveTextContent('My long text');
});

test('calls that are over are not shown', () => {
  const { container } = open([{ ...base, state: 'submitted', output: '1' }]);
  expect(container).toBeEmptyDOMElement();
});
