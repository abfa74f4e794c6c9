import type { Meta, StoryObj } from '@storybook/react-vite';
import { EmptyState, JumpToLatest, Loading, LoadOlder } from 'assistants-react';
import { expect, fn } from 'storybook/test';

const meta = { component: EmptyState } satisfies Meta<typeof EmptyState>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Empty: Story = {};
export const WithSuggestions: Story = {
  args: {
    suggestions: [
      'What is the weather in Lisbon?',
      'Plan three days of walks and food',
      'Summarise a file for me',
      'Write a friendly reminder',
    ],
  },
};
export const WithCards: Story = {
  args: {
    description: 'Ask about the weather, trains and good places to eat.',
    suggestions: [
      { title: 'Weather', text: 'What is the weather in Lisbon?' },
      { title: 'Plans', text: 'Plan three days of walks and food' },
      { title: 'Files', text: 'Summarise a file for me' },
      { title: 'Mail', text: 'Write a friendly reminder' },
    ],
    onSuggestion: fn(),
  },
  play: async ({ args, canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: /^Weather/ }));
    await expect(args.onSuggestion).toHaveBeenCalledWith('What is the weather in Lisbon?');
  },
};
export const CustomTexts: Story = {
  args: {
    heading: 'Ask the travel desk',
    description: 'It knows the weather, trains and good places to eat.',
  },
};
export const OlderMessages: Story = {
  render: () => <LoadOlder hasOlder onLoad={() => undefined} />,
};
export const LoadingOlder: Story = {
  render: () => <LoadOlder hasOlder isLoading onLoad={() => undefined} />,
};
export const Jump: Story = { render: () => <JumpToLatest /> };
export const JumpWithCount: Story = { render: () => <JumpToLatest count={3} /> };
export const LoadingIndicator: Story = { render: () => <Loading delayMs={0} /> };
