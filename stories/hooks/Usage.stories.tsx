import type { Meta, StoryObj } from '@storybook/react-vite';
import { useUsage } from 'assistants-react';
import { QueryDemo } from './HookDemo.js';
import { createAnswer } from './hookData.js';
import { expectData, hookMeta, withData } from './hookStory.js';

/** The hook of the tokens of a user, with its call, its result, and the requests that it makes. */
const meta = { ...hookMeta, title: 'Hooks/Usage' } satisfies Meta;

export default meta;

export const UseUsage: StoryObj<object> = {
  name: 'useUsage',
  parameters: withData([], { prepare: createAnswer }),
  render: function Render() {
    const params = { query: { limit: 30 } };
    return <QueryDemo hook="useUsage" params={params} result={useUsage(params)} />;
  },
  play: expectData,
};
