import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { defineTool } from 'assistants-react';
import type { ScriptedScenario } from 'assistants-react/backend';
import { createDeferred } from '../../createDeferred.js';
import {
  getComposer,
  createTestHarness,
  createErrorResponse,
  getMessages,
  sendMessage,
} from '../createTestHarness.js';

const oneCall: ScriptedScenario = [
  {
    say: ['Let me see.', { call: 'get_weather', with: { city: 'Paris' } }],
    after: ({ outputs }) => `It is ${outputs[0]?.output}.`,
  },
];
const twoCalls: ScriptedScenario = [
  {
    say: [
      { call: 'get_weather', with: { city: 'Paris' } },
      { call: 'get_time', with: { city: 'Tokyo' } },
    ],
    after: ({ outputs }) => outputs.map(({ name, output }) => `${name}: ${output}`).join(', '),
  },
];

const findForm = (name: string) => screen.findByRole('form', { name: new RegExp(name) });

it('shows the call, submits the result, and shows the answer', async () => {
  const harness = createTestHarness({ scenario: oneCall });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'Weather?');
  const weather = await findForm('get_weather');
  expect(weather).toHaveTextContent('Paris');
  expect(screen.getByText('Waiting for get_weather')).toBeVisible();

  await user.type(within(weather).getByRole('textbox', { name: 'Result' }), 'sunny');
  await user.click(within(weather).getByRole('button', { name: 'Submit result' }));
  await screen.findByText('It is sunny.');

  expect(screen.queryByRole('form', { name: /get_weather/ })).toBeNull();
  expect(getMessages()).toEqual([
    'user: Weather?',
    'assistant: Let me see.',
    'assistant: It is sunny.',
  ]);
  expect(harness.takeWrites()).toEqual([
    'POST /threads/runs',
    'POST /threads/{thread}/runs/{run}/submit_tool_outputs',
  ]);
});

it('submits the results of two calls together', async () => {
  const harness = createTestHarness({ scenario: twoCalls });
  const bodies: unknown[] = [];
  harness.intercept(async (request) => {
    if (request.url.endsWith('/submit_tool_outputs')) bodies.push(await request.json());
    return undefined;
  });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'Both?');
  const submit = await screen.findByRole('button', { name: 'Submit 2 results' });
  expect(submit).toBeDisabled();

  for (const [name, result] of [
    ['get_weather', 'rain'],
    ['get_time', 'noon'],
  ] as const) {
    const call = await findForm(name);
    await user.type(within(call).getByRole('textbox', { name: 'Result' }), result);
    await user.click(within(call).getByRole('button', { name: 'Save' }));
  }
  expect(screen.getByText('2 of 2 ready')).toBeVisible();
  expect(screen.getByRole('region', { name: 'Waiting for you' })).toBeVisible();
  await user.click(submit);
  await screen.findByText('get_weather: rain, get_time: noon');

  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toMatchObject({ tool_outputs: [{ output: 'rain' }, { output: 'noon' }] });
  await waitFor(() =>
    expect(document.querySelector('[data-part="run-status"]')).toHaveAttribute(
      'data-status',
      'completed',
    ),
  );
});

it('sends the reason to the assistant when a call is denied', async () => {
  const harness = createTestHarness({ scenario: oneCall });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'Weather?');
  const weather = await findForm('get_weather');

  await user.click(within(weather).getByRole('button', { name: 'Add a reason' }));
  await user.type(await screen.findByRole('textbox', { name: /Reason/ }), 'too private');
  await user.click(screen.getByRole('button', { name: 'Deny' }));

  await waitFor(() =>
    expect(getMessages()).toContain(
      'assistant: It is {"error":{"code":"denied","message":"too private"}}.',
    ),
  );
});

it('keeps the result when the server rejects it, and submits it again', async () => {
  const harness = createTestHarness({ scenario: oneCall });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'Weather?');
  const weather = await findForm('get_weather');
  harness.intercept(async (request) =>
    request.url.endsWith('/submit_tool_outputs')
      ? createErrorResponse(500, 'It broke.')
      : undefined,
  );
  await user.type(within(weather).getByRole('textbox', { name: 'Result' }), 'sunny');
  await user.click(within(weather).getByRole('button', { name: 'Submit result' }));
  await screen.findByText('It broke.');
  await user.click(screen.getByRole('button', { name: 'Change' }));
  expect(
    within(await findForm('get_weather')).getByRole('textbox', { name: 'Result' }),
  ).toHaveValue('sunny');

  harness.intercept();
  await user.click(screen.getByRole('button', { name: 'Submit result' }));
  await screen.findByText('It is sunny.');
});

it('submits once for two clicks in one frame', async () => {
  const harness = createTestHarness({ scenario: oneCall });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'Weather?');
  const weather = await findForm('get_weather');

  await user.dblClick(within(weather).getByRole('button', { name: 'Submit result' }));
  await waitFor(() => expect(getMessages()).toContain('assistant: It is .'));
  await harness.backend.idle();

  expect(
    harness.takeWrites().filter((request) => request.endsWith('/submit_tool_outputs')),
  ).toHaveLength(1);
});

