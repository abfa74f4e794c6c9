import { render } from '@testing-library/react';
import {
  AssistantsProvider,
  createAssistantsClient,
  defineTool,
  ThreadView,
  type Tool,
} from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import { SchemaForm } from 'assistants-react/schema-form';
import 'assistants-react/styles.css';
import { expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';

const names = Array.from({ length: 14 }, (_, index) => `Field ${index + 1}`);
const sendMail = defineTool({ name: 'send_mail', run: 'confirm', execute: () => 'sent' });
const review = defineTool({
  name: 'review',
  run: 'human',
  output: {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    required: names,
  },
});

/** A thread in a window of 400 by 600 pixels, whose run waits for the given tools. */
async function openWaiting(tools: readonly Tool[]) {
  const model = scriptedModel(({ round }) =>
    round === 0
      ? ['Some words first. '.repeat(60), ...tools.map(({ name }) => ({ call: name }))]
      : 'Done.',
  );
  const client = createAssistantsClient({ fetch: createBackend({ model }).fetch });
  const { id } = await client.createAssistant({ body: { model: 'scripted' } });
  const frame = document.createElement('div');
  frame.style.cssText =
    'position: fixed; inset: 0 auto auto 0; inline-size: 400px; block-size: 600px;';
  document.body.append(frame);
  render(
    <AssistantsProvider client={client} components={{ SchemaForm }}>
      <ThreadView assistantId={id} tools={tools} />
    </AssistantsProvider>,
    { container: frame },
  );
  await userEvent.fill(frame.querySelector('textarea') ?? frame, 'Go on');
  await userEvent.keyboard('{Enter}');
  const scroller = frame.querySelector('[data-part="thread-scroll"]') ?? frame;
  return {
    /** How far below the upper edge of the list something begins, in pixels. */
    topOf: (element: Element | null) =>
      (element?.getBoundingClientRect().top ?? NaN) - scroller.getBoundingClientRect().top,
    form: (name: string) =>
      [...frame.querySelectorAll('form')].find((form) => form.textContent?.includes(name)) ?? null,
    height: scroller.clientHeight,
  };
}

it('brings the head of the first call that waits in sight, and the focus there', async () => {
  const { topOf, form, height } = await openWaiting([sendMail, review]);
  await expect.element(page.getByText('Field 14')).toBeInTheDocument();
  await expect.poll(() => topOf(form('send_mail'))).toBeGreaterThan(0);
  await expect.poll(() => topOf(form('send_mail'))).toBeLessThan(height / 4);
  await expect.poll(() => document.activeElement).toBe(form('send_mail'));
});

it('goes on to the head of the next call', async () => {
  const { topOf, form, height } = await openWaiting([
    sendMail,
    review,
    { ...review, name: 'second' },
  ]);
  await userEvent.click(page.getByRole('button', { name: 'Run' }));
  const field = page.getByRole('textbox', { name: 'Field 1', exact: true }).first();
  await expect.element(field).toHaveFocus();
  await expect.poll(() => topOf(form('review'))).toBeGreaterThan(0);
  await expect.poll(() => topOf(form('review'))).toBeLessThan(height / 4);
});

it('shows what is wrong with a form from its head on', async () => {
  const { topOf, height } = await openWaiting([review]);
  await userEvent.click(page.getByRole('button', { name: 'Submit result' }));
  const problems = page.getByText(/Check 14 fields/);
  await expect.element(problems).toBeVisible();
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  expect(topOf(problems.element())).toBeGreaterThan(0);
  expect(topOf(problems.element())).toBeLessThan(height);
});
