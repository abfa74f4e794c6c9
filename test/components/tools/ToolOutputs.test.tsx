import { ComponentsProvider, ToolOutputs, type ToolCalls, type ToolCall } from 'assistants-react';
import { fireEvent, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { noon, toolCallsView, waitingCall } from '../../../stories/fixtures.js';

const base = { id: 'call_1', name: 'send_mail', argumentsText: '{"to":"ann@example.org"}' };

/** Renders calls. `actions` collects the actions of the user with their arguments. */
function renderCalls(calls: ToolCall[], overrides: Partial<ToolCalls> = {}, now = noon) {
  const actions: unknown[] = [];
  const record =
    <Result,>(name: string, result: Result) =>
    (...args: unknown[]): Result => {
      actions.push([name, ...args]);
      return result;
    };
  const recorded: Partial<ToolCalls> = {
    approve: record('approve', Promise.resolve()),
    deny: record('deny', undefined),
    provide: record('provide', Promise.resolve([])),
    answer: record('answer', Promise.resolve([])),
    retry: record('retry', Promise.resolve()),
    reopen: record('reopen', undefined),
    setDraft: record('setDraft', undefined),
    setDenialDraft: record('setDenialDraft', undefined),
    submit: record('submit', Promise.resolve(true)),
  };
  const { container } = render(
    <ToolOutputs
      toolCalls={toolCallsView(calls, { ...recorded, ...overrides })}
      expiresAt={noon + 600}
      now={now}
    />,
  );
  return {
    actions,
    /** Returns the recorded actions except for drafts, which change with every key. */
    getDecisions: () =>
      actions.filter((action) => !String((action as unknown[])[0]).startsWith('set')),
    container,
    user: userEvent.setup(),
  };
}

const clickButton = (name: string | RegExp) =>
  userEvent.click(screen.getByRole('button', { name }));

test('runs a call that needs approval when the user approves it', async () => {
  const { actions } = renderCalls([{ ...base, state: 'needs-approval', schema: undefined }]);
  expect(screen.getByRole('form', { name: 'Allow send_mail?' })).toHaveTextContent(
    'ann@example.org',
  );
  await clickButton('Allow');
  expect(actions).toEqual([['approve', 'call_1', undefined]]);
});

test('runs a call with the arguments that the user has edited', async () => {
  const { getDecisions, user } = renderCalls([
    { ...base, state: 'needs-approval', schema: undefined },
  ]);
  await clickButton('Edit');
  const field = screen.getByRole('textbox', { name: 'Arguments' });
  expect(field).toHaveFocus();
  expect(field).toHaveValue('{\n  "to": "ann@example.org"\n}');
  await user.clear(field);
  await user.type(field, '{{"to":"bob@example.org"');
  await clickButton('Allow');
  expect(field).toHaveAccessibleDescription(/not valid JSON/);
  expect(field).toHaveFocus();
  await user.type(field, '}{Control>}{Enter}{/Control}');
  expect(getDecisions()).toEqual([
    ['approve', 'call_1', { argumentsText: '{"to":"bob@example.org"}' }],
  ]);
});

test('runs a call with the original arguments when the user undoes the edits', async () => {
  const { getDecisions, user } = renderCalls([
    { ...base, state: 'needs-approval', schema: undefined },
  ]);
  await clickButton('Edit');
  await user.type(screen.getByRole('textbox', { name: 'Arguments' }), 'x');
  await clickButton('Undo changes');
  await clickButton('Allow');
  expect(getDecisions()).toEqual([['approve', 'call_1', undefined]]);
});

test('keeps unfinished changes of the arguments as a draft, until the user undoes them', async () => {
  const { actions, user } = renderCalls([{ ...base, state: 'needs-approval', schema: undefined }]);
  await clickButton('Edit');
  expect(actions).toEqual([['setDraft', 'call_1', undefined]]);
  const field = screen.getByRole('textbox', { name: 'Arguments' });
  await user.clear(field);
  await user.type(field, '[[');
  const draft = { mode: 'json', text: '[' };
  expect(actions.at(-1)).toEqual(['setDraft', 'call_1', draft]);
  await clickButton('Undo changes');
  expect(actions.at(-1)).toEqual(['setDraft', 'call_1', undefined]);
  await clickButton('Edit');
  expect(actions.at(-1)).toEqual(['setDraft', 'call_1', draft]);
});

test('continues to edit the arguments of a draft, without taking the focus', () => {
  const draft = { mode: 'json', text: '{"to":"b' };
  renderCalls([{ ...base, state: 'needs-approval', schema: undefined, draft }]);
  const field = screen.getByRole('textbox', { name: 'Arguments' });
  expect(field).toHaveValue('{"to":"b');
  expect(field).not.toHaveFocus();
});

test('denies a call at once', async () => {
  const { actions } = renderCalls([{ ...base, state: 'needs-approval', schema: undefined }]);
  await clickButton('Deny');
  expect(actions).toEqual([['deny', 'call_1', '']]);
});

test('denies a call with a reason', async () => {
  const { getDecisions, user } = renderCalls([
    { ...base, state: 'needs-approval', schema: undefined },
  ]);
  await clickButton('Add a reason');
  await user.keyboard('Not now.');
  await clickButton('Deny');
  await user.type(screen.getByRole('textbox', { name: /Reason/ }), '{Enter}');
  expect(getDecisions()).toEqual([
    ['deny', 'call_1', 'Not now.'],
    ['deny', 'call_1', 'Not now.'],
  ]);
});

test('closes the field for the reason with Escape, without denying the call', async () => {
  const { getDecisions, user } = renderCalls([
    { ...base, state: 'needs-approval', schema: undefined },
  ]);
  await clickButton('Add a reason');
  await user.keyboard('Not{Escape}');
  expect(screen.queryByRole('textbox', { name: /Reason/ })).toBeNull();
  expect(screen.getByRole('form')).toHaveFocus();
  await clickButton('Deny');
  expect(getDecisions()).toEqual([['deny', 'call_1', '']]);
});

describe('the keys of a call that needs approval', () => {
  /** Renders a call whose form has the focus for as long as `focusedMs`. */
  const renderFocused = (focusedMs = 600) => {
    const now = vi.spyOn(Date, 'now').mockReturnValue(1_000);
    onTestFinished(() => now.mockRestore());
    const rendered = renderCalls([{ ...base, state: 'needs-approval', schema: undefined }]);
    const form = screen.getByRole('form');
    form.focus();
    now.mockReturnValue(1_000 + focusedMs);
    return { ...rendered, form };
  };

  test('are Enter to allow it, and Escape to deny it', () => {
    const { actions, form } = renderFocused();
    fireEvent.keyDown(form, { key: 'Enter' });
    fireEvent.keyDown(form, { key: 'Escape' });
    expect(actions).toEqual([
      ['approve', 'call_1', undefined],
      ['deny', 'call_1', ''],
    ]);
  });

  test('include Escape on its buttons', () => {
    const { actions } = renderFocused();
    fireEvent.keyDown(screen.getByRole('button', { name: 'Allow' }), { key: 'Escape' });
    expect(actions).toEqual([['deny', 'call_1', '']]);
  });

  test('do nothing right after the form has received the focus', () => {
    const { actions, form } = renderFocused(100);
    fireEvent.keyDown(form, { key: 'Enter' });
    fireEvent.keyDown(form, { key: 'Escape' });
    expect(actions).toEqual([]);
  });

  test.each([
    ['held down', { repeat: true }],
    ['pressed with another key', { altKey: true }],
    ['part of a composition', { isComposing: true }],
  ])('do nothing if they are %s', (_, event) => {
    const { actions, form } = renderFocused();
    fireEvent.keyDown(form, { key: 'Enter', ...event });
    expect(actions).toEqual([]);
  });

  test('do nothing if the user is typing, as for a message', () => {
    const { actions, form } = renderFocused();
    for (const key of ['H', 'i', 'Enter']) fireEvent.keyDown(form, { key });
    expect(actions).toEqual([]);
  });

  test('do nothing in a field', async () => {
    const { getDecisions } = renderFocused();
    await clickButton('Edit');
    const field = screen.getByRole('textbox', { name: 'Arguments' });
    fireEvent.keyDown(field, { key: 'Enter' });
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(getDecisions()).toEqual([]);
  });
});

test('allows one call or all calls of a tool', async () => {
  const { actions } = renderCalls([
    { ...base, state: 'needs-approval', schema: undefined, canAlwaysAllow: true },
  ]);
  await clickButton('Allow once');
  await clickButton('Always allow');
  expect(actions).toEqual([
    ['approve', 'call_1', undefined],
    ['approve', 'call_1', undefined, { always: true }],
  ]);
});

test('allows all calls with the arguments that the user has edited, but not while they are malformed', async () => {
  const { getDecisions, user } = renderCalls([
    { ...base, state: 'needs-approval', schema: undefined, canAlwaysAllow: true },
  ]);
  await clickButton('Edit');
  const field = screen.getByRole('textbox', { name: 'Arguments' });
  await user.clear(field);
  await user.type(field, '{{');
  await clickButton('Always allow');
  expect(getDecisions()).toEqual([]);
  await user.type(field, '}');
  await clickButton('Always allow');
  expect(getDecisions()).toEqual([
    ['approve', 'call_1', { argumentsText: '{}' }, { always: true }],
  ]);
});

test('shows titles, description and icon of a tool in place of names', () => {
  render(
    <ToolOutputs
      toolCalls={toolCallsView([
        {
          ...base,
          state: 'needs-approval',
          schema: undefined,
          argumentsText: '{"to":"ann","text":"Hi"}',
        },
        { ...base, id: 'call_2', state: 'running', place: 'here' },
      ])}
      tools={[
        {
          name: 'send_mail',
          title: 'Send an email',
          description: 'Sends an email on your behalf.',
          icon: <svg data-testid="mail" />,
          inputSchema: { type: 'object', properties: { to: { title: 'Recipient' }, text: true } },
        },
      ]}
      now={noon}
    />,
  );
  const form = screen.getByRole('form', { name: 'Send an email?' });
  expect(form).toHaveAccessibleDescription('Sends an email on your behalf.');
  expect(within(form).getByTestId('mail')).toBeInTheDocument();
  expect(within(form).getByText('Recipient').closest('div')).toHaveTextContent('Recipientann');
  expect(within(form).getByText('text').closest('div')).toHaveTextContent('textHi');
  expect(screen.getByText('Send an email')).toBeVisible();
  expect(document.body).not.toHaveTextContent('send_mail');
});

test('does not show the title of a tool on a call of a server', () => {
  render(
    <ToolOutputs
      toolCalls={toolCallsView([
        { ...base, server: 'mail', state: 'needs-approval', schema: undefined },
      ])}
      tools={[{ name: 'send_mail', title: 'Send an email' }]}
      now={noon}
    />,
  );
  expect(screen.getByRole('form', { name: 'Allow mail: send_mail?' })).toBeVisible();
});

test.each(['needs-approval', 'needs-output'] as const)(
  'keeps the unfinished reason of a denial of a call that %s, until the user closes its field',
  async (state) => {
    const { actions, user } = renderCalls([
      { ...base, state, schema: undefined, draft: undefined },
    ]);
    await clickButton('Add a reason');
    await user.keyboard('No');
    expect(actions).toEqual([
      ['setDenialDraft', 'call_1', 'N'],
      ['setDenialDraft', 'call_1', 'No'],
    ]);
    await clickButton('Add a reason');
    expect(actions.at(-1)).toEqual(['setDenialDraft', 'call_1', undefined]);
    await clickButton('Add a reason');
    expect(actions.at(-1)).toEqual(['setDenialDraft', 'call_1', 'No']);
    expect(screen.getByRole('textbox', { name: /Reason/ })).toHaveValue('No');
  },
);

test('continues to deny a call, without taking the focus', () => {
  renderCalls([{ ...base, state: 'needs-approval', schema: undefined, denialDraft: 'Not n' }]);
  const field = screen.getByRole('textbox', { name: /Reason/ });
  expect(field).toHaveValue('Not n');
  expect(field).not.toHaveFocus();
});

test('asks for a decision about a call of a server, without a reason and without editing', async () => {
  const call = {
    ...base,
    server: 'mail_server',
    state: 'needs-approval',
    schema: undefined,
  } as const;
  const { actions } = renderCalls([call]);
  expect(screen.getByRole('form', { name: 'Allow mail_server: send_mail?' })).toBeVisible();
  expect(screen.getByText(/not run in this app, but on the server mail_server/)).toBeVisible();
  expect(screen.getByRole('region', { name: 'Waiting for you' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
  await clickButton('Deny');
  await clickButton('Allow');
  expect(actions).toEqual([
    ['deny', 'call_1', ''],
    ['approve', 'call_1', undefined],
  ]);
});

test('lets the user change a decision that is not submitted', async () => {
  const { actions } = renderCalls([{ ...base, server: '', state: 'approved' }]);
  expect(screen.getByText('allowed')).toBeVisible();
  await clickButton('Change');
  expect(actions).toEqual([['reopen', 'call_1']]);
});

test('counts decisions about calls of a server, and submits them as decisions', async () => {
  const call = { ...base, server: 'mail_server', state: 'approved' } as const;
  const { actions } = renderCalls([call, { ...call, id: 'call_2' }], { total: 2, ready: 2 });
  expect(screen.getByText('Waiting for you')).toBeVisible();
  await clickButton('Send 2 decisions');
  expect(actions).toEqual([['submit']]);
});

test('offers to stop a run that waits for an action of an unknown type', async () => {
  const calls = toolCallsView([], { unknownAction: { type: 'choose', action: {} } });
  const onStop = vi.fn<() => void>();
  const { rerender } = render(<ToolOutputs toolCalls={calls} onStop={onStop} />);
  await clickButton('Stop');
  expect(onStop).toHaveBeenCalledOnce();
  rerender(<ToolOutputs toolCalls={calls} />);
  expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
});

test('shows an action of an unknown type as the server has sent it', () => {
  renderCalls([], { unknownAction: { type: 'choose', action: { options: ['Oslo'] } } });
  expect(screen.getByRole('alert')).toHaveTextContent(/cannot be done here \(choose\)/);
  expect(screen.getByText('Oslo')).toBeInTheDocument();
});

test('opens the editor for invalid arguments and shows their problem', () => {
  renderCalls([
    {
      ...base,
      argumentsText: '{"to":',
      state: 'needs-approval',
      schema: undefined,
      problem: 'The arguments are not valid JSON.',
    },
  ]);
  expect(screen.getByText(/The arguments are not valid JSON/)).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Arguments' })).toHaveValue('{"to":');
});

test('shows that a call may have run before', () => {
  renderCalls([{ ...base, state: 'needs-approval', schema: undefined, isRestored: true }]);
  expect(screen.getByText(/may have run already/)).toBeVisible();
});

test('does not show it for a call that waits for its first approval', () => {
  const call = { ...base, schema: undefined, isRestored: true, mayHaveRun: false };
  renderCalls([{ ...call, state: 'needs-approval' }]);
  expect(screen.getByRole('button', { name: 'Allow' })).toBeVisible();
  expect(screen.queryByText(/may have run already/)).toBeNull();
});

test('shows a form for the question of a handler', async () => {
  const schema = { type: 'object', properties: { seats: { type: 'integer' } } };
  const { actions, user } = renderCalls([
    { ...base, state: 'needs-answer', question: 'How many seats?', schema },
  ]);
  const form = screen.getByRole('form', { name: 'send_mail has a question' });
  expect(form).toHaveTextContent('How many seats?');
  await user.type(within(form).getByRole('textbox', { name: 'Answer' }), '{{"seats":2}');
  await clickButton('Send answer');
  expect(actions).toEqual([['answer', 'call_1', { seats: 2 }]]);
});

test('shows arguments while they stream', () => {
  renderCalls([{ ...base, argumentsText: '{"to":"ann@exam', state: 'streaming-args' }]);
  expect(screen.getByText('ann@exam')).toBeVisible();
  expect(screen.getByRole('status')).toHaveTextContent('preparing');
});

test.each([
  ['here', 'running'],
  ['waiting', 'queued'],
  ['elsewhere', 'running in another tab'],
] as const)('shows for a call that runs %s that it is %s', (place, text) => {
  renderCalls([{ ...base, state: 'running', place }]);
  expect(screen.getByRole('status')).toHaveTextContent(text);
});

test('describes a failure, which can be retried or replaced', async () => {
  const output = '{"error":{"code":"timeout","message":"60 s"}}';
  const { actions } = renderCalls([
    { ...base, state: 'failed', output, error: { code: 'timeout', message: '60 s' } },
  ]);
  expect(screen.getByText(/took too long/)).toHaveTextContent('60 s');
  await clickButton('Try again');
  await clickButton('Change');
  expect(actions).toEqual([
    ['retry', 'call_1'],
    ['reopen', 'call_1'],
  ]);
});

test('shows the reason of a denial', () => {
  renderCalls([
    {
      ...base,
      state: 'denied',
      output: '{"error":{"code":"denied","message":"No."}}',
      reason: 'No.',
    },
  ]);
  expect(screen.getByText('Denied: No.')).toBeVisible();
});

test('shows a single result directly and reports its draft by call', async () => {
  const { actions, user } = renderCalls([waitingCall()]);
  await user.type(screen.getByRole('textbox', { name: 'Result' }), 'x');
  await clickButton('Submit result');
  expect(actions).toEqual([
    ['setDraft', 'call_1', { mode: 'text', text: 'x' }],
    ['provide', 'call_1', { text: 'x' }],
  ]);
});

test('enables the submit button once all calls have an output', async () => {
  const ready: ToolCall = { ...base, id: 'a', state: 'done', output: '1' };
  const { actions } = renderCalls([ready, { ...ready, id: 'b' }, waitingCall({ id: 'c' })]);
  expect(screen.getByText('2 of 3 ready')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Submit 3 results' })).toBeDisabled();
  await clickButton('Save');
  expect(actions).toEqual([['provide', 'c', { text: '' }]]);
});

test('submits or reopens complete outputs', async () => {
  const ready: ToolCall = { ...base, id: 'a', state: 'done', output: '{"ok":true}' };
  const { actions } = renderCalls([ready, { ...ready, id: 'b' }]);
  await clickButton('Submit 2 results');
  await userEvent.click(screen.getAllByRole('button', { name: 'Change' })[1] ?? document.body);
  expect(actions).toEqual([['submit'], ['reopen', 'b']]);
});

test('submits a single output again after an error', async () => {
  const { actions } = renderCalls([{ ...base, state: 'done', output: '1' }], {
    error: { message: 'It broke.' },
  });
  expect(screen.getByRole('alert')).toHaveTextContent('It broke.');
  await clickButton('Submit result');
  expect(actions).toEqual([['submit']]);
});

test('accepts no outputs once the run has expired', async () => {
  const { actions, user } = renderCalls(
    [waitingCall(), { ...base, id: 'b', state: 'needs-approval', schema: undefined }],
    {},
    noon + 600,
  );
  expect(screen.getByText(/has expired/)).toBeInTheDocument();
  await user.type(screen.getByRole('textbox', { name: 'Result' }), 'x{Control>}{Enter}{/Control}');
  expect(screen.getByRole('button', { name: 'Allow' })).toBeDisabled();
  expect(actions).toEqual([['setDraft', 'call_1', { mode: 'text', text: 'x' }]]);
});

test('shows outputs that were not submitted, with the reason', () => {
  const call: ToolCall = { ...base, state: 'done', output: 'My long text' };
  renderCalls([{ ...call, state: 'expired', output: 'My long text' }], {
    notice: { reason: 'answered', calls: [call] },
  });
  expect(screen.getByRole('alert')).toHaveTextContent(/given elsewhere/);
  expect(screen.getByRole('alert')).toHaveTextContent('My long text');
});

test('shows the reason of a denial that was not submitted', () => {
  const call: ToolCall = {
    ...base,
    state: 'needs-approval',
    schema: undefined,
    denialDraft: 'No!',
  };
  renderCalls([{ ...base, state: 'expired', output: undefined }], {
    notice: { reason: 'cancelled', calls: [call] },
  });
  expect(screen.getByRole('alert')).toHaveTextContent('No!');
});

test('renders nothing for submitted calls', () => {
  const { container } = renderCalls([{ ...base, state: 'submitted', output: '1' }]);
  expect(container).toBeEmptyDOMElement();
});

test('offers to try again after a failure, and otherwise to report it, without counting one call', async () => {
  const failed: ToolCall = {
    ...base,
    state: 'failed',
    output: '{"error":{"code":"failed","message":"The line is busy."}}',
    error: { code: 'failed', message: 'The line is busy.' },
  };
  const { actions, container } = renderCalls([failed]);
  expect(screen.getByRole('button', { name: 'Try again' })).toHaveAttribute(
    'data-variant',
    'primary',
  );
  expect(container).not.toHaveTextContent('1 of 1');
  const report = screen.getByRole('button', { name: 'Tell the assistant it failed' });
  expect(report).not.toHaveAttribute('data-variant', 'primary');
  await userEvent.click(report);
  expect(actions).toEqual([['submit']]);
});

test('tells calls of one function apart by their first arguments', () => {
  renderCalls([
    { ...base, id: 'a', argumentsText: '{"city":"Paris","days":3}', state: 'done', output: '1' },
    {
      ...base,
      id: 'b',
      argumentsText: '{"city":"Tokyo"}',
      state: 'needs-approval',
      schema: undefined,
    },
  ]);
  expect(document.querySelector('[data-state="done"]')).toHaveTextContent('send_mailParis, 3ready');
  expect(screen.getByRole('form')).toHaveAccessibleDescription('Tokyo');
});

test.each([
  ['{"to":"ann@example.org","to":"eve@example.org"}', '"to"', 24],
  ['{"to":"ann@example.org" "cc":1}', '"', 24],
  ['{"to":"ann@example.org"', '', 23],
])(
  'opens arguments that cannot be read as they are, at the faulty place: %s',
  async (argumentsText, part, start) => {
    const schema = { type: 'object', properties: { to: { type: 'string' } } };
    const { getDecisions, user } = renderCalls([
      { ...base, argumentsText, problem: 'It is broken.', state: 'needs-approval', schema },
    ]);
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Arguments' });
    expect(field).toHaveValue(argumentsText);
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe(part);
    expect(field.selectionStart).toBe(start);
    expect(screen.getByRole('button', { name: 'Allow' })).toBeDisabled();
    await user.type(field, '{Control>}{Enter}{/Control}');
    expect(getDecisions()).toEqual([]);

    await user.clear(field);
    await user.type(field, '{{"to":"bob@example.org"}');
    expect(screen.queryByText(/It is broken/)).toBeNull();
    await clickButton('Allow');
    expect(getDecisions()).toEqual([
      ['approve', 'call_1', { argumentsText: '{"to":"bob@example.org"}' }],
    ]);
  },
);

test('offers no form without fields', () => {
  render(
    <ComponentsProvider components={{ SchemaForm: () => <p>A form</p> }}>
      <ToolOutputs
        toolCalls={toolCallsView([
          {
            ...base,
            state: 'needs-approval',
            problem: 'Missing.',
            schema: { type: 'object', properties: {} },
          },
        ])}
        now={noon}
      />
    </ComponentsProvider>,
  );
  expect(screen.queryByText('A form')).toBeNull();
  expect(screen.getByRole('textbox', { name: 'Arguments' })).toBeVisible();
});
