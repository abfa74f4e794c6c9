import { act, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { defineTool, type Tool } from 'assistants-react';
import type { ScriptedScenario } from 'assistants-react/backend';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createDeferred } from '../../createDeferred.js';
import {
  createTestHarness,
  getMessages,
  sendMessage,
  type TestHarness,
} from '../createTestHarness.js';

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
  const harness = createTestHarness({ scenario });
  const page = harness.openThread({ assistantId: await harness.createAssistant(), tools }, options);
  return { ...harness, ...page };
}

const takeSubmits = (harness: Pick<TestHarness, 'takeWrites'>) =>
  harness.takeWrites().filter((request) => request.endsWith('/submit_tool_outputs'));

it('runs a tool once and submits its output in StrictMode', async () => {
  const execute = vi.fn<(input: { city: string }) => string>(({ city }) => `sunny in ${city}`);
  const harness = await open(
    [defineTool({ name: 'get_weather', inputSchema: parameters, execute })],
    weather,
    { strict: true },
  );
  await sendMessage(harness.user, 'Weather?');
  expect(await screen.findByText('It is sunny in Paris.')).toBeVisible();
  expect(execute).toHaveBeenCalledTimes(1);
  expect(takeSubmits(harness)).toHaveLength(1);
});

it('runs a tool while another thread is shown, and submits its output on return', async () => {
  const result = createDeferred();
  const execute = vi.fn<() => Promise<string>>(async () => {
    await result.promise;
    return 'sunny';
  });
  const harness = await open([defineTool({ name: 'get_weather', execute })]);
  await sendMessage(harness.user, 'Weather?');
  await waitFor(() => expect(execute).toHaveBeenCalled());
  const threadId = harness.reportedIds.at(-1);
  harness.showThread(undefined);
  await act(async () => result.resolve());
  harness.showThread(threadId);
  expect(await screen.findByText('It is sunny.')).toBeVisible();
  expect(execute).toHaveBeenCalledTimes(1);
});

it('does not run a tool before the user approves it', async () => {
  const execute = vi.fn<() => string>(() => 'sunny');
  const harness = await open([
    defineTool({ name: 'get_weather', needsApproval: true, inputSchema: parameters, execute }),
  ]);
  await sendMessage(harness.user, 'Weather?');
  const form = await screen.findByRole('form', { name: 'Allow get_weather?' });
  expect(form).toHaveTextContent('Paris');
  await harness.user.dblClick(within(form).getByRole('button', { name: 'Allow once' }));
  expect(await screen.findByText('It is sunny.')).toBeVisible();
  expect(execute).toHaveBeenCalledTimes(1);
  expect(takeSubmits(harness)).toHaveLength(1);
});

it('asks before each call again when the user no longer always allows a tool', async () => {
  const weather = defineTool({
    name: 'get_weather',
    title: 'Look up the weather',
    needsApproval: true,
    inputSchema: { type: 'object', properties: { city: { type: 'string', title: 'Place' } } },
    execute: () => 'sunny',
  });
  const harness = await open([weather]);
  const { user } = harness;
  await sendMessage(user, 'Weather?');
  await user.click(await screen.findByRole('button', { name: 'Always allow' }));
  await screen.findByText('It is sunny.');
  await sendMessage(user, 'Weather?');
  await waitFor(() => expect(screen.getAllByText('It is sunny.')).toHaveLength(2));
  const rows = await screen.findAllByRole('list', { name: 'Steps' });
  expect(rows).toHaveLength(2);
  for (const row of rows) {
    expect(row).toHaveTextContent('Look up the weather');
    expect(row).toHaveTextContent('PlaceParis');
  }
  const [row = document.body] = rows;
  await user.click(within(row).getByRole('button', { name: 'Ask again', hidden: true }));
  await sendMessage(user, 'Weather?');
  expect(await screen.findByRole('form', { name: 'Look up the weather?' })).toBeVisible();
  expect(screen.queryByText('Always allowed.')).toBeNull();
});

it('validates the result of the user with a schema of any library', async () => {
  const output = z
    .object({ degrees: z.number() })
    .refine(({ degrees }) => degrees > -274, { message: 'Colder than cold.', path: ['degrees'] });
  const harness = await open([defineTool({ name: 'get_weather', outputSchema: output })]);
  await sendMessage(harness.user, 'Weather?');
  const field = await screen.findByRole('textbox', { name: 'Result' });
  await harness.user.type(field, '{{"degrees":-300}{Control>}{Enter}{/Control}');
  await waitFor(() => expect(field).toHaveAccessibleDescription(/degrees: Colder than cold\./));
  await harness.user.clear(field);
  await harness.user.type(field, '{{"degrees":20}{Control>}{Enter}{/Control}');
  expect(await screen.findByText('It is {"degrees":20}.')).toBeVisible();
});

