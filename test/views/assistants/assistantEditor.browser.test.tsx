import { render } from '@testing-library/react';
import { AssistantEditor, AssistantsProvider, createAssistantsClient } from 'assistants-react';
import { createBackend, scriptedModel } from 'assistants-react/backend';
import { SchemaForm } from 'assistants-react/schema-form';
import 'assistants-react/styles.css';
import { expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';

const SCHEMA = JSON.stringify({
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
});
const LONG_NAME = 'a_name_without_any_break_'.repeat(20);

function createClient() {
  sessionStorage.clear();
  return createAssistantsClient({
    fetch: createBackend({ model: scriptedModel(), unsupportedTools: 'ignore' }).fetch,
  });
}

/** Presses Tab until an element with a name has the focus. */
async function tabTo(name: string): Promise<void> {
  const getName = () =>
    document.activeElement?.getAttribute('name') ?? document.activeElement?.textContent.trim();
  for (let presses = 0; presses < 30 && getName() !== name; presses += 1) await userEvent.tab();
  expect(getName()).toBe(name);
}

it('creates a function with the keyboard alone, and previews its form', async () => {
  const client = createClient();
  render(
    <AssistantsProvider client={client} components={{ SchemaForm }}>
      <AssistantEditor />
    </AssistantsProvider>,
  );
  await expect.element(page.getByRole('textbox', { name: 'Name' })).toBeVisible();
  await tabTo('model');
  await userEvent.keyboard('scripted');
  await tabTo('Add function');
  await userEvent.keyboard('{Enter}get_weather');
  await userEvent.fill(page.getByRole('textbox', { name: /^Parameters/ }), `${SCHEMA} // note`);
  await expect.element(page.getByText(/^Line 1: JSON has no comments/)).toBeVisible();
  await userEvent.fill(page.getByRole('textbox', { name: /^Parameters/ }), SCHEMA);
  await tabTo('Preview form');
  await userEvent.keyboard('{Enter}');
  const preview = page.getByRole('region', { name: 'Preview form' });
  await expect.element(preview.getByRole('textbox', { name: /city/ })).toBeVisible();
  await tabTo('Save');
  await userEvent.keyboard('{Enter}');
  await expect
    .poll(async () => (await client.listAssistants()).data)
    .toMatchObject([
      { tools: [{ function: { name: 'get_weather', parameters: JSON.parse(SCHEMA) as object } }] },
    ]);
});

it('fits on a phone with long names and values', async () => {
  const client = createClient();
  const { id } = await client.createAssistant({
    body: {
      model: 'scripted',
      name: LONG_NAME.slice(0, 256),
      tools: [
        { type: 'code_interpreter' },
        { type: 'function', function: { name: LONG_NAME.slice(0, 64) } },
      ],
      metadata: { [LONG_NAME.slice(0, 64)]: LONG_NAME },
    },
  });
  const { container } = render(
    <AssistantsProvider client={client}>
      <div style={{ inlineSize: 288 }}>
        <AssistantEditor assistantId={id} />
      </div>
    </AssistantsProvider>,
  );
  await userEvent.click(page.getByRole('button', { name: /^a_name/ }));
  await userEvent.click(page.getByText('More settings'));
  await expect.element(page.getByRole('textbox', { name: 'Value 1' })).toBeVisible();
  const form = container.querySelector('form');
  expect(form?.scrollWidth).toBeLessThanOrEqual(288);
});

it('unfolds the settings again if one of them has a problem', async () => {
  const client = createClient();
  render(
    <AssistantsProvider client={client}>
      <AssistantEditor initial={{ model: 'scripted' }} />
    </AssistantsProvider>,
  );
  const settings = page.getByText('More settings');
  await userEvent.click(settings);
  const field = page.getByRole('textbox', { name: 'Temperature' });
  await userEvent.fill(field, 'warm');
  await expect.element(field).toHaveAttribute('aria-invalid', 'true');
  await userEvent.click(settings);
  await expect.element(field).not.toBeInTheDocument();
  await userEvent.click(page.getByRole('button', { name: 'Save' }));
  await expect.element(field).toHaveFocus();
});
