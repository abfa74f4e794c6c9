import type { Meta, StoryObj } from '@storybook/react-vite';
import { Reasoning } from 'assistants-react';
import { expect, userEvent, within } from 'storybook/test';

const text = `The user asks for a weekend in Lisbon. I should **check the weather** first.

1. Friday evening: arrival, dinner in Alfama.
2. Saturday: Belém in the morning, while it is cool.

Rain is likely on Sunday, so the museum belongs there.`;

const meta = {
  component: Reasoning,
  args: { text, durationMs: 12_400 },
  render: (args) => (
    <div style={{ maxInlineSize: '46rem', marginInline: 'auto' }}>
      <Reasoning {...args} />
    </div>
  ),
} satisfies Meta<typeof Reasoning>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Folded at first. The text is rendered once it is unfolded. */
export const Folded: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(canvas.queryByText(/Rain is likely/)).toBeNull();
    const label = await canvas.findByText(/Thought for 12/);
    await userEvent.click(label);
    await expect(await canvas.findByText(/Rain is likely/)).toBeVisible();
    await userEvent.click(label);
  },
};
export const Unfolded: Story = { args: { open: true } };
export const Streaming: Story = {
  args: { text: text.slice(0, 90), isStreaming: true, durationMs: null, open: true },
};
export const Truncated: Story = { args: { open: true, isTruncated: true } };
export const UnknownDuration: Story = { args: { durationMs: null } };
/** Text of a model is never HTML. */
export const HostileText: Story = {
  args: {
    open: true,
    text: '<img src=x onerror=alert(1)> [link](javascript:alert(1)) ![](https://example.org/a.png)',
  },
};
