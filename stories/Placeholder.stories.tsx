import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { Placeholder } from 'assistants-react';

const meta = { component: Placeholder } satisfies Meta<typeof Placeholder>;

export default meta;

export const Default: StoryObj<typeof meta> = {
  play: async ({ canvas }) => {
    await expect(canvas.getByText('assistants-react')).toBeVisible();
  },
};
