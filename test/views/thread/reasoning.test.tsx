import { screen, waitFor, within } from '@testing-library/react';
import type { ThreadViewProps } from 'assistants-react';
import type { BackendOptions, ScriptedScenario } from 'assistants-react/backend';
import { expect, it } from 'vitest';
import { createDeferred } from '../../createDeferred.js';
import {
  createTestHarness,
  findErrorNotice,
  sendMessage,
  type TestHarnessOptions,
} from '../createTestHarness.js';

const THOUGHT = 'The user greets me. I *greet* back.';

async function open(
  scenario: ScriptedScenario,
  {
    props = {},
    ...options
  }: Omit<TestHarnessOptions, 'scenario'> & { props?: Partial<ThreadViewProps> } = {},
) {
  const harness = createTestHarness({ scenario, ...options });
  const assistantId = await harness.createAssistant();
  const page = harness.openThread({ assistantId, ...props });
  return { ...harness, ...page, assistantId };
}

const listReasoning = () => [
  ...document.querySelectorAll<HTMLDetailsElement>('[data-part="reasoning"]'),
];
const findSummary = async (name: string) =>
  (await screen.findByText(name)).closest('summary') ?? document.createElement('summary');

/** A manual clock of the backend, and a model that thinks for twelve seconds. */
function createThinking() {
  let now = 1_700_000_000_000;
  const thought = createDeferred();
  const answered = createDeferred();
  const scenario: ScriptedScenario = [
    {
      say: [
        { think: THOUGHT },
        { hold: thought.promise },
        'Hello',
        { hold: answered.promise },
        '!',
      ],
    },
  ];
  const backend: Partial<BackendOptions> = { now: () => now };
  return {
    scenario,
    backend,
    answered,
    finish: () => {
      now += 12_000;
      thought.resolve();
    },
  };
}

it('shows that the model thinks, then for how long, above the answer', async () => {
  const { scenario, backend, answered, finish } = createThinking();
  const { user } = await open(scenario, { backend });
  await sendMessage(user, 'Hi');
  await findSummary('Reasoning');
  expect(listReasoning().map(({ open: isOpen }) => isOpen)).toEqual([false]);
  expect(screen.queryByText(/greets me/)).toBeNull();
  finish();
  const summary = await findSummary('Thought for 12 sec');
  expect(screen.queryByText('Reasoning')).toBeNull();
  answered.resolve();
  const answer = await screen.findByText('Hello!');
  expect(listReasoning()).toHaveLength(1);
  expect(answer.compareDocumentPosition(summary)).toBe(Node.DOCUMENT_POSITION_PRECEDING);
  expect(summary.closest('article')).toBe(answer.closest('article'));
});

it('stays unfolded when the answer begins', async () => {
  const { scenario, backend, answered, finish } = createThinking();
  const { user } = await open(scenario, { backend });
  await sendMessage(user, 'Hi');
  await user.click(await findSummary('Reasoning'));
  expect(await screen.findByText(/The user greets me/)).toBeVisible();
  finish();
  await findSummary('Thought for 12 sec');
  expect(screen.getByText('greet').tagName).toBe('EM');
  answered.resolve();
  await screen.findByText('Hello!');
  expect(listReasoning().map(({ open: isOpen }) => isOpen)).toEqual([true]);
});

it('requests the text of an earlier run once, when it is unfolded', async () => {
  const { scenario, backend, answered, finish } = createThinking();
  const first = await open(scenario, { backend });
  await sendMessage(first.user, 'Hi');
  await findSummary('Reasoning');
  finish();
  answered.resolve();
  await screen.findByText('Hello!');
  const threadId = first.reportedIds.at(-1);
  first.unmount();

  first.queryClient.clear();
  first.openThread({ assistantId: first.assistantId, threadId });
  first.requests.length = 0;
  const summary = await findSummary('Thought for 12 sec');
  expect(first.requests.filter((request) => request.includes('/steps/'))).toEqual([]);
  await first.user.click(summary);
  expect(await screen.findByText(/The user greets me/)).toBeVisible();
  await first.user.click(summary);
  await first.user.click(summary);
  expect(first.requests.filter((request) => request.includes('/steps/'))).toHaveLength(1);
});

it('reports that the text cannot be loaded, and loads it again', async () => {
  const { scenario, backend, answered, finish } = createThinking();
  const page = await open(scenario, { backend });
  await sendMessage(page.user, 'Hi');
  await findSummary('Reasoning');
  finish();
  answered.resolve();
  await screen.findByText('Hello!');
  const threadId = page.reportedIds.at(-1);
  page.unmount();
  page.queryClient.clear();
  page.intercept(async (request) =>
    request.url.includes('/steps/')
      ? Response.json({ error: { message: 'No run step found.' } }, { status: 404 })
      : undefined,
  );
  page.openThread({ assistantId: page.assistantId, threadId });
  await page.user.click(await findSummary('Thought for 12 sec'));
  const notice = await findErrorNotice();
  page.intercept();
  await page.user.click(within(notice).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/The user greets me/)).toBeVisible();
});

it('shows the reasoning before function calls, and in the steps', async () => {
  const scenario: ScriptedScenario = [
    {
      say: [{ think: 'I need the weather.' }, { call: 'get_weather', with: { city: 'Paris' } }],
      after: [{ think: 'Sunny it is.' }, 'It is sunny.'],
    },
  ];
  const { user } = await open(scenario);
  await sendMessage(user, 'Weather?');
  await waitFor(() => expect(listReasoning().length).toBeGreaterThan(0));
  const labels = listReasoning().map(({ textContent }) => textContent);
  expect(new Set(labels)).toEqual(new Set(['Thought for 1 sec']));
});

it('shows nothing if the app turns it off', async () => {
  const { scenario, backend, answered, finish } = createThinking();
  const { user } = await open(scenario, { backend, props: { showReasoning: false } });
  finish();
  answered.resolve();
  await sendMessage(user, 'Hi');
  await screen.findByText('Hello!');
  expect(listReasoning()).toEqual([]);
  expect(document.querySelector('[data-part="reasoning-placeholder"]')).toBeNull();
});

it('shows nothing without reasoning', async () => {
  const { user } = await open([{ say: 'Hello!' }]);
  await sendMessage(user, 'Hi');
  await screen.findByText('Hello!');
  expect(listReasoning()).toEqual([]);
});
