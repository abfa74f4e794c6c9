import { render } from '@testing-library/react';
import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import 'assistants-react/styles.css';
import { expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createDeferred } from '../../createDeferred.js';

/** Opens a thread whose model reasons until `answer` resolves. */
async function open() {
  const answer = createDeferred();
  const model = scriptedModel([
    { say: [{ think: 'The user greets me.' }, { hold: answer.promise }, 'Hello!'] },
  ]);
  const client = createAssistantsClient({ fetch: createBackend({ model }).fetch });
  const { id } = await client.createAssistant({ body: { model: 'scripted' } });
  render(
    <AssistantsProvider client={client}>
      <ThreadView assistantId={id} />
    </AssistantsProvider>,
  );
  await userEvent.fill(document.querySelector('textarea') ?? document.body, 'Hi');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Reasoning', { exact: true })).toBeVisible();
  return { answer };
}

const getSummary = (selector = '') =>
  document.querySelector<HTMLElement>(`${selector} [data-part="reasoning"] > summary`);

it('is unfolded with the keyboard, and keeps the focus when it moves to the message', async () => {
  const { answer } = await open();
  getSummary()?.focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('The user greets me.')).toBeVisible();

  answer.resolve();
  await expect.element(page.getByText('Hello!', { exact: true })).toBeVisible();
  await expect.element(page.getByText('The user greets me.')).toBeVisible();
  await expect.poll(() => document.activeElement).toBe(getSummary('article'));
  await userEvent.keyboard(' ');
  await expect.element(page.getByText('The user greets me.')).not.toBeInTheDocument();
});

it('leaves the focus where the user has moved it', async () => {
  const { answer } = await open();
  document.querySelector('textarea')?.focus();
  answer.resolve();
  await expect.element(page.getByText('Hello!', { exact: true })).toBeVisible();
  expect(document.activeElement?.tagName).toBe('TEXTAREA');
});
