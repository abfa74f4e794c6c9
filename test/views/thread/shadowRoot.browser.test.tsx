import {
  AssistantsProvider,
  createAssistantsClient,
  ThreadQuote,
  ThreadView,
} from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import styles from '../../../src/styles.css?inline';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { createDeferred } from '../../createDeferred.js';

const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((cleanup) => cleanup()));

/** Creates an element in a shadow root with the stylesheet of the package. */
function createContainer(): HTMLElement {
  const host = document.createElement('div');
  host.style.cssText =
    'position: fixed; inset: 0 auto auto 0; inline-size: 400px; block-size: 600px';
  document.body.append(host);
  cleanups.push(() => host.remove());
  const container = document.createElement('div');
  container.style.blockSize = '100%';
  const sheet = document.createElement('style');
  sheet.textContent = styles;
  host.attachShadow({ mode: 'open' }).append(sheet, container);
  return container;
}

/** Opens a thread in a shadow root, and returns functions that find its parts and the focused one. */
async function openThread() {
  const answer = createDeferred();
  const model = scriptedModel(
    [
      { when: 'tool', say: { call: 'get_weather', with: { city: 'Paris' } }, after: 'Mild.' },
      { when: 'reason', say: [{ think: 'The user asks.' }, { hold: answer.promise }, 'Yes.'] },
      { when: 'long', say: 'word '.repeat(4_000) },
      { say: ({ text }) => `You said: ${text}` },
    ],
    { paceMs: 1 },
  );
  const client = createAssistantsClient({ fetch: createBackend({ model }).fetch });
  const { id } = await client.createAssistant({ body: { model: 'scripted' } });
  const container = createContainer();
  const reactRoot: Root = createRoot(container);
  cleanups.unshift(() => reactRoot.unmount());
  reactRoot.render(
    <AssistantsProvider client={client}>
      <ThreadView assistantId={id}>
        <ThreadQuote />
      </ThreadView>
    </AssistantsProvider>,
  );
  const find = (selector: string) => container.querySelector<HTMLElement>(selector);
  const waitFor = async (selector: string) => {
    await expect.poll(() => find(selector)).not.toBeNull();
    return find(selector) ?? container;
  };
  const root = container.getRootNode() as Document | ShadowRoot;
  const getFocused = () => root.activeElement?.getAttribute('data-part');
  const send = async (text: string) => {
    await userEvent.fill(await waitFor('[data-part="composer-input"]'), text);
    await userEvent.keyboard('{Enter}');
  };
  return { waitFor, root, getFocused, send, answer };
}

it('has colors and spacing in a shadow root', async () => {
  const { waitFor, send } = await openThread();
  await send('Hello');
  const text = await waitFor('[data-role="user"] [data-part="message-text"]');
  const { backgroundColor, paddingInlineStart } = getComputedStyle(text);
  expect(backgroundColor).not.toBe('rgba(0, 0, 0, 0)');
  expect(paddingInlineStart).toBe('16px');
});

it('keeps and moves the focus in a shadow root', async () => {
  const { waitFor, getFocused, send } = await openThread();
  await send('Hello');
  await waitFor('[data-part="thread"][data-status="completed"]');
  expect(getFocused()).toBe('composer-input');

  await userEvent.keyboard('{F6}');
  expect(getFocused()).toBe('thread-scroll');
  await userEvent.keyboard('{F6}');
  expect(getFocused()).toBe('composer-input');

  await userEvent.click(await waitFor('[data-role="user"] [data-part="message-actions"] [id]'));
  await expect.poll(getFocused).toBe('message-editor-input');
  await userEvent.keyboard('{Escape}');
  await expect.poll(getFocused).toBe('button');

  await send('long');
  await waitFor('[data-part="message"][data-streaming]');
  await userEvent.click(await waitFor('[data-action="stop"]'));
  await waitFor('[data-part="thread"][data-status="cancelled"]');
  expect(getFocused()).toBe('composer-input');
});

it('moves the focus to a call that waits in a shadow root', async () => {
  const { waitFor, getFocused, send } = await openThread();
  await send('tool');
  await waitFor('[data-part="tool-output-form"]');
  await expect.poll(getFocused).toBe('textarea');
  await userEvent.click(await waitFor('[data-part="modes"] label:last-child'));
  await userEvent.click(await waitFor('[data-part="tool-output-form"] [type="submit"]'));
  // The field is invalid JSON.
  await expect.poll(getFocused).toBe('textarea');
});

it('keeps the focus on reasoning that moves to its message in a shadow root', async () => {
  const { waitFor, root, send, answer } = await openThread();
  await send('reason');
  await userEvent.click(await waitFor('[data-part="reasoning"] > summary'));
  answer.resolve();
  const summary = await waitFor('article [data-part="reasoning"][open] > summary');
  await expect.poll(() => root.activeElement).toBe(summary);
});

it('lets the Tab key leave the button that quotes a selected text in a shadow root', async () => {
  const { waitFor, root, send } = await openThread();
  await send('Hello');
  await waitFor('[data-part="thread"][data-status="completed"]');
  const text = await waitFor('[data-role="assistant"] [data-part="message-text"]');
  getSelection()?.selectAllChildren(text);
  const quote = await waitFor('[data-part="thread-quote"] button');
  await userEvent.tab();
  expect(root.activeElement).toBe(quote);
  await userEvent.tab();
  expect(root.activeElement).not.toBe(quote);
});
