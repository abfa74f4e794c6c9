import type { Meta, StoryObj } from '@storybook/react-vite';
import { AssistantCard, AssistantForm, FileList } from 'assistants-react';
import { expect, fn, userEvent } from 'storybook/test';
import { assistant } from '../fixtures.js';

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
