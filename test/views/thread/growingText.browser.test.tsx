import { render } from '@testing-library/react';
import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import 'assistants-react/styles.css';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import {
  createTranslator,
  type TranslatorOptions,
} from '../../components/markdown/createTranslator.js';

const SENTENCE = 'The river begins as a wet place between stones and grows. ';
const CODE = '```ts\nconst river = await grow();\n```\n\n';

let errors: unknown[] = [];

beforeEach(() => {
  errors = [];
  vi.spyOn(console, 'error').mockImplementation((...args) => errors.push(args));
});

afterEach(() => vi.restoreAllMocks());

function createGate() {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

type Model = ReturnType<typeof scriptedModel>;

async function renderThread(model: Model, functionName?: string): Promise<void> {
  const client = createAssistantsClient({ fetch: createBackend({ model }).fetch });
  const tools =
    functionName === undefined
      ? []
      : [{ type: 'function' as const, function: { name: functionName } }];
  const { id } = await client.createAssistant({ body: { model: 'scripted', tools } });
  render(
    <AssistantsProvider client={client}>
      <ThreadView assistantId={id} />
    </AssistantsProvider>,
  );
}

async function sendMessage(text: string): Promise<void> {
  await userEvent.fill(page.getByRole('textbox', { name: 'Message' }), text);
  await userEvent.keyboard('{Enter}');
}

const getStatus = () => document.querySelector('[data-part="thread"]')?.getAttribute('data-status');

it('keeps the selection in an answer that grows and is completed', async () => {
  const gates = [createGate(), createGate()] as const;
  await renderThread(
    scriptedModel([
      {
        say: [
          SENTENCE,
          { hold: gates[0].promise },
          SENTENCE.repeat(20),
          `\n\n${CODE}`,
          { hold: gates[1].promise },
          SENTENCE,
        ],
      },
    ]),
  );
  await sendMessage('Continue');
  const paragraph = () => document.querySelector('[data-part="markdown"] p');
  await expect.poll(() => paragraph()?.textContent).toBe(SENTENCE.trim());
  const text = document.createTreeWalker(paragraph() ?? document, NodeFilter.SHOW_TEXT).nextNode();
  if (text === null) throw new Error('The paragraph has no text.');
  getSelection()?.setBaseAndExtent(text, 4, text, 16);
  const getSelected = () => getSelection()?.toString();
  expect(getSelected()).toBe('river begins');
  gates[0].open();
  await expect.poll(() => document.querySelectorAll('[data-part="markdown"] pre').length).toBe(1);
  expect(getSelected()).toBe('river begins');
  gates[1].open();
  await expect.poll(getStatus).toBe('completed');
  expect(getSelected()).toBe('river begins');
  expect(errors).toEqual([]);
});

it.each<[string, TranslatorOptions]>([
  ['searches the page', {}],
  ['observes mutations', { isIncremental: true }],
  ['ignores translate="no"', { ignoresAttribute: true }],
])('survives a browser translation that %s', async (_, options) => {
  await renderThread(
    scriptedModel([
      { when: /weather/, say: { call: 'get_weather', with: { city: 'Paris' } } },
      {
        say: [`# River\n\n${SENTENCE.repeat(9)}\n\n${CODE}- ${SENTENCE}\n- **${SENTENCE.trim()}**`],
      },
    ]),
    'get_weather',
  );
  const translator = createTranslator(document.body, options);
  const timer = setInterval(translator.translate, 5);
  try {
    await sendMessage('Continue');
    await expect.poll(getStatus).toBe('completed');
    await sendMessage('What is the weather?');
    await expect.poll(getStatus).toBe('requires_action');
    await expect.poll(() => document.querySelectorAll('form textarea').length).toBeGreaterThan(1);
    translator.translate();
  } finally {
    clearInterval(timer);
    translator.stop();
  }
  const answer = document.querySelector('[data-part="markdown"]')?.textContent.toUpperCase();
  expect(answer).toContain(SENTENCE.repeat(9).trim().toUpperCase());
  expect(answer).toContain('CONST RIVER = AWAIT GROW();');
  expect(answer).toContain(SENTENCE.trim().toUpperCase().repeat(2));
  expect(document.querySelector('[data-part="markdown"] p')?.textContent).toContain('RIVER BEGINS');
  expect(errors).toEqual([]);
});

it('copies only the text of selected messages', async () => {
  await renderThread(
    scriptedModel([
      { when: /weather/, say: [{ call: 'get_weather', with: { city: 'Paris' } }] },
      {
        say: [
          `${SENTENCE}\n\n${CODE}[link](https://example.org/)`,
          { cite: { id: 'file_1', filename: 'a.txt' } },
        ],
      },
    ]),
    'get_weather',
  );
  await sendMessage('First question');
  await expect.poll(getStatus).toBe('completed');
  await sendMessage('Second question');
  await expect.poll(() => document.querySelectorAll('[data-part="markdown"]').length).toBe(2);
  await expect.poll(getStatus).toBe('completed');
  getSelection()?.selectAllChildren(document.querySelector('[role="log"]') ?? document.body);
  const answer = [SENTENCE.trim(), 'const river = await grow();', 'link'];
  expect(getSelection()?.toString().split(/\n+/).filter(Boolean)).toEqual([
    'First question',
    ...answer,
    'Second question',
    ...answer,
  ]);
});
