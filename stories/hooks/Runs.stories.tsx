import type { Meta, StoryObj } from '@storybook/react-vite';
import {
  useCancelRun,
  useCreateRun,
  useCreateThreadAndRun,
  useModifyRun,
  useRun,
  useSubmitToolOutputs,
  useThreadRuns,
} from 'assistants-react';
import { MutationDemo, QueryDemo } from './HookDemo.js';
import { createAnswer, createWaitingRun } from './hookData.js';
import { expectData, hookMeta, mutate, withData } from './hookStory.js';

/** The hooks of runs, each with its call, its result, and the requests that it makes. */
const meta = { ...hookMeta, title: 'Hooks/Runs' } satisfies Meta;

export default meta;

export const UseThreadRuns: StoryObj<{ threadId: string }> = {
  name: 'useThreadRuns',
  parameters: withData(['threadId'], { prepare: createAnswer }),
  render: function Render({ threadId }) {
    const params = { threadId };
    return <QueryDemo hook="useThreadRuns" params={params} result={useThreadRuns(params)} />;
  },
  play: expectData,
};

export const UseRun: StoryObj<{ threadId: string; runId: string }> = {
  name: 'useRun',
  parameters: withData(['threadId', 'runId'], { prepare: createAnswer }),
  render: function Render({ threadId, runId }) {
    const params = { threadId, runId };
    return <QueryDemo hook="useRun" params={params} result={useRun(params)} />;
  },
  play: expectData,
};

export const UseCreateRun: StoryObj<{ assistantId: string; threadId: string }> = {
  name: 'useCreateRun',
  parameters: withData(['assistantId', 'threadId'], { prepare: createAnswer }),
  render: function Render({ assistantId, threadId }) {
    return (
      <MutationDemo
        hook="useCreateRun"
        variables={{ threadId, body: { assistant_id: assistantId } }}
        result={useCreateRun()}
      />
    );
  },
  play: mutate,
};

export const UseCreateThreadAndRun: StoryObj<{ assistantId: string }> = {
  name: 'useCreateThreadAndRun',
  parameters: withData(['assistantId']),
  render: function Render({ assistantId }) {
    return (
      <MutationDemo
        hook="useCreateThreadAndRun"
        variables={{
          body: {
            assistant_id: assistantId,
            thread: { messages: [{ role: 'user', content: 'Hello' }] },
          },
        }}
        result={useCreateThreadAndRun()}
      />
    );
  },
  play: mutate,
};

export const UseModifyRun: StoryObj<{ threadId: string; runId: string }> = {
  name: 'useModifyRun',
  parameters: withData(['threadId', 'runId'], { prepare: createAnswer }),
  render: function Render({ threadId, runId }) {
    return (
      <MutationDemo
        hook="useModifyRun"
        variables={{ threadId, runId, body: { metadata: { source: 'test' } } }}
        result={useModifyRun()}
      />
    );
  },
  play: mutate,
};

export const UseSubmitToolOutputs: StoryObj<{ threadId: string; runId: string; callId: string }> = {
  name: 'useSubmitToolOutputs',
  parameters: withData(['threadId', 'runId', 'callId'], { prepare: createWaitingRun }),
  render: function Render({ threadId, runId, callId }) {
    return (
      <MutationDemo
        hook="useSubmitToolOutputs"
        variables={{
          threadId,
          runId,
          body: { tool_outputs: [{ tool_call_id: callId, output: 'Sunny' }] },
        }}
        result={useSubmitToolOutputs()}
      />
    );
  },
  play: mutate,
};

export const UseCancelRun: StoryObj<{ threadId: string; runId: string }> = {
  name: 'useCancelRun',
  parameters: withData(['threadId', 'runId'], { prepare: createWaitingRun }),
  render: function Render({ threadId, runId }) {
    return (
      <MutationDemo hook="useCancelRun" variables={{ threadId, runId }} result={useCancelRun()} />
    );
  },
  play: mutate,
};
