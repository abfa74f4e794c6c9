import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { defineTool } from 'assistants-react';
import type { ScriptedScenario } from 'assistants-react/backend';
import { composer, createWorld, latch, refusal, said, say } from '../createTestHarness.js';

const fast = { interval: 5 };

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

const form = (name: string) => screen.findByRole('form', { name: new RegExp(name) });

it('shows what would run, takes the result, and goes on to the answer', async () => {
  const world = createWorld({ scenario: oneCall });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Weather?');
  const weather = await form('get_weather');
  expect(weather).toHaveTextContent('city');
  expect(weather).toHaveTextContent('Paris');
  expect(screen.getByText('Waiting for get_weather')).toBeVisible();

  await user.type(within(weather).getByRole('textbox', { name: 'Result' }), 'sunny');
  await user.click(within(weather).getByRole('button', { name: 'Submit result' }));
  await screen.findByText('It is sunny.');

  expect(screen.queryByRole('form', { name: /get_weather/ })).toBeNull();
  expect(said()).toEqual(['user: Weather?', 'assistant: Let me see.', 'assistant: It is sunny.']);
  expect(world.written()).toEqual([
    'POST /threads/runs',
    'POST /threads/{thread}/runs/{run}/submit_tool_outputs',
  ]);
});

it('takes the results of two calls at once', async () => {
  const world = createWorld({ scenario: twoCalls });
  const bodies: unknown[] = [];
  world.guard(async (request) => {
    if (request.url.endsWith('/submit_tool_outputs')) bodies.push(await request.json());
    return undefined;
  });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Both?');
  const submit = await screen.findByRole('button', { name: 'Submit 2 results' });
  expect(submit).toBeDisabled();

  for (const [name, result] of [
    ['get_weather', 'rain'],
    ['get_time', 'noon'],
  ] as const) {
    const call = await form(name);
    await user.type(within(call).getByRole('textbox', { name: 'Result' }), result);
    await user.click(within(call).getByRole('button', { name: 'Use this result' }));
  }
  expect(screen.getByText('2 of 2 ready')).toBeVisible();
  expect(screen.getByText('Waiting for you')).toBeVisible();
  await user.click(submit);
  await screen.findByText('get_weather: rain, get_time: noon');

  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toMatchObject({ tool_outputs: [{ output: 'rain' }, { output: 'noon' }] });
  await waitFor(
    () =>
      expect(document.querySelector('[data-part="run-status"]')).toHaveAttribute(
        'data-status',
        'completed',
      ),
    fast,
  );
});

it('tells the assistant when a call is denied', async () => {
  const world = createWorld({ scenario: oneCall });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Weather?');
  const weather = await form('get_weather');

  await user.click(within(weather).getByRole('button', { name: 'Deny' }));
  await user.type(await screen.findByRole('textbox', { name: /Why not/ }), 'too private');
  await user.click(screen.getByRole('button', { name: 'Deny call' }));

  await waitFor(
    () =>
      expect(said()).toContain(
        'assistant: It is {"error":{"code":"denied","message":"too private"}}.',
      ),
    fast,
  );
});

it('keeps what was entered when the server refuses it, and submits again', async () => {
  const world = createWorld({ scenario: oneCall });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Weather?');
  const weather = await form('get_weather');
  world.guard(async (request) =>
    request.url.endsWith('/submit_tool_outputs') ? refusal(500, 'It broke.') : undefined,
  );
  await user.type(within(weather).getByRole('textbox', { name: 'Result' }), 'sunny');
  await user.click(within(weather).getByRole('button', { name: 'Submit result' }));
  await screen.findByText('It broke.');
  await user.click(screen.getByRole('button', { name: 'Change' }));
  expect(within(await form('get_weather')).getByRole('textbox', { name: 'Result' })).toHaveValue(
    'sunny',
  );

  world.guard(async () => undefined);
  await user.click(screen.getByRole('button', { name: 'Submit result' }));
  await screen.findByText('It is sunny.');
});

it('submits once for two clicks in a frame', async () => {
  const world = createWorld({ scenario: oneCall });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Weather?');
  const weather = await form('get_weather');

  await user.dblClick(within(weather).getByRole('button', { name: 'Submit result' }));
  await waitFor(() => expect(said()).toContain('assistant: It is .'), fast);
  await world.backend.idle();

  expect(
    world.written().filter((request) => request.endsWith('/submit_tool_outputs')),
  ).toHaveLength(1);
});

