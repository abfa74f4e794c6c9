import type { Meta, StoryObj } from '@storybook/react-vite';
import { RunSteps } from 'assistants-react';
import { expect } from 'storybook/test';
import { noon, step } from '../fixtures.js';

const messageStep = step(
  { type: 'message_creation', message_creation: { message_id: 'msg_1' } },
  { id: 'step_9', created_at: noon + 3, completed_at: noon + 7 },
);
const createCallStep = (
  output: string | null,
  argumentsText = '{"city":"Lisbon","unit":"celsius","days":3,"detailed":true,"tags":["rain","wind"],"note":""}',
) =>
  step({
    type: 'tool_calls',
    tool_calls: [
      {
        id: 'call_1',
        type: 'function',
        function: { name: 'get_weather', arguments: argumentsText, output },
      },
    ],
  });

const meta = {
  component: RunSteps,
  args: {
    steps: [createCallStep('{"high":22,"low":14,"rain":0.1}'), messageStep],
    open: true,
    now: noon + 9,
  },
  render: (args) => (
    <div style={{ maxInlineSize: '46rem', marginInline: 'auto' }}>
      <RunSteps {...args} />
    </div>
  ),
} satisfies Meta<typeof RunSteps>;

export default meta;
type Story = StoryObj<typeof meta>;

const expandAll: Story['play'] = ({ canvasElement }) => {
  for (const details of canvasElement.querySelectorAll('details')) details.open = true;
};

export const Folded: Story = { args: { open: false } };
export const Open: Story = {};
export const FunctionCall: Story = { play: expandAll };
export const MalformedArguments: Story = {
  args: { steps: [createCallStep(null, '{"city": "Lis')] },
  play: expandAll,
};
export const InProgress: Story = {
  args: {
    steps: [
      step(
        {
          type: 'tool_calls',
          tool_calls: [
            {
              id: 'call_1',
              type: 'function',
              function: { name: 'get_weather', arguments: '{"city":"Lisbon"}', output: null },
            },
          ],
        },
        { status: 'in_progress', completed_at: null },
      ),
    ],
  },
};
export const Failed: Story = {
  args: {
    steps: [
      step(
        {
          type: 'tool_calls',
          tool_calls: [
            {
              id: 'call_1',
              type: 'function',
              function: { name: 'get_weather', arguments: '{}', output: null },
            },
          ],
        },
        {
          status: 'failed',
          completed_at: null,
          failed_at: noon + 3,
          last_error: { code: 'server_error', message: 'The tool did not answer.' },
        },
      ),
    ],
  },
};
export const Code: Story = {
  args: {
    steps: [
      step({
        type: 'tool_calls',
        tool_calls: [
          {
            id: 'call_1',
            type: 'code_interpreter',
            code_interpreter: {
              input: 'import math\nprint(math.pi)',
              outputs: [
                { type: 'logs', logs: '3.141592653589793' },
                { type: 'image', image: { file_id: 'file-1' } },
              ],
            },
          },
        ],
      }),
    ],
  },
  play: expandAll,
};
export const FileSearch: Story = {
  args: {
    steps: [
      step({
        type: 'tool_calls',
        tool_calls: [
          {
            id: 'call_1',
            type: 'file_search',
            file_search: {
              results: [
                {
                  file_id: 'file-1',
                  file_name: 'forecast.pdf',
                  score: 0.92,
                  content: [{ type: 'text', text: 'Rain is likely from noon on.' }],
                },
                { file_id: 'file-2', file_name: 'climate.md', score: 0.41 },
              ],
            },
          },
        ],
      }),
    ],
  },
  play: expandAll,
};
export const FileLeftOut: Story = {
  args: {
    steps: [
      step(
        {
          type: 'tool_calls',
          tool_calls: [{ id: 'call_1', type: 'file_search', file_search: { results: [] } }],
        },
        {
          metadata: {
            query: 'rain',
            notice: "'forecast.pdf' was not read, because it takes longer than 30 seconds.",
          },
        },
      ),
    ],
  },
  play: async (context) => {
    await expandAll?.(context);
    await expect(context.canvas.getByText(/'forecast.pdf' was not read/)).toBeVisible();
  },
};
/** The server has not offered a tool to the model. Every step says so, also one without calls. */
export const ToolNotOffered: Story = {
  args: {
    steps: [createCallStep('{"high":22}'), messageStep].map((each) => ({
      ...each,
      metadata: { notice: 'The model was not offered the tool code_interpreter.' },
    })),
  },
  play: async (context) => {
    await expandAll?.(context);
    await expect(context.canvas.getAllByText(/was not offered/)).toHaveLength(2);
  },
};
export const UnknownTool: Story = {
  args: {
    steps: [
      step({
        type: 'tool_calls',
        tool_calls: JSON.parse('[{"id":"call_1","type":"browser","browser":{}}]') as [],
      }),
    ],
  },
  play: expandAll,
};
/** A step, and the details of a call, that cannot be rendered. */
export const Unreadable: Story = {
  args: {
    steps: [
      createCallStep(null),
      step(JSON.parse('{"type":"tool_calls"}'), { id: 'step_2' }),
      messageStep,
    ],
    renderCall: () => {
      throw new Error('This renderer fails.');
    },
  },
  play: async (context) => {
    await expandAll?.(context);
    await expect(context.canvas.getAllByText('Something went wrong')).toHaveLength(2);
  },
};
