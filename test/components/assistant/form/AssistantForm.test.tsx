import {
  AssistantField,
  AssistantForm,
  ComponentsProvider,
  type Assistant,
  type AssistantFormProps,
  type AssistantFormValues,
} from 'assistants-react';
import { SchemaForm } from 'assistants-react/schema-form';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { assistant } from '../../../../stories/fixtures.js';
import { noop } from '../../noop.js';

type OnSubmit = (values: AssistantFormValues, changes: Partial<AssistantFormValues>) => void;

function renderForm(props: Partial<AssistantFormProps> = {}) {
  const onSubmit = vi.fn<OnSubmit>();
  const page = render(<AssistantForm onSubmit={onSubmit} {...props} />);
  return {
    onSubmit,
    rerender: (next: Partial<AssistantFormProps>) =>
      page.rerender(<AssistantForm onSubmit={onSubmit} {...props} {...next} />),
    user: userEvent.setup({ delay: null }),
  };
}

const getField = (name: string | RegExp) => screen.getByRole('textbox', { name });
const fill = (name: string | RegExp, value: string) =>
  fireEvent.change(getField(name), { target: { value } });
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save' }));
const openSettings = () => userEvent.click(screen.getByText('More settings'));

test('submits the entered values, empty texts as null', async () => {
  const { onSubmit } = renderForm();
  await userEvent.type(getField('Name'), 'Desk');
  await userEvent.type(getField('Model'), 'm-1');
  await save();
  expect(onSubmit.mock.calls.map(([values]) => values)).toEqual([
    { name: 'Desk', model: 'm-1', description: null, instructions: null, tools: [] },
  ]);
});

test('submits the initial values of a new assistant', async () => {
  const { onSubmit } = renderForm({
    assistant: { model: 'm-1', temperature: 0.2, metadata: { team: 'a' } },
  });
  await save();
  expect(onSubmit.mock.calls[0]?.[0]).toEqual({
    name: null,
    model: 'm-1',
    description: null,
    instructions: null,
    tools: [],
    temperature: 0.2,
    metadata: { team: 'a' },
  });
});

test('submits the same values if nothing was changed, and no changes', async () => {
  const { onSubmit } = renderForm({ assistant: assistant() });
  await save();
  const { name, model, description, instructions, tools } = assistant();
  expect(onSubmit).toHaveBeenCalledExactlyOnceWith(
    { name, model, description, instructions, tools },
    {},
    [],
  );
});

test('shows invalid values before it submits, and focuses the first invalid field', async () => {
  const { onSubmit } = renderForm();
  await save();
  const model = getField('Model');
  await waitFor(() => expect(model).toHaveFocus());
  expect(model).toHaveAccessibleDescription('Required.');
  expect(onSubmit).not.toHaveBeenCalled();
});

test('counts limits in code points, while the user types', async () => {
  renderForm();
  fill('Name', '🦜'.repeat(256));
  expect(getField('Name')).not.toHaveAccessibleDescription();
  fill('Name', '🦜'.repeat(257));
  await waitFor(() =>
    expect(getField('Name')).toHaveAccessibleDescription('At most 256 characters.'),
  );
});

test('shows the error of the server at its field', () => {
  renderForm({ assistant: assistant(), error: 'No such model.', errorField: 'model' });
  expect(getField('Model')).toHaveAccessibleDescription('No such model.');
});