it('shows fresh forms when the run comes back for more', async () => {
  const world = createWorld({
    scenario: ({ round, outputs }) =>
      round < 2
        ? { call: 'get_weather', with: { day: round + 1 } }
        : `Then ${outputs.map(({ output }) => output).join()}.`,
  });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Weather?');

  const first = within(await form('get_weather')).getByRole('textbox', { name: 'Result' });
  await user.type(first, 'rain{Control>}{Enter}{/Control}');
  await waitFor(
    () => expect(screen.getByRole('textbox', { name: 'Result' })).toHaveValue(''),
    fast,
  );
  expect(screen.getByRole('textbox', { name: 'Result' })).not.toBe(first);
  await user.type(
    screen.getByRole('textbox', { name: 'Result' }),
    'sun{Control>}{Enter}{/Control}',
  );

  expect(await screen.findByText('Then sun.')).toBeVisible();
});

it('lets a waiting run be stopped, and takes the form away', async () => {
  const world = createWorld({ scenario: oneCall });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Weather?');
  await form('get_weather');

  await user.click(screen.getByRole('button', { name: 'Stop answer' }));
  await waitFor(() => expect(screen.queryByRole('form', { name: /get_weather/ })).toBeNull(), fast);

  expect(document.querySelector('[data-part="thread"]')).toHaveAttribute(
    'data-status',
    'cancelled',
  );
});

it('takes the form away when somebody else has answered', async () => {
  const world = createWorld({ scenario: oneCall });
  const { user, reported } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Weather?');
  const weather = await form('get_weather');
  const threadId = reported[0] ?? '';
  const [run] = (await world.other.listRuns({ threadId })).data;
  const callId = run?.required_action?.submit_tool_outputs.tool_calls[0]?.id ?? '';
  await world.other.submitToolOutputsToRun({
    threadId,
    runId: run?.id ?? '',
    body: { tool_outputs: [{ tool_call_id: callId, output: 'theirs' }] },
  });

  await user.type(within(weather).getByRole('textbox', { name: 'Result' }), 'mine');
  await user.click(within(weather).getByRole('button', { name: 'Submit result' }));

  expect(await screen.findByText('It is theirs.', {}, { timeout: 4_000 })).toBeVisible();
  expect(screen.queryByRole('form', { name: /get_weather/ })).toBeNull();
});

it('moves the focus from the empty composer to the form, and back once the result is in', async () => {
  const world = createWorld({ scenario: oneCall });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Weather?');
  const weather = await form('get_weather');
  expect(within(weather).getByRole('textbox', { name: 'Result' })).toHaveFocus();

  await user.keyboard('sunny{Control>}{Enter}{/Control}');
  await screen.findByText('It is sunny.');

  expect(composer()).toHaveFocus();
});

it('leaves the focus with a person who is writing already', async () => {
  const held = latch();
  const world = createWorld({
    scenario: [{ say: [{ hold: held.opened }, { call: 'get_weather' }] }],
  });
  const { user } = world.open({ assistantId: await world.assistant() });
  await say(user, 'Weather?');
  await user.type(composer(), 'And');

  held.open();
  await form('get_weather');

  expect(composer()).toHaveFocus();
});

it('gives the focus to a call that asks before it runs, to none of its buttons, and from call to call', async () => {
  const sendMail = defineTool({ name: 'send_mail', run: 'confirm', execute: () => 'sent' });
  const world = createWorld({
    scenario: [{ say: [{ call: 'send_mail' }, { call: 'get_weather' }], after: 'Both done.' }],
  });
  const { user } = world.open({ assistantId: await world.assistant(), tools: [sendMail] });
  await say(user, 'Both?');
  expect(await form('send_mail')).toHaveFocus();

  await user.click(screen.getByRole('button', { name: 'Run' }));
  const result = within(await form('get_weather')).getByRole('textbox', { name: 'Result' });
  await waitFor(() => expect(result).toHaveFocus(), fast);
  await user.keyboard('sunny{Control>}{Enter}{/Control}');

  await waitFor(
    () => expect(screen.getByRole('button', { name: 'Submit 2 results' })).toHaveFocus(),
    fast,
  );
  await user.keyboard('{Enter}');
  await screen.findByText('Both done.');
  expect(composer()).toHaveFocus();
});

it('lets a person try again what they approved and what has failed', async () => {
  let tries = 0;
  const upload = defineTool({
    name: 'upload',
    run: 'confirm',
    execute() {
      tries += 1;
      if (tries === 1) throw new Error('The disk is full.');
      return 'uploaded';
    },
  });
  const world = createWorld({
    scenario: [{ say: { call: 'upload' }, after: ({ outputs }) => `It is ${outputs[0]?.output}.` }],
  });
  const { user } = world.open({ assistantId: await world.assistant(), tools: [upload] });
  await say(user, 'Upload it');
  await user.click(await screen.findByRole('button', { name: 'Run' }));
  expect(await screen.findByText('The disk is full.')).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('It is uploaded.')).toBeVisible();
});
