import type { Meta, StoryObj } from '@storybook/react-vite';
import { IconButton } from 'assistants-react';
import { Pencil } from 'lucide-react';
import { expect, userEvent, waitFor } from 'storybook/test';

/** Button with an icon. Its name appears as a tooltip when the pointer rests on it, or the keyboard focuses it. */
const meta = {
  component: IconButton,
  args: { label: 'Edit', children: <Pencil size={16} strokeWidth={1.5} aria-hidden /> },
  parameters: { box: { height: 100 } },
} satisfies Meta<typeof IconButton>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Default: Story = {};

/** A tooltip with other words than the name, such as the key that does the same. */
export const Tooltip: Story = {
  args: { label: 'Edit Cook', tooltip: 'Edit  F2' },
  decorators: [(Story) => <div style={{ padding: 48 }}>{Story()}</div>],
  play: async ({ canvas, canvasElement }) => {
    await userEvent.tab();
    await expect(canvas.getByRole('button', { name: 'Edit Cook' })).toHaveFocus();
    await waitFor(() =>
      expect(canvasElement.querySelector('[data-part="tooltip"]')).toHaveTextContent('Edit F2'),
    );
  },
};
