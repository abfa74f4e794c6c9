import type { Meta, StoryObj } from '@storybook/react-vite';
import { MenuButton } from 'assistants-react';
import { expect, userEvent, waitFor } from 'storybook/test';

/** Button that opens a menu. Keys: arrows, Home, End and first letters move through the menu, Escape closes it. */
const meta = {
  component: MenuButton,
  args: {
    'aria-label': 'More',
    items: [
      { label: 'Rename', shortcut: 'F2', onSelect: () => undefined },
      { label: 'Delete', isDanger: true, onSelect: () => undefined },
    ],
  },
} satisfies Meta<typeof MenuButton>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Closed: Story = {};

export const Open: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'More' }));
    const rename = await canvas.findByRole('menuitem', { name: 'Rename' });
    await waitFor(() => expect(rename).toHaveFocus());
  },
};
