import { screen, waitFor } from '@testing-library/react';
import { defineTool } from 'assistants-react';
import type { ScriptedScenario } from 'assistants-react/backend';
import { expect, it } from 'vitest';
import { createTestHarness, sendMessage } from '../createTestHarness.js';

const scenario: ScriptedScenario = [
  {
    when: 'weather',
    say: [
      'Let me look.',
      { call: 'get_weather', with: { city: 'Paris' } },
      { call: 'get_weather', with: { city: 'Tokyo' } },
    ],
    after: 'Both are mild.',
  },
  { say: ({ text }) => `You said: ${text}` },
];

const getWeather = defineTool({ name: 'get_weather', execute: () => ({ sky: 'clear' }) });

/** Returns the messages and lines of calls, in the order of the page. */
const getLines = () =>
  [...document.querySelectorAll('[data-part="message-text"], [data-part="step-line"]')].map(
    (element) =>
      element.matches('[data-part="step-line"]')
        ? [...element.querySelectorAll('[data-part^="step-name"], [data-part="step-detail"]')]
            .map((part) => part.textContent)
            .join(' ')
        : element.textContent,
  );

const WEATHER_LINES = [
  'What is the weather?',
  'Let me look.',
  'Called get_weather Paris',
  'Called get_weather Tokyo',
  'Both are mild.',
];

it('keeps calls between the messages of their run, through later turns and a reload', async () => {
  const harness = createTestHarness({ scenario });
  const assistantId = await harness.createAssistant();
  const page = harness.openThread({ assistantId, tools: [getWeather] }, { strict: true });
  await sendMessage(page.user, 'What is the weather?');
  await screen.findByText('Both are mild.');
  await waitFor(() => expect(getLines()).toEqual(WEATHER_LINES));

  harness.requests.splice(0);
  await sendMessage(page.user, 'Thanks');
  await screen.findByText('You said: Thanks');
  const all = [...WEATHER_LINES, 'Thanks', 'You said: Thanks'];
  await waitFor(() => expect(getLines()).toEqual(all));
  expect(harness.requests.filter((request) => request.endsWith('/steps'))).toEqual([]);

  const threadId = page.reportedIds.at(-1) ?? '';
  page.unmount();
  harness.queryClient.clear();
  harness.requests.splice(0);
  harness.openThread({ assistantId, threadId, tools: [getWeather] });
  await waitFor(() => expect(getLines()).toEqual(all));
  // One request for each of the two runs.
  expect(harness.requests.filter((request) => request.endsWith('/steps'))).toHaveLength(2);
  const [paris] = document.querySelectorAll('[data-part="step"]');
  expect(paris).toHaveTextContent('clear');
});

it('renders earlier calls with their tool', async () => {
  const harness = createTestHarness({ scenario });
  const assistantId = await harness.createAssistant();
  const tool = defineTool({
    name: 'get_weather',
    execute: () => ({ sky: 'clear' }),
    render: ({ call }) => <b>{`${call.name} is ${call.state}`}</b>,
  });
  const page = harness.openThread({ assistantId, tools: [tool] });
  await sendMessage(page.user, 'What is the weather?');
  await screen.findByText('Both are mild.');
  const threadId = page.reportedIds.at(-1) ?? '';
  page.unmount();
  harness.queryClient.clear();
  harness.openThread({ assistantId, threadId, tools: [tool] });
  expect(await screen.findAllByText('get_weather is submitted')).toHaveLength(2);
});

it('requests no steps in a thread whose runs have no tools', async () => {
  const harness = createTestHarness({ scenario });
  const { id: assistantId } = await harness.otherClient.createAssistant({
    body: { model: 'scripted' },
  });
  const page = harness.openThread({ assistantId });
  await sendMessage(page.user, 'Hello');
  await screen.findByText('You said: Hello');
  const threadId = page.reportedIds.at(-1) ?? '';
  page.unmount();
  harness.queryClient.clear();
  harness.openThread({ assistantId, threadId });
  await screen.findByText('You said: Hello');
  await waitFor(() => expect(harness.queryClient.isFetching()).toBe(0));
  expect(harness.requests.filter((request) => request.endsWith('/steps'))).toEqual([]);
});
