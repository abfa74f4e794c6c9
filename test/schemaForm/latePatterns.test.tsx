import { act, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { ComponentsProvider, ToolOutputForm } from 'assistants-react';
import { SchemaForm } from 'assistants-react/schema-form';
import { expect, test, vi } from 'vitest';
import { toolCall } from '../../stories/fixtures.js';

const patterns = vi.hoisted(() => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { released, release };
});

// The code that matches patterns arrives when the test says so.
vi.mock('re2js', async (importOriginal) => {
  await patterns.released;
  return importOriginal();
});

const schema = {
  type: 'object',
  properties: {
    code: { type: 'string', title: 'Code', pattern: '^(a+)+$' },
    city: { type: 'string', title: 'City' },
    stops: { type: 'array', title: 'Stops', items: { type: 'string' } },
  },
  required: ['city'],
};

test('adds the problems with patterns that arrive after a submit, and none of a field added since', async () => {
  const user = userEvent.setup();
  render(
    <ComponentsProvider components={{ SchemaForm }}>
      <ToolOutputForm call={toolCall()} schema={schema} onSubmit={() => undefined} />
    </ComponentsProvider>,
  );
  const code = await screen.findByRole('textbox', { name: /^Code/ });
  await user.type(code, 'b');
  await user.click(screen.getByRole('button', { name: 'Submit result' }));
  const city = screen.getByRole('textbox', { name: /^City/ });
  expect(city).toHaveAccessibleDescription('Required.');
  expect(code).toBeValid();
  await user.click(screen.getByRole('button', { name: 'Add to Stops' }));

  await act(async () => patterns.release());
  await vi.waitFor(() =>
    expect(code).toHaveAccessibleDescription('This is not in the expected form.'),
  );
  expect(city).toHaveAccessibleDescription('Required.');
  expect(screen.getByRole('textbox', { name: /Stops 1/ })).not.toHaveAccessibleDescription();
});
