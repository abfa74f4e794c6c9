import { AssistantForm, type AssistantFormValues } from 'assistants-react';
import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { assistant } from '../../../stories/fixtures.js';
import { noop } from '../noop.js';

test('submits the entered values, empty texts as null', async () => {
  const onSubmit = vi.fn<(values: AssistantFormValues) => void>();
  render(<AssistantForm onSubmit={onSubmit} />);
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Desk');
  await userEvent.type(screen.getByRole('textbox', { name: 'Model' }), 'm-1');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(onSubmit).toHaveBeenCalledExactlyOnceWith({
    name: 'Desk',
    model: 'm-1',
    description: null,
    instructions: null,
    tools: [],
  });
});

test('submits the same values if nothing was changed', async () => {
  const onSubmit = vi.fn<(values: AssistantFormValues) => void>();
  render(<AssistantForm assistant={assistant()} onSubmit={onSubmit} />);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  const { name, model, description, instructions, tools } = assistant();
  expect(onSubmit).toHaveBeenCalledExactlyOnceWith({
    name,
    model,
    description,
    instructions,
    tools,
  });
});

test('shows invalid values before it submits, and focuses the first invalid field', async () => {
  const onSubmit = vi.fn<(values: AssistantFormValues) => void>();
  render(<AssistantForm onSubmit={onSubmit} />);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  const model = screen.getByRole('textbox', { name: 'Model' });
  expect(model).toHaveFocus();
  expect(model).toHaveAccessibleDescription('Required.');
  expect(onSubmit).not.toHaveBeenCalled();
});

test.each([
  ['{', /not valid JSON/],
  ['{}', /JSON list/],
  ['[1]', /JSON list/],
  ['[{"kind":"x"}]', /JSON list/],
])('rejects the tools %j', async (tools, words) => {
  render(<AssistantForm assistant={assistant()} onSubmit={noop} />);
  const field = screen.getByRole('textbox', { name: 'Tools' });
  fireEvent.change(field, { target: { value: tools } });
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(field).toHaveAccessibleDescription(words);
  expect(field).toHaveFocus();
});

test('accepts tools of an unknown type', async () => {
  const onSubmit = vi.fn<(values: AssistantFormValues) => void>();
  render(<AssistantForm assistant={assistant()} onSubmit={onSubmit} />);
  fireEvent.change(screen.getByRole('textbox', { name: 'Tools' }), {
    target: { value: '[{"type":"telepathy"}]' },
  });
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(onSubmit.mock.calls[0]?.[0].tools).toEqual([{ type: 'telepathy' }]);
});