describe('tools', () => {
  test('switches tools, and adds a function', async () => {
    const { onSubmit, user } = renderForm({ assistant: assistant() });
    await user.click(screen.getByRole('checkbox', { name: 'File search' }));
    await user.click(screen.getByRole('checkbox', { name: 'Code interpreter' }));
    await user.click(screen.getByRole('button', { name: 'Add function' }));
    const name = getField('Function name');
    expect(name).toHaveFocus();
    await user.keyboard('send_mail');
    fill(/^Parameters/, '{"type":"object","properties":{"to":{"type":"string"}}}');
    await user.click(screen.getByRole('checkbox', { name: /^Strict/ }));
    await save();
    expect(onSubmit.mock.calls[0]?.[1]).toEqual({
      tools: [
        { type: 'function', function: { name: 'get_weather', description: 'Weather of a city' } },
        { type: 'code_interpreter' },
        {
          type: 'function',
          function: {
            name: 'send_mail',
            parameters: { type: 'object', properties: { to: { type: 'string' } } },
            strict: true,
          },
        },
      ],
    });
  });

  test.each([
    ['{ // note\n}', 'Line 1: JSON has no comments. Remove this one.'],
    ['{\n"type": "object",\n}', 'Line 2: remove the last comma before the bracket.'],
    ['[]', 'The schema must describe an object.'],
    [
      '{"properties":{"city":{"pattern":"("}}}',
      'properties.city.pattern: this is not a valid regular expression.',
    ],
  ])('explains the mistake in the schema %j at its field', async (text, message) => {
    const { user } = renderForm({ assistant: assistant() });
    await user.click(screen.getByRole('button', { name: 'get_weather' }));
    fill(/^Parameters/, text);
    await waitFor(() =>
      expect(getField(/^Parameters/)).toHaveAccessibleDescription(expect.stringContaining(message)),
    );
  });

  test('rejects names that are invalid or taken, and opens the function', async () => {
    const { onSubmit, user } = renderForm({ assistant: assistant() });
    await user.click(screen.getByRole('button', { name: 'Add function' }));
    await user.keyboard('wetter für alle');
    await waitFor(() =>
      expect(getField('Function name')).toHaveAccessibleDescription(/^Use 1 to 64/),
    );
    fill('Function name', 'get_weather');
    await save();
    await waitFor(() =>
      expect(getField('Function name')).toHaveAccessibleDescription(
        'Another function has this name.',
      ),
    );
    expect(getField('Function name')).toHaveFocus();
    expect(onSubmit).not.toHaveBeenCalled();
  });

  test('adds a tool of an unknown type, and checks that it is a tool', async () => {
    const { onSubmit, user } = renderForm({ assistant: assistant({ tools: [] }) });
    await user.click(screen.getByRole('button', { name: 'Add tool as JSON' }));
    fill('Tool as JSON', '{"kind":"x"}');
    await save();
    await waitFor(() =>
      expect(getField('Tool as JSON')).toHaveAccessibleDescription(
        expect.stringContaining('A tool is a JSON object with a "type".'),
      ),
    );
    fill('Tool as JSON', '{"type":"telepathy"}');
    await save();
    expect(onSubmit.mock.calls[0]?.[1]).toEqual({ tools: [{ type: 'telepathy' }] });
  });

  test('moves the focus to the button that adds functions when one is removed', async () => {
    const { user } = renderForm({ assistant: assistant() });
    await user.click(screen.getByRole('button', { name: 'Remove get_weather' }));
    expect(screen.queryByRole('button', { name: 'get_weather' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Add function' })).toHaveFocus();
  });

  test('previews the form of a schema, which does not save the assistant', async () => {
    const onSubmit = vi.fn<OnSubmit>();
    render(
      <ComponentsProvider components={{ SchemaForm }}>
        <AssistantForm assistant={assistant()} onSubmit={onSubmit} />
      </ComponentsProvider>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'get_weather' }));
    fill(/^Parameters/, '{"type":"object","properties":{"city":{"type":"string"}}}');
    await userEvent.click(screen.getByRole('button', { name: 'Preview form' }));
    const preview = screen.getByRole('region', { name: 'Preview form' });
    const city = await within(preview).findByRole('textbox', { name: /city/ });
    await userEvent.type(city, 'Lisbon{Enter}');
    expect(onSubmit).not.toHaveBeenCalled();
    // A mistake does not take the preview away.
    fill(/^Parameters/, '{');
    expect(within(preview).getByRole('textbox', { name: /city/ })).toHaveValue('Lisbon');
  });

  test('says why a schema that refers to itself has no preview', async () => {
    render(
      <ComponentsProvider components={{ SchemaForm }}>
        <AssistantForm assistant={assistant()} onSubmit={noop} />
      </ComponentsProvider>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'get_weather' }));
    fill(/^Parameters/, '{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/a"}}}');
    await userEvent.click(screen.getByRole('button', { name: 'Preview form' }));
    expect(await screen.findByText(/refers to itself without end/)).toBeInTheDocument();
  });
});

