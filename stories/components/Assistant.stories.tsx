import type { Meta, StoryObj } from '@storybook/react-vite';
import {
  AssistantCard,
  AssistantForm,
  Button,
  ComponentsProvider,
  FileList,
  type AssistantFormProps,
  type AssistantTool,
} from 'assistants-react';
import { SchemaForm } from 'assistants-react/schema-form';
import { useState, type ReactElement } from 'react';
import { expect, fn, userEvent } from 'storybook/test';
import { assistant } from '../fixtures.js';

const WEATHER_SCHEMA = JSON.stringify(
  {
    type: 'object',
    properties: {
      city: { type: 'string', description: 'Name of the city' },
      unit: { enum: ['celsius', 'fahrenheit'], default: 'celsius' },
      days: { type: 'integer', minimum: 1, maximum: 7 },
    },
    required: ['city'],
  },
  null,
  2,
);

function ChangedElsewhere(props: AssistantFormProps): ReactElement {
  const [isChanged, setIsChanged] = useState(false);
  return (
    <>
      <AssistantForm
        {...props}
        assistant={
          isChanged
            ? assistant({ name: 'Travel office', instructions: 'Be thorough.' })
            : assistant()
        }
      />
      <Button onClick={() => setIsChanged(true)}>Change it elsewhere</Button>
    </>
  );
}

const meta = { component: AssistantForm, args: { onSubmit: fn(), onCancel: fn() } } satisfies Meta<
  typeof AssistantForm
>;

export default meta;
type Story = StoryObj<typeof meta>;

export const EmptyForm: Story = {};
export const Form: Story = { args: { assistant: assistant() } };
export const FormSubmitting: Story = { args: { assistant: assistant(), isSubmitting: true } };
export const FormFailed: Story = {
  args: { assistant: assistant(), error: 'The model is not known to this server.' },
};
export const FormInvalid: Story = {
  args: { assistant: assistant({ model: '' }) },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }));
    await expect(canvas.getByRole('textbox', { name: 'Model' })).toHaveFocus();
  },
};
export const FormWithFunction: Story = {
  args: { assistant: assistant({ tools: [] }) },
  render: (args) => (
    <ComponentsProvider components={{ SchemaForm }}>
      <AssistantForm {...args} />
    </ComponentsProvider>
  ),
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Add function' }));
    await userEvent.keyboard('get_weather');
    await userEvent.click(canvas.getByRole('textbox', { name: /^Parameters/ }));
    await userEvent.paste(WEATHER_SCHEMA);
    await userEvent.click(canvas.getByRole('button', { name: 'Preview form' }));
    await expect(await canvas.findByRole('textbox', { name: /^city/ })).toBeVisible();
  },
};
export const FormWithMistakes: Story = {
  args: { assistant: assistant() },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'get_weather' }));
    await userEvent.click(canvas.getByRole('textbox', { name: /^Parameters/ }));
    await userEvent.paste('{\n  // the city\n  "type": "object",\n}');
    await expect(await canvas.findByText(/^Line 2: JSON has no comments/)).toBeVisible();
    await userEvent.click(canvas.getByText('More settings'));
    await userEvent.type(canvas.getByRole('textbox', { name: 'Temperature' }), '3');
    await expect(await canvas.findByText('Must be at most 2.')).toBeVisible();
  },
};
export const FormWithUnknownTool: Story = {
  args: {
    assistant: assistant({ tools: [{ type: 'telepathy' } as unknown as AssistantTool] }),
  },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'telepathy' }));
    await expect(canvas.getByText(/does not know this kind of tool/)).toBeVisible();
  },
};
/** The server has changed two fields that the user has changed, too. */
export const FormConflict: Story = {
  render: (args) => <ChangedElsewhere {...args} />,
  play: async ({ canvas }) => {
    await userEvent.type(canvas.getByRole('textbox', { name: 'Name' }), ' of mine');
    await userEvent.type(canvas.getByRole('textbox', { name: 'Instructions' }), ' And kind.');
    await userEvent.click(canvas.getByRole('button', { name: 'Change it elsewhere' }));
    await expect(canvas.getByRole('alert')).toHaveTextContent('2 fields differ from yours.');
    await expect(canvas.getByText('Travel office')).toBeVisible();
  },
};
export const Card: Story = { render: () => <AssistantCard assistant={assistant()} /> };
export const CardSelected: Story = {
  render: () => <AssistantCard assistant={assistant()} isSelected onSelect={() => undefined} />,
};
export const CardWithoutDetails: Story = {
  render: () => (
    <AssistantCard assistant={assistant({ name: null, description: null, tools: [] })} />
  ),
};
export const Files: Story = {
  render: () => (
    <FileList
      files={[
        { id: 'file-1', filename: 'forecast.pdf', bytes: 482_000 },
        { id: 'file-2', filename: '\u202Egpj.exe — a misleading name.jpg', bytes: 12 },
      ]}
      onRemove={() => undefined}
      onDownload={() => undefined}
    />
  ),
};
export const NoFiles: Story = { render: () => <FileList files={[]} /> };
