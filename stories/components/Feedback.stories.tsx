import type { Meta, StoryObj } from '@storybook/react-vite';
import { EmptyState, JumpToLatest, Loading, LoadOlder } from 'assistants-react';

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