describe('settings', () => {
  test('are submitted if they were changed', async () => {
    const { onSubmit, user } = renderForm({ assistant: assistant({ temperature: 1 }) });
    await openSettings();
    fill('Temperature', '0,3');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Reasoning effort' }), 'High');
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Response format' }),
      'JSON with a schema',
    );
    fill('Name of the schema', 'answer');
    fill(/^Schema/, '{"type":"object"}');
    await save();
    expect(onSubmit.mock.calls[0]?.[1]).toEqual({
      temperature: 0.3,
      reasoning_effort: 'high',
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', schema: { type: 'object' } },
      },
    });
  });

  test.each([
    ['Temperature', '2.1', 'Must be at most 2.'],
    ['Temperature', 'warm', 'This is not the right kind of value.'],
    ['Top P', '-1', 'Must be at least 0.'],
  ])('reject %s %s', async (name, value, message) => {
    renderForm({ assistant: assistant() });
    await openSettings();
    fill(name, value);
    await waitFor(() => expect(getField(name)).toHaveAccessibleDescription(message));
  });

  test('of version 2 are not shown for version 1', () => {
    renderForm({ assistant: assistant({ tools: [{ type: 'retrieval' }] }), apiVersion: 'v1' });
    expect(screen.queryByRole('textbox', { name: 'Temperature', hidden: true })).toBeNull();
    expect(screen.getByRole('checkbox', { name: 'File search' })).toBeChecked();
  });
});

describe('metadata', () => {
  test('is edited in rows, up to the limits of the API', async () => {
    const { onSubmit, user } = renderForm({ assistant: assistant({ metadata: { team: 'a' } }) });
    await openSettings();
    const addButton = screen.getByRole('button', { name: 'Add metadata' });
    await user.click(addButton);
    expect(getField('Key 2')).toHaveFocus();
    await user.keyboard('team');
    await waitFor(() =>
      expect(getField('Key 2')).toHaveAccessibleDescription('Values must be unique.'),
    );
    fill('Key 2', '🦜'.repeat(65));
    fill('Value 2', '🦜'.repeat(513));
    await waitFor(() =>
      expect(getField('Value 2')).toHaveAccessibleDescription('At most 512 characters.'),
    );
    expect(getField('Key 2')).toHaveAccessibleDescription('At most 64 characters.');
    fill('Key 2', '__proto__');
    fill('Value 2', '');
    await user.click(screen.getByRole('button', { name: 'Remove team' }));
    await save();
    expect(JSON.stringify(onSubmit.mock.calls[0]?.[1])).toBe('{"metadata":{"__proto__":""}}');
  });

  test('has no seventeenth pair', async () => {
    const pairs = Array.from({ length: 16 }, (_, index) => [`key ${index}`, '']);
    renderForm({ assistant: assistant({ metadata: Object.fromEntries(pairs) }) });
    await openSettings();
    await userEvent.click(screen.getByRole('button', { name: 'Add metadata' }));
    expect(screen.queryByRole('textbox', { name: 'Key 17' })).toBeNull();
  });
});

