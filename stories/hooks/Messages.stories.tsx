import type { Meta, StoryObj } from '@storybook/react-vite';
import {
  useCreateMessage,
  useDeleteMessage,
  useMessage,
  useModifyMessage,
  useThreadMessages,
} from 'assistants-react';
import { MutationDemo, QueryDemo } from './HookDemo.js';
import { createAnswer } from './hookData.js';
import { expectData, hookMeta, mutate, withData } from './hookStory.js';

/** The hooks of messages, each with its call, its result, and the requests that it makes. */
const meta = { ...hookMeta, title: 'Hooks/Messages' } satisfies Meta;

export default meta;

export const UseThreadMessages: StoryObj<{ threadId: string }> = {
  name: 'useThreadMessages',
  parameters: withData(['threadId'], { prepare: createAnswer }),
  render: function Render({ threadId }) {
    const params = { threadId, query: { limit: 1, order: 'desc' } } as const;
    return (
      <QueryDemo hook="useThreadMessages" params={params} result={useThreadMessages(params)} />
    );
  },
  play: expectData,
};

export const UseMessage: StoryObj<{ threadId: string; messageId: string }> = {
  name: 'useMessage',
  parameters: withData(['threadId', 'messageId'], { prepare: createAnswer }),
  render: function Render({ threadId, messageId }) {
    const params = { threadId, messageId };
    return <QueryDemo hook="useMessage" params={params} result={useMessage(params)} />;
  },
  play: expectData,
};

export const UseCreateMessage: StoryObj<{ threadId: string }> = {
  name: 'useCreateMessage',
  parameters: withData(['threadId'], { prepare: createAnswer }),
  render: function Render({ threadId }) {
    return (
      <MutationDemo
        hook="useCreateMessage"
        variables={{ threadId, body: { role: 'user', content: 'And tomorrow?' } }}
        result={useCreateMessage()}
      />
    );
  },
  play: mutate,
};

export const UseModifyMessage: StoryObj<{ threadId: string; messageId: string }> = {
  name: 'useModifyMessage',
  parameters: withData(['threadId', 'messageId'], { prepare: createAnswer }),
  render: function Render({ threadId, messageId }) {
    return (
      <MutationDemo
        hook="useModifyMessage"
        variables={{ threadId, messageId, body: { metadata: { rating: 'good' } } }}
        result={useModifyMessage()}
      />
    );
  },
  play: mutate,
};

export const UseDeleteMessage: StoryObj<{ threadId: string; messageId: string }> = {
  name: 'useDeleteMessage',
  parameters: withData(['threadId', 'messageId'], { prepare: createAnswer }),
  render: function Render({ threadId, messageId }) {
    return (
      <MutationDemo
        hook="useDeleteMessage"
        variables={{ threadId, messageId }}
        result={useDeleteMessage()}
      />
    );
  },
  play: mutate,
};
