import { AssistantForm, type AssistantFormValues } from 'assistants-react';
import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { assistant } from '../../../stories/fixtures.js';
import { noop } from '../noop.js';

test('gives what was entered, empty texts as null', async () => {
  const given: AssistantFormValues[] = [];
  render(<AssistantForm onSubmit={(values) => given.push(values)} />);
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Desk');
  await userEvent.type(screen.getByRole('textbox', { name: 'Model' }), 'm-1');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(given).toEqual([
    { name: 'Desk', model: 'm-1', description: null, instructions: null, tools: [] },
  ]);
});

test('an assistant that is not changed comes out as it went in', async () => {
  const given: AssistantFormValues[] = [];
  render(<AssistantForm assistant={assistant()} onSubmit={(values) => given.push(values)} />);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  const { name, model, description, instructions, tools } = assistant();
  expect(given).toEqual([{ name, model, description, instructions, tools }]);
});

test('what the server would refuse is said first, and the first such field gets the focus', async () => {
  const given: AssistantFormValues[] = [];
  render(<AssistantForm onSubmit={(values) => given.push(values)} />);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  const model = screen.getByRole('textbox', { name: 'Model' });
  expect(model).toHaveFocus();
  expect(model).toHaveAccessibleDescription('Fill this in.');
  expect(given).toEqual([]);
});

test.each([
  ['{', /not valid JSON/],
  ['{}', /JSON list/],
  ['[1]', /JSON list/],
  ['[{"kind":"x"}]', /JSON list/],
])('tools %j are refused', async (tools, words) => {
  render(<AssistantForm assistant={assistant()} onSubmit={noop} />);
  const field = screen.getByRole('textbox', { name: 'Tools' });
  fireEvent.change(field, { target: { value: tools } });
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(field).toHaveAccessibleDescription(words);
  expect(field).toHaveFocus();
});

test('tools of a type that nobody here knows pass', async () => {
  const given: AssistantFormValues[] = [];
  render(<AssistantForm assistant={assistant()} onSubmit={(values) => given.push(values)} />);
  fireEvent.change(screen.getByRole('textbox', { name: 'Tools' }), {
    target: { value: '[{"type":"telepathy"}]' },
  });
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(given[0]?.tools).toEqual([{ type: 'telepathy' }]);
});