describe('changes on the server', () => {
  const before = assistant({ name: 'Before' });

  test('are shown in fields that the user has not changed', async () => {
    const { rerender, onSubmit } = renderForm({ assistant: before });
    fill('Description', 'Mine');
    rerender({ assistant: { ...before, name: 'Theirs' } });
    expect(getField('Name')).toHaveValue('Theirs');
    expect(getField('Description')).toHaveValue('Mine');
    await save();
    expect(onSubmit.mock.calls[0]?.[1]).toEqual({ description: 'Mine' });
  });

  test('of a field that the user has changed wait for a decision', async () => {
    const { rerender, onSubmit, user } = renderForm({ assistant: before });
    fill('Name', 'Mine');
    rerender({ assistant: { ...before, name: 'Theirs' } });
    expect(getField('Name')).toHaveValue('Mine');
    expect(screen.getByRole('alert')).toHaveTextContent('1 field differs from yours.');
    expect(screen.getByText('Theirs')).toBeVisible();
    await save();
    expect(onSubmit).not.toHaveBeenCalled();
    await waitFor(() => expect(screen.getByRole('button', { name: 'Use theirs' })).toHaveFocus());

    await user.click(screen.getByRole('button', { name: 'Keep mine' }));
    expect(screen.queryByRole('alert')).toBeNull();
    await save();
    expect(onSubmit.mock.calls[0]?.[1]).toEqual({ name: 'Mine' });
  });

  test('can be taken for all fields at once', async () => {
    const { rerender, user } = renderForm({ assistant: before });
    fill('Name', 'Mine');
    fill('Model', 'mine');
    rerender({ assistant: { ...before, name: 'Theirs', model: 'theirs' } });
    await user.click(screen.getByRole('button', { name: 'Load theirs' }));
    expect(getField('Name')).toHaveValue('Theirs');
    expect(getField('Model')).toHaveValue('theirs');
  });

  test('that are found before saving wait for a decision, too', async () => {
    const getLatest = vi.fn<() => Promise<Assistant>>(async () => ({ ...before, name: 'Theirs' }));
    const { onSubmit } = renderForm({ assistant: before, getLatest });
    fill('Name', 'Mine');
    await save();
    await waitFor(() => expect(getLatest).toHaveBeenCalledOnce());
    await waitFor(() =>
      expect(screen.getByRole('alert')).toHaveTextContent('1 field differs from yours.'),
    );
    expect(onSubmit).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Keep mine' }));
    await save();
    await waitFor(() => expect(onSubmit.mock.lastCall?.[1]).toEqual({ name: 'Mine' }));
  });
});

test('holds a draft that the app stores, and shows it again', async () => {
  const onDraftChange = vi.fn<(draft: string) => void>();
  const { user } = renderForm({ assistant: assistant(), onDraftChange });
  await user.type(getField('Name'), '!');
  const [draft = ''] = onDraftChange.mock.lastCall ?? [];

  renderForm({ assistant: assistant(), draft, onDraftChange });
  const restored = screen.getAllByRole('textbox', { name: 'Name' })[1];
  expect(restored).toHaveValue('Travel desk!');
  expect(screen.getByText('Your unsaved changes are back.')).toBeVisible();
  await user.click(screen.getAllByRole('button', { name: 'Discard changes' })[1] ?? document.body);
  expect(onDraftChange).toHaveBeenLastCalledWith('');
});

test('ignores a second submit until the first one is done', async () => {
  const { onSubmit } = renderForm({ assistant: assistant() });
  onSubmit.mockReturnValue(new Promise<never>(() => undefined) as never);
  await save();
  await userEvent.click(screen.getByRole('button', { name: 'Saving' }));
  expect(onSubmit).toHaveBeenCalledOnce();
});

test('renders chosen fields only, and leaves the others unchanged', async () => {
  const { onSubmit } = renderForm({
    assistant: assistant(),
    children: <AssistantField name="instructions" />,
  });
  expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull();
  fill('Instructions', 'Be quick.');
  await save();
  expect(onSubmit.mock.calls[0]?.[1]).toEqual({ instructions: 'Be quick.' });
});

test('throws for a field outside of a form', () => {
  const consoleError = vi.spyOn(console, 'error').mockReturnValue();
  expect(() => render(<AssistantField name="name" />)).toThrow(
    'AssistantField must be used inside <AssistantForm>.',
  );
  consoleError.mockRestore();
});
