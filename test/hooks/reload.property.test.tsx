// @vitest-environment jsdom
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryClient } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import {
  AssistantsProvider,
  createAssistantsClient,
  defineTool,
  getMessageText,
  useConversation,
} from 'assistants-react';
import fc from 'fast-check';
import type { ReactNode } from 'react';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assertProperty } from '../assertProperty.js';
import type { Model, ModelRequest } from '../../src/backend/models/Model.js';
import { type RunningServer, serve } from '../../src/backend/server/serve.js';
import { numRuns } from '../budget.js';

/** Words of one answer, which the model writes when the test allows it. */
interface Answer {
  words: readonly string[];
  /** The model calls a function after this number of words, and writes the others when it has the output. */
  callAfter: number | undefined;
  allowed: number;
  /** True once the server has the output of the function. */
  isAnswered: boolean;
  wake: () => void;
}

/** The answer to each question. */
const answers = new Map<string, Answer>();

const model: Model = {
  async *respond({ messages, turns, signal }) {
    const answer = answers.get(getQuestion(messages));
    if (answer === undefined) throw new Error('The test has no answer to this question.');
    const { words, callAfter = 0 } = answer;
    const isCalled = turns.length > 0;
    answer.isAnswered = isCalled;
    const end = answer.callAfter === undefined || isCalled ? words.length : callAfter;
    for (let index = isCalled ? callAfter : 0; index < end; index += 1) {
      while (answer.allowed <= index && !signal.aborted)
        await new Promise<void>((resolve) => {
          answer.wake = resolve;
        });
      yield { type: 'text', text: words[index] ?? '' };
    }
    if (end < words.length) yield { type: 'toolCall', name: 'look' };
  },
};

function getQuestion(messages: ModelRequest['messages']): string {
  return JSON.stringify(messages.findLast(({ role }) => role === 'user')).match(/Q\d+/)?.[0] ?? '';
}

const folder = mkdtempSync(join(tmpdir(), 'reload-'));
let server: RunningServer;
let assistantId = '';
beforeAll(async () => {
  server = await serve({ model, data: join(folder, 'store.sqlite'), log: () => undefined });
  const tools = [{ type: 'function' as const, function: { name: 'look' } }];
  assistantId = (await createClient().createAssistant({ body: { model: 'm', tools } })).id;
});
afterAll(async () => {
  await server.close({ deadlineMs: 0 });
  rmSync(folder, { recursive: true });
});

function createClient() {
  return createAssistantsClient({ baseUrl: `${server.url}/v1` });
}

/** Opens the thread in a page that shares nothing with earlier pages but the storage of the browser. */
function openPage(threadId: string, look: () => string) {
  const client = createClient();
  const queryClient = new QueryClient();
  const tools = [defineTool({ name: 'look', execute: look })];
  /** Texts of the answer that the page has shown, in order. */
  const shown: string[] = [];
  const callStates: string[] = [];
  const runStates: (string | undefined)[] = [];
  const { result, unmount } = renderHook(
    () => {
      const conversation = useConversation({ threadId, assistantId, tools });
      const { messages, toolCalls, run } = conversation;
      runStates.push(run?.status);
      const written = messages.filter(({ message }) => message.role === 'assistant');
      shown.push(written.map(({ message }) => getMessageText(message)).join(''));
      callStates.push(...toolCalls.calls.map(({ state }) => state));
      return conversation;
    },
    {
      wrapper: ({ children }: { children: ReactNode }) => (
        <AssistantsProvider client={client} queryClient={queryClient}>
          {children}
        </AssistantsProvider>
      ),
    },
  );
  return { result, shown, runStates, callStates, close: unmount };
}

type Page = ReturnType<typeof openPage>;

/**
 * Waits until the page shows everything that the model was allowed to write, and the run. Otherwise it is reloaded at once. The
 * messages can arrive before the run.
 */
type Reload = { words: number; isShown: boolean; isRunShown?: boolean };

const word = fc.oneof(
  fc.stringMatching(/^[a-z]{1,8} $/),
  fc.constantFrom('👋 ', 'é\n\n', '**', '`', '<b>', '🇩🇪', '​'),
);
/** Ends with a word that can be seen: an answer without one counts as empty, and its run fails. */
const words = fc
  .array(word, { minLength: 3, maxLength: 59 })
  .map((start) => [...start, 'end'] as const);
