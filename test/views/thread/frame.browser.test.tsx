import { render } from '@testing-library/react';
import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import styles from '../../../src/styles.css?inline';
import { createPortal } from 'react-dom';
import { expect, it } from 'vitest';
import { append, cleanUpLater } from '../../components/popup/places.js';

/** Creates a frame without a source, for a portal. */
function createFrame(): HTMLElement {
  const frame = append('iframe');
  frame.style.cssText = 'inline-size: 400px; block-size: 600px';
  const page = frame.contentDocument;
  if (!page) throw new Error('The frame has no document.');
  page.open();
  page.write('<!doctype html><body style="block-size: 580px"></body>');
  page.close();
  page.head.append(Object.assign(page.createElement('style'), { textContent: styles }));
  return page.body;
}

it('opens the search of a long thread with Ctrl+F in a frame', async () => {
  const client = createAssistantsClient({
    fetch: createBackend({ model: scriptedModel() }).fetch,
  });
  const { id: threadId } = await client.createThread();
  for (let count = 0; count < 60; count += 1)
    await client.createMessage({
      threadId,
      body: { role: 'user', content: `Message ${count}. ${'word '.repeat(30)}` },
    });
  const body = createFrame();
  const { unmount } = render(
    <AssistantsProvider client={client}>
      {createPortal(<ThreadView threadId={threadId} />, body)}
    </AssistantsProvider>,
  );
  cleanUpLater(unmount);
  const press = () => {
    const target = body.querySelector('textarea') ?? body;
    const init = { key: 'f', ctrlKey: true, bubbles: true, cancelable: true, composed: true };
    target.dispatchEvent(new KeyboardEvent('keydown', init));
    return body.querySelector('[type="search"]');
  };
  await expect.poll(press).not.toBeNull();
});