it('shows an empty form for another call of the same run', async () => {
  const harness = createTestHarness({
    scenario: ({ round, outputs }) =>
      round < 2
        ? { call: 'get_weather', with: { day: round + 1 } }
        : `Then ${outputs.map(({ output }) => output).join()}.`,
  });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'Weather?');

  const first = within(await findForm('get_weather')).getByRole('textbox', { name: 'Result' });
  await user.type(first, 'rain{Control>}{Enter}{/Control}');
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Result' })).toHaveValue(''));
  expect(screen.getByRole('textbox', { name: 'Result' })).not.toBe(first);
  await user.type(
    screen.getByRole('textbox', { name: 'Result' }),
    'sun{Control>}{Enter}{/Control}',
  );

  expect(await screen.findByText('Then sun.')).toBeVisible();
});

it('stops a waiting run and removes the form', async () => {
  const harness = createTestHarness({ scenario: oneCall });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'Weather?');
  await findForm('get_weather');

  await user.click(screen.getByRole('button', { name: 'Stop answer' }));
  await waitFor(() => expect(screen.queryByRole('form', { name: /get_weather/ })).toBeNull());

  expect(document.querySelector('[data-part="thread"]')).toHaveAttribute(
    'data-status',
    'cancelled',
  );
});

it('removes the form when another client has submitted a result', async () => {
  const harness = createTestHarness({ scenario: oneCall });
  const { user, reportedIds } = harness.openThread({
    assistantId: await harness.createAssistant(),
  });
  await sendMessage(user, 'Weather?');
  const weather = await findForm('get_weather');
  const threadId = reportedIds[0] ?? '';
  const [run] = (await harness.otherClient.listRuns({ threadId })).data;
  const callId = run?.required_action?.submit_tool_outputs.tool_calls[0]?.id ?? '';
  await harness.otherClient.submitToolOutputsToRun({
    threadId,
    runId: run?.id ?? '',
    body: { tool_outputs: [{ tool_call_id: callId, output: 'theirs' }] },
  });

  await user.type(within(weather).getByRole('textbox', { name: 'Result' }), 'mine');
  await user.click(within(weather).getByRole('button', { name: 'Submit result' }));

  expect(await screen.findByText('It is theirs.')).toBeVisible();
  expect(screen.queryByRole('form', { name: /get_weather/ })).toBeNull();
});

it('moves the focus from the empty composer to the form, and back after the result was submitted', async () => {
  const harness = createTestHarness({ scenario: oneCall });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'Weather?');
  const weather = await findForm('get_weather');
  expect(within(weather).getByRole('textbox', { name: 'Result' })).toHaveFocus();

  await user.keyboard('sunny{Control>}{Enter}{/Control}');
  await screen.findByText('It is sunny.');

  expect(getComposer()).toHaveFocus();
});

it('does not move the focus while the user is typing', async () => {
  const answer = createDeferred();
  const harness = createTestHarness({
    scenario: [{ say: [{ hold: answer.promise }, { call: 'get_weather' }] }],
  });
  const { user } = harness.openThread({ assistantId: await harness.createAssistant() });
  await sendMessage(user, 'Weather?');
  await user.type(getComposer(), 'And');

  answer.resolve();
  await findForm('get_weather');

  expect(getComposer()).toHaveFocus();
});

it('moves the focus to a call that needs approval, not to its buttons, and from call to call', async () => {
  const sendMail = defineTool({ name: 'send_mail', needsApproval: true, execute: () => 'sent' });
  const harness = createTestHarness({
    scenario: [{ say: [{ call: 'send_mail' }, { call: 'get_weather' }], after: 'Both done.' }],
  });
  const { user } = harness.openThread({
    assistantId: await harness.createAssistant(),
    tools: [sendMail],
  });
  await sendMessage(user, 'Both?');
  expect(await findForm('send_mail')).toHaveFocus();

  await user.click(screen.getByRole('button', { name: 'Allow once' }));
  const result = within(await findForm('get_weather')).getByRole('textbox', { name: 'Result' });
  await waitFor(() => expect(result).toHaveFocus());
  await user.keyboard('sunny{Control>}{Enter}{/Control}');

  await waitFor(() =>
    expect(screen.getByRole('button', { name: 'Submit 2 results' })).toHaveFocus(),
  );
  await user.keyboard('{Enter}');
  await screen.findByText('Both done.');
  expect(getComposer()).toHaveFocus();
});

it('lets the user retry an approved call that failed', async () => {
  let callCount = 0;
  const upload = defineTool({
    name: 'upload',
    needsApproval: true,
    execute() {
      callCount += 1;
      if (callCount === 1) throw new Error('The disk is full.');
      return 'uploaded';
    },
  });
  const harness = createTestHarness({
    scenario: [{ say: { call: 'upload' }, after: ({ outputs }) => `It is ${outputs[0]?.output}.` }],
  });
  const { user } = harness.openThread({
    assistantId: await harness.createAssistant(),
    tools: [upload],
  });
  await sendMessage(user, 'Upload it');
  await user.click(await screen.findByRole('button', { name: 'Allow once' }));
  expect(await screen.findByText('The disk is full.')).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('It is uploaded.')).toBeVisible();
});
