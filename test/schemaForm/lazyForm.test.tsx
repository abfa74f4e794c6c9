import { act, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { ComponentsProvider, ToolOutputForm } from 'assistants-react';
import { SchemaForm } from 'assistants-react/schema-form';
import { beforeEach, expect, test, vi } from 'vitest';
import { toolCall } from '../../stories/fixtures.js';

const { load } = vi.hoisted(() => ({ load: vi.fn<() => Promise<void>>() }));

// Each import of the form waits for `load`.
vi.mock('../../src/schemaForm/SchemaForm.lazy.js', async (importOriginal) => {
  await load();
  return importOriginal();
});

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

function renderForm(onSubmit: () => void): void {
  render(
    <ComponentsProvider components={{ SchemaForm }}>
      <ToolOutputForm call={toolCall()} schema={schema} onSubmit={onSubmit} />
    </ComponentsProvider>,
  );
}

beforeEach(() => {
  load.mockReset();
});

test('submits nothing until the form is loaded, and then says what is missing', async () => {
  let release = (): void => undefined;
  load.mockReturnValue(
    new Promise((resolve) => {
      release = resolve;
    }),
  );
  const onSubmit = vi.fn<() => void>();
  renderForm(onSubmit);
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(screen.queryByRole('textbox')).toBeNull();
  await act(async () => release());

  expect(await screen.findByRole('textbox', { name: /city/ })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(onSubmit).not.toHaveBeenCalled();
  await userEvent.type(screen.getByRole('textbox', { name: /city/ }), 'Paris');
  await userEvent.click(screen.getByRole('button', { name: 'Submit result' }));
  expect(onSubmit).toHaveBeenCalledWith({ value: { city: 'Paris' } });
});
