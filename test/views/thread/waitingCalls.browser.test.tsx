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
const sendMail = defineTool({ name: 'send_mail', needsApproval: true, execute: () => 'sent' });
const review = defineTool({
  name: 'review',
  outputSchema: {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    required: names,
  },
});

/** Opens a thread of 400 by 600 pixels whose run requires the output of tools, after some words. */
async function openPendingCalls(tools: readonly Tool[], words = 'Some words first. '.repeat(60)) {
  const model = scriptedModel(({ round }) =>
    round === 0 ? [words, ...tools.map(({ name }) => ({ call: name }))] : 'Done.',
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
  await userEvent.fill(frame.querySelector('textarea') ?? frame, 'Continue');
  await userEvent.keyboard('{Enter}');
  const scroller = frame.querySelector('[data-part="thread-scroll"]') ?? frame;
  return {
    /** Returns the distance of an element from the top of the list, in pixels. */
    getTop: (element: Element | null) =>
      (element?.getBoundingClientRect().top ?? NaN) - scroller.getBoundingClientRect().top,
    findForm: (name: string) =>
      [...frame.querySelectorAll('form')].find((form) => form.textContent?.includes(name)) ?? null,
    height: scroller.clientHeight,
  };
}

/** Clicks without the scrolling of `userEvent.click`, which may end following like the scrolling of a user. */
function clickInPlace(button: Element): void {
  if (!(button instanceof HTMLElement)) throw new Error('The button is not an HTML element.');
  button.focus({ preventScroll: true });
  button.click();
}

it('scrolls to the top of the first call that needs input, and focuses it', async () => {
  const { getTop, findForm, height } = await openPendingCalls([sendMail, review]);
  await expect.element(page.getByText('Field 14')).toBeInTheDocument();
  await expect.poll(() => getTop(findForm('send_mail'))).toBeGreaterThan(0);
  await expect.poll(() => getTop(findForm('send_mail'))).toBeLessThan(height / 4);
  await expect.poll(() => document.activeElement).toBe(findForm('send_mail'));
});

it('keeps a short question in view above several calls', async () => {
  const { getTop } = await openPendingCalls(
    [sendMail, review, { ...review, name: 'second' }],
    'I need some more.',
  );
  await expect.element(page.getByText('Field 14').first()).toBeInTheDocument();
  const question = page.getByText('Continue', { exact: true }).element();
  await expect.poll(() => getTop(question)).toBeGreaterThanOrEqual(0);
  await expect.poll(() => getTop(question)).toBeLessThan(100);
});

it('scrolls to the top of the next call', async () => {
  const { getTop, findForm, height } = await openPendingCalls([
    sendMail,
    review,
    { ...review, name: 'second' },
  ]);
  await expect.element(page.getByText('Field 14').first()).toBeInTheDocument();
  await expect.poll(() => getTop(findForm('send_mail'))).toBeGreaterThan(0);
  await expect.poll(() => getTop(findForm('send_mail'))).toBeLessThan(height / 4);
  clickInPlace(page.getByRole('button', { name: 'Allow once' }).element());
  const field = page.getByRole('textbox', { name: 'Field 1', exact: true }).first();
  await expect.element(field).toHaveFocus();
  await expect.poll(() => getTop(findForm('review'))).toBeGreaterThan(0);
  await expect.poll(() => getTop(findForm('review'))).toBeLessThan(height / 4);
});

it('scrolls to the errors at the top of a form', async () => {
  const { getTop, height } = await openPendingCalls([review]);
  await userEvent.click(page.getByRole('button', { name: 'Submit result' }));
  const errors = page.getByText(/Check 14 fields/);
  await expect.element(errors).toBeVisible();
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  expect(getTop(errors.element())).toBeGreaterThan(0);
  expect(getTop(errors.element())).toBeLessThan(height);
});

it('says once that the run waits for the user, also when all results are ready', async () => {
  const tools = [defineTool({ name: 'first' }), defineTool({ name: 'second' })];
  await openPendingCalls(tools, 'I need two answers.');
  const status = () => document.querySelector('[data-part="run-status"]');
  for (const progress of ['0 of 2 ready', '1 of 2 ready', '2 of 2 ready']) {
    await expect.element(page.getByText(progress)).toBeVisible();
    await expect.poll(() => status()?.textContent).toMatch(/^Waiting for/);
    expect(status()).not.toBeVisible();
    if (progress === '2 of 2 ready') break;
    await userEvent.fill(page.getByRole('textbox', { name: 'Result' }).first(), 'yes');
    await userEvent.click(page.getByRole('button', { name: 'Save', exact: true }).first());
  }
});
