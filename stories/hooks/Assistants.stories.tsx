import type { Meta, StoryObj } from '@storybook/react-vite';
import {
  useAssistant,
  useAssistants,
  useCreateAssistant,
  useDeleteAssistant,
  useModifyAssistant,
} from 'assistants-react';
import { MutationDemo, QueryDemo } from './HookDemo.js';
import { expectData, hookMeta, mutate, withData } from './hookStory.js';

/** The hooks of assistants, each with its call, its result, and the requests that it makes. */
const meta = { ...hookMeta, title: 'Hooks/Assistants' } satisfies Meta;

export default meta;

export const UseAssistants: StoryObj<object> = {
  name: 'useAssistants',
  parameters: withData([]),
  render: function Render() {
    const params = { query: { limit: 20, order: 'desc' } } as const;
    return <QueryDemo hook="useAssistants" params={params} result={useAssistants(params)} />;
  },
  play: expectData,
};

export const UseAssistant: StoryObj<{ assistantId: string }> = {
  name: 'useAssistant',
  parameters: withData(['assistantId']),
  render: function Render({ assistantId }) {
    const params = { assistantId };
    return <QueryDemo hook="useAssistant" params={params} result={useAssistant(params)} />;
  },
  play: expectData,
};

export const UseCreateAssistant: StoryObj<object> = {
  name: 'useCreateAssistant',
  parameters: withData([]),
  render: function Render() {
    return (
      <MutationDemo
        hook="useCreateAssistant"
        variables={{
          body: { model: 'scripted', name: 'Tea expert', instructions: 'Answer in one sentence.' },
        }}
        result={useCreateAssistant()}
      />
    );
  },
  play: mutate,
};

export const UseModifyAssistant: StoryObj<{ assistantId: string }> = {
  name: 'useModifyAssistant',
  parameters: withData(['assistantId']),
  render: function Render({ assistantId }) {
    return (
      <MutationDemo
        hook="useModifyAssistant"
        variables={{ assistantId, body: { name: 'Weather expert' } }}
        result={useModifyAssistant()}
      />
    );
  },
  play: mutate,
};

export const UseDeleteAssistant: StoryObj<{ assistantId: string }> = {
  name: 'useDeleteAssistant',
  parameters: withData(['assistantId']),
  render: function Render({ assistantId }) {
    return (
      <MutationDemo
        hook="useDeleteAssistant"
        variables={{ assistantId }}
        result={useDeleteAssistant()}
      />
    );
  },
  play: mutate,
};
