import { ComponentsProvider, ToolOutputForm, type ToolOutputResult } from 'assistants-react';
import { SchemaForm } from 'assistants-react/schema-form';
import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { toolCall } from '../../stories/fixtures.js';

export const text = { type: 'string' };
export const createObject = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
});

/** Renders the form of a tool output, and collects what is submitted. */
export function renderForm(
  schema: object,
  { value, question }: { value?: unknown; question?: string } = {},
) {
  const results: ToolOutputResult[] = [];
  render(
    <ComponentsProvider components={{ SchemaForm }}>
      <ToolOutputForm
        call={toolCall()}
        schema={{ ...schema }}
        draft={value === undefined ? undefined : { mode: 'form', text: JSON.stringify(value) }}
        question={question}
        onSubmit={(result) => void results.push(result)}
      />
    </ComponentsProvider>,
  );
  return {
    results,
    user: userEvent.setup(),
    submit: () =>
      userEvent.click(screen.getByRole('button', { name: /^(Submit result|Send answer)$/ })),
  };
}

export function fill(name: string, value: string): void {
  fireEvent.change(screen.getByLabelText(name), { target: { value } });
}

export const listProblems = () => screen.queryAllByRole('listitem').map((item) => item.textContent);
