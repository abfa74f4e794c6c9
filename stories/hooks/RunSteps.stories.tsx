import type { Meta, StoryObj } from '@storybook/react-vite';
import { useRunStep, useRunSteps } from 'assistants-react';
import { QueryDemo } from './HookDemo.js';
import { createAnswer } from './hookData.js';
import { expectData, hookMeta, withData } from './hookStory.js';

/** The hooks of steps of runs, each with its call, its result, and the requests that it makes. */
const meta = { ...hookMeta, title: 'Hooks/Run steps' } satisfies Meta;

export default meta;

export const UseRunSteps: StoryObj<{ threadId: string; runId: string }> = {
  name: 'useRunSteps',
  parameters: withData(['threadId', 'runId'], { prepare: createAnswer }),
  render: function Render({ threadId, runId }) {
    const params = { threadId, runId };
    return <QueryDemo hook="useRunSteps" params={params} result={useRunSteps(params)} />;
  },
  play: expectData,
};

export const UseRunStep: StoryObj<{ threadId: string; runId: string; stepId: string }> = {
  name: 'useRunStep',
  parameters: withData(['threadId', 'runId', 'stepId'], { prepare: createAnswer }),
  render: function Render({ threadId, runId, stepId }) {
    const params = { threadId, runId, stepId };
    return <QueryDemo hook="useRunStep" params={params} result={useRunStep(params)} />;
  },
  play: expectData,
};