it('renders a call with the `render` of its tool, from the first characters of its arguments to the result', async () => {
  const rest = createDeferred();
  const scenario: ScriptedScenario = [
    {
      say: [
        { event: { type: 'toolCall', name: 'get_weather' } },
        { event: { type: 'arguments', text: '{"city":"Par' } },
        { hold: rest.promise },
        { event: { type: 'arguments', text: 'is"}' } },
        { event: { type: 'finish', reason: 'tool_calls' } },
      ],
      after: 'Done.',
    },
  ];
  const choose = defineTool({
    name: 'get_weather',
    inputSchema: parameters,
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
  await sendMessage(user, 'Weather?');
  expect(await screen.findByText('Card streaming-args {"city":"Par"}')).toBeVisible();
  rest.resolve();
  await user.click(await screen.findByRole('button', { name: 'Sure?' }));
  await user.click(screen.getByRole('button', { name: 'Sun in Paris' }));
  await screen.findByText('Done.');
  expect(screen.getAllByText('Card submitted {"city":"Paris"}')).toHaveLength(2);
});

it('shows the default card if `render` of a tool throws', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const broken = defineTool({
    name: 'get_weather',
    render: () => {
      throw new Error('no');
    },
  });
  const { user } = await open([broken]);
  await sendMessage(user, 'Weather?');
  expect(await screen.findByRole('textbox', { name: 'Result' })).toBeVisible();
});

it('shows that a result came too late, and keeps it', async () => {
  const harness = await open([defineTool({ name: 'get_weather' })]);
  await sendMessage(harness.user, 'Weather?');
  const field = await screen.findByRole('textbox', { name: 'Result' });
  const threadId = harness.reportedIds[0] ?? '';
  const [run] = (await harness.otherClient.listRuns({ threadId })).data;
  const tool_call_id = run?.required_action?.submit_tool_outputs.tool_calls[0]?.id ?? '';
  await harness.otherClient.submitToolOutputsToRun({
    threadId,
    runId: run?.id ?? '',
    body: { tool_outputs: [{ tool_call_id, output: 'theirs' }] },
  });
  await harness.user.type(field, 'mine{Control>}{Enter}{/Control}');
  expect(await screen.findByText(/given elsewhere/)).toBeVisible();
  expect(screen.getByText('mine')).toBeInTheDocument();
  expect(await screen.findByText('It is theirs.')).toBeVisible();
  expect(getMessages()).toEqual(['user: Weather?', 'assistant: It is theirs.']);
});

it('keeps the draft of a result when the user leaves the thread and returns', async () => {
  const harness = await open([defineTool({ name: 'get_weather' })]);
  await sendMessage(harness.user, 'Weather?');
  await harness.user.type(await screen.findByRole('textbox', { name: 'Result' }), 'Half');
  const threadId = harness.reportedIds.at(-1);
  harness.showThread(undefined);
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Result' })).toBeNull());
  harness.showThread(threadId);
  expect(await screen.findByRole('textbox', { name: 'Result' })).toHaveValue('Half');
});

it('keeps edited arguments of an approval when the page is reloaded', async () => {
  const execute = vi.fn<(input: { city: string }) => string>(({ city }) => `sunny in ${city}`);
  const tools = [
    defineTool({ name: 'get_weather', needsApproval: true, inputSchema: parameters, execute }),
  ];
  const harness = await open(tools);
  await sendMessage(harness.user, 'Weather?');
  await harness.user.click(await screen.findByRole('button', { name: 'Edit' }));
  const field = screen.getByRole('textbox', { name: 'Arguments' });
  await harness.user.clear(field);
  await harness.user.type(field, '{{"city":"Oslo"}');
  const [threadId] = harness.reportedIds;
  harness.unmount();
  harness.queryClient.clear();

  const page = harness.openThread({ assistantId: 'asst_any', threadId, tools });
  expect(await screen.findByRole('textbox', { name: 'Arguments' })).toHaveValue('{"city":"Oslo"}');
  await page.user.click(screen.getByRole('button', { name: 'Allow once' }));

  await waitFor(() => expect(getMessages().at(-1)).toContain('sunny in Oslo'));
  expect(execute).toHaveBeenCalledExactlyOnceWith({ city: 'Oslo' }, expect.anything());
});