const course = fc.record({
  words,
  callAfter: fc.option(fc.nat(3), { nil: undefined }),
  reloads: fc.array(fc.record({ words: fc.nat(20), isShown: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
});

/** Waits until the page shows a text. Approves the calls that an earlier page may have started. */
async function waitForText({ result, shown }: Page, text: string): Promise<void> {
  await waitFor(() => {
    const { toolCalls } = result.current;
    for (const { id, state } of toolCalls.calls)
      if (state === 'needs-approval') void toolCalls.approve(id);
    expect(shown.at(-1)).toBe(text);
  });
}

async function waitForRun({ result }: Page): Promise<void> {
  await waitFor(() => expect(result.current.run?.status).toBeDefined());
}

/** A new page shows nothing until its first response. */
function withoutEmptyStart(texts: readonly string[]): readonly string[] {
  const start = texts.findIndex((text) => text !== '');
  return start === -1 ? [] : texts.slice(start);
}

let questions = 0;

async function play(
  words: readonly string[],
  callAfter: number | undefined,
  reloads: readonly Reload[],
) {
  questions += 1;
  const question = `Q${questions}`;
  const answer: Answer = { words, callAfter, allowed: 0, isAnswered: false, wake: () => undefined };
  answers.set(question, answer);
  const allow = (count: number): string => {
    answer.allowed = Math.min(answer.allowed + count, words.length);
    answer.wake();
    return words.slice(0, answer.allowed).join('');
  };
  const { id: threadId } = await createClient().createThread({ body: {} });
  let looks = 0;
  const look = () => {
    looks += 1;
    return 'seen';
  };
  let page = openPage(threadId, look);
  const pages = [{ ...page, isAnswered: false }];
  await act(() => page.result.current.send(question));
  await waitForRun(page);
  for (const { words: count, isShown, isRunShown = false } of reloads) {
    const text = allow(count);
    if (isShown) await waitForText(page, text);
    if (isRunShown) await waitForRun(page);
    page.close();
    page = openPage(threadId, look);
    pages.push({ ...page, isAnswered: answer.isAnswered });
  }
  const text = allow(words.length);
  await waitForText(page, text);
  await waitFor(() => expect(page.result.current.status).toBe('idle'));
  page.close();
  const { data } = await createClient().listMessages({ threadId, query: { order: 'asc' } });
  const stored = data.slice(1).map(getMessageText).join('');
  return { pages, text, stored, looks };
}

it('shows the same text after a reload at any moment of an answer, and never a shorter one', async () => {
  let reloadCount = 0;
  await assertProperty(
    fc.asyncProperty(course, async ({ words, callAfter, reloads }) => {
      const { pages, text, stored } = await play(words, callAfter, reloads);
      reloadCount += reloads.length;
      expect(stored).toBe(text);
      const texts = pages.flatMap(({ shown }) => withoutEmptyStart(shown));
      const shorter = texts.filter((each, index) => !each.startsWith(texts[index - 1] ?? ''));
      expect(shorter).toEqual([]);
      const lateStates = pages.flatMap((page) => (page.isAnswered ? page.callStates : []));
      expect(lateStates).not.toContain('needs-approval');
      cleanup();
    }),
    { name: 'reload', full: 300, small: 12 },
  );
  expect(reloadCount).toBeGreaterThanOrEqual(numRuns(300, 12));
});

it('does not go back to a call whose output was sent', async () => {
  const words = ['One ', 'two ', 'three ', 'four ', 'five ', 'six '];
  const reloads = [
    { words: 4, isShown: true, isRunShown: true },
    { words: 1, isShown: true, isRunShown: true },
    { words: 0, isShown: true, isRunShown: true },
  ];
  const { pages, looks } = await play(words, 2, reloads);
  expect(looks).toBe(1);
  // The last page may open the thread after the end of the run.
  for (const { runStates, callStates } of pages.slice(1, -1)) {
    expect(new Set(runStates)).toEqual(new Set([undefined, 'in_progress']));
    expect(new Set(callStates)).toEqual(new Set(['submitted']));
  }
});
