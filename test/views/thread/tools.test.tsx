import { act, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { defineTool, type Tool } from 'assistants-react';
import type { ScriptedScenario } from 'assistants-react/backend';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createWorld, latch, said, say } from '../createTestHarness.js';

const fast = { interval: 5 };
const weather: ScriptedScenario = [
  {
    say: { call: 'get_weather', with: { city: 'Paris' } },
    after: ({ outputs }) => `It is ${outputs[0]?.output}.`,
  },
];
const parameters = z.object({ city: z.string() });

async function open(
  tools: Tool[],
  scenario: ScriptedScenario = weather,
  options: { strict?: boolean } = {},
) {
  const world = createWorld({ scenario });
  const page = world.open({ assistantId: await world.assistant(), tools }, options);
  return { ...world, ...page };
}

const submits = (world: { written: () => string[] }) =>
  world.written().filter((request) => request.endsWith('/submit_tool_outputs'));

it('runs a tool once and goes on by itself, though every effect runs twice', async () => {
  const execute = vi.fn<(input: { city: string }) => string>(({ city }) => `sunny in ${city}`);
  const world = await open(
    [defineTool({ name: 'get_weather', run: 'auto', parameters, execute })],
    weather,
    { strict: true },
  );
  await say(world.user, 'Weather?');
  expect(await screen.findByText('It is sunny in Paris.')).toBeVisible();
  expect(execute).toHaveBeenCalledTimes(1);
  expect(submits(world)).toHaveLength(1);
});

it('goes on with a tool while the page shows something else, and submits when it is back', async () => {
  const { opened, open: finish } = latch();
  const execute = vi.fn<() => Promise<string>>(async () => {
    await opened;
    return 'sunny';
  });
  const world = await open([defineTool({ name: 'get_weather', run: 'auto', execute })]);
  await say(world.user, 'Weather?');
  await waitFor(() => expect(execute).toHaveBeenCalled(), fast);
  const threadId = world.reported.at(-1);
  world.go(undefined);
  await act(async () => finish());
  world.go(threadId);
  expect(await screen.findByText('It is sunny.')).toBeVisible();
  expect(execute).toHaveBeenCalledTimes(1);
});

it('runs nothing before it is approved', async () => {
  const execute = vi.fn<() => string>(() => 'sunny');
  const world = await open([
    defineTool({ name: 'get_weather', run: 'confirm', parameters, execute }),
  ]);
  await say(world.user, 'Weather?');
  const form = await screen.findByRole('form', { name: 'get_weather wants to run' });
  expect(form).toHaveTextContent('Paris');
  await world.user.dblClick(within(form).getByRole('button', { name: 'Run' }));
  expect(await screen.findByText('It is sunny.')).toBeVisible();
  expect(execute).toHaveBeenCalledTimes(1);
  expect(submits(world)).toHaveLength(1);
});

it('holds a person to the output schema, whatever library it is of', async () => {
  const output = z
    .object({ degrees: z.number() })
    .refine(({ degrees }) => degrees > -274, { message: 'Colder than cold.', path: ['degrees'] });
  const world = await open([defineTool({ name: 'get_weather', run: 'human', output })]);
  await say(world.user, 'Weather?');
  const field = await screen.findByRole('textbox', { name: 'Result' });
  await world.user.type(field, '{{"degrees":-300}{Control>}{Enter}{/Control}');
  await waitFor(
    () => expect(field).toHaveAccessibleDescription(/degrees: Colder than cold\./),
    fast,
  );
  await world.user.clear(field);
  await world.user.type(field, '{{"degrees":20}{Control>}{Enter}{/Control}');
  expect(await screen.findByText('It is {"degrees":20}.')).toBeVisible();
});

it('shows a tool as it renders itself, in the flow and in the steps, from the first letter to the result', async () => {
  const { opened, open: goOn } = latch();
  const scenario: ScriptedScenario = [
    {
      say: [
        { event: { type: 'toolCall', name: 'get_weather' } },
        { event: { type: 'arguments', text: '{"city":"Par' } },
        { hold: opened },
        { event: { type: 'arguments', text: 'is"}' } },
        { event: { type: 'finish', reason: 'tool_calls' } },
      ],
      after: 'Done.',
    },
  ];
  const choose = defineTool({
    name: 'get_weather',
    run: 'human',
    parameters,
    render: function Choice({ call, input, partialInput, provide }) {
      const [isSure, setIsSure] = useState(false);
      if (call.state === 'needs-output') {
        return isSure ? (
          <button type="button" onClick={() => provide('sun')}>
            Sun in {input?.city}
          </button>
        ) : (
          <button type="button" onClick={() => setIsSure(true)}>
            Sure?
          </button>
        );
      }
      return (
        <p>
          Card {call.state} {JSON.stringify(partialInput)}
        </p>
      );
    },
  });
  const { user } = await open([choose], scenario);
  await say(user, 'Weather?');
  expect(await screen.findByText('Card streaming-args {"city":"Par"}')).toBeVisible();
  goOn();
  await user.click(await screen.findByRole('button', { name: 'Sure?' }));
  await user.click(screen.getByRole('button', { name: 'Sun in Paris' }));
  await screen.findByText('Done.');
  expect(screen.getAllByText('Card submitted {"city":"Paris"}')).toHaveLength(2);
});

it('falls back to its own card where a tool cannot render', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const broken = defineTool({
    name: 'get_weather',
    run: 'human',
    render: () => {
      throw new Error('no');
    },
  });
  const { user } = await open([broken]);
  await say(user, 'Weather?');
  expect(await screen.findByRole('textbox', { name: 'Result' })).toBeVisible();
});

it('says that a result came too late, and keeps it', async () => {
  const world = await open([defineTool({ name: 'get_weather', run: 'human' })]);
  await say(world.user, 'Weather?');
  const field = await screen.findByRole('textbox', { name: 'Result' });
  const threadId = world.reported[0] ?? '';
  const [run] = (await world.other.listRuns({ threadId })).data;
  const tool_call_id = run?.required_action?.submit_tool_outputs.tool_calls[0]?.id ?? '';
  await world.other.submitToolOutputsToRun({
    threadId,
    runId: run?.id ?? '',
    body: { tool_outputs: [{ tool_call_id, output: 'theirs' }] },
  });
  await world.user.type(field, 'mine{Control>}{Enter}{/Control}');
  expect(await screen.findByText(/given elsewhere/)).toBeVisible();
  expect(screen.getByText('mine')).toBeInTheDocument();
  expect(await screen.findByText('It is theirs.')).toBeVisible();
  expect(said()).toEqual(['user: Weather?', 'assistant: It is theirs.']);
});

it('keeps what was written over a new visit', async () => {
  const world = await open([defineTool({ name: 'get_weather', run: 'human' })]);
  await say(world.user, 'Weather?');
  await world.user.type(await screen.findByRole('textbox', { name: 'Result' }), 'Half');
  const threadId = world.reported.at(-1);
  world.go(undefined);
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Result' })).toBeNull(), fast);
  world.go(threadId);
  expect(await screen.findByRole('textbox', { name: 'Result' })).toHaveValue('Half');
});
