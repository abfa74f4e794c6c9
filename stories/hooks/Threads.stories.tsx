import type { Meta, StoryObj } from '@storybook/react-vite';
import {
  useCreateThread,
  useDeleteThread,
  useModifyThread,
  useThread,
  useThreadList,
} from 'assistants-react';
import { MutationDemo, QueryDemo } from './HookDemo.js';
import { createAnswer } from './hookData.js';
import { expectData, hookMeta, mutate, withData } from './hookStory.js';

/** The hooks of threads, each with its call, its result, and the requests that it makes. */
const meta = { ...hookMeta, title: 'Hooks/Threads' } satisfies Meta;

export default meta;

export const UseThreadList: StoryObj<object> = {
  name: 'useThreadList',
  parameters: withData([], { prepare: createAnswer }),
  render: function Render() {
    const params = { query: { limit: 20 } };
    return <QueryDemo hook="useThreadList" params={params} result={useThreadList(params)} />;
  },
  play: expectData,
};

export const UseThread: StoryObj<{ threadId: string }> = {
  name: 'useThread',
  parameters: withData(['threadId'], { prepare: createAnswer }),
  render: function Render({ threadId }) {
    const params = { threadId };
    return <QueryDemo hook="useThread" params={params} result={useThread(params)} />;
  },
  play: expectData,
};

export const UseCreateThread: StoryObj<object> = {
  name: 'useCreateThread',
  parameters: withData([]),
  render: function Render() {
    return (
      <MutationDemo
        hook="useCreateThread"
        variables={{ body: { messages: [{ role: 'user', content: 'Hello' }] } }}
        result={useCreateThread()}
      />
    );
  },
  play: mutate,
};

export const UseModifyThread: StoryObj<{ threadId: string }> = {
  name: 'useModifyThread',
  parameters: withData(['threadId'], { prepare: createAnswer }),
  render: function Render({ threadId }) {
    return (
      <MutationDemo
        hook="useModifyThread"
        variables={{ threadId, body: { metadata: { topic: 'weather' } } }}
        result={useModifyThread()}
      />
    );
  },
  play: mutate,
};

export const UseDeleteThread: StoryObj<{ threadId: string }> = {
  name: 'useDeleteThread',
  parameters: withData(['threadId'], { prepare: createAnswer }),
  render: function Render({ threadId }) {
    return (
      <MutationDemo hook="useDeleteThread" variables={{ threadId }} result={useDeleteThread()} />
    );
  },
  play: mutate,
};
