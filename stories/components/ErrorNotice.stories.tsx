import type { Meta, StoryObj } from '@storybook/react-vite';
import { ErrorNotice } from 'assistants-react';

const meta = {
  component: ErrorNotice,
  args: { error: { kind: 'network', message: 'Failed to fetch' }, onRetry: () => undefined },
} satisfies Meta<typeof ErrorNotice>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Network: Story = {};
export const NotLoaded: Story = {
  args: {
    error: { kind: 'network', code: 'not_loaded', message: 'Could not load the message editor.' },
  },
};
export const Timeout: Story = { args: { error: { kind: 'timeout', message: '' } } };
export const Unauthorized: Story = {
  args: {
    error: {
      kind: 'http',
      status: 401,
      message: 'Incorrect API key provided.',
      requestId: 'req_1',
    },
  },
};
export const NotFound: Story = {
  args: {
    error: { kind: 'http', status: 404, message: "No thread found with id 'thread_9'." },
    retryLabel: 'New conversation',
  },
};
export const RateLimit: Story = {
  args: { error: { kind: 'http', status: 429, message: 'Rate limit reached.' } },
};
export const Server: Story = {
  args: {
    error: { kind: 'http', status: 500, message: '', requestId: 'req_2' },
    onDismiss: () => undefined,
  },
};
export const Protocol: Story = {
  args: { error: { kind: 'protocol', status: 200, message: 'Expected JSON, got text/html.' } },
};
export const Stream: Story = {
  args: { error: { kind: 'stream', message: 'The stream was cut.' } },
};
export const Run: Story = { args: { error: { kind: 'run', message: '' } } };
export const Tool: Story = { args: { error: { kind: 'tool', message: '' } } };
export const Busy: Story = {
  args: { error: { kind: 'busy', message: '' }, retryLabel: 'Stop the answer' },
};
export const InvalidId: Story = {
  args: { error: { kind: 'invalid-id', message: "'..' is not a valid id." } },
};
export const Aborted: Story = { args: { error: { kind: 'aborted', message: '' } } };
export const Unknown: Story = {
  args: {
    error: { message: `Long words: ${'x'.repeat(300)}`, title: 'A custom title with <b>HTML</b>' },
  },
};
