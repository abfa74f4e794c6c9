import type { Meta, StoryObj } from '@storybook/react-vite';
import { MathMarkdown } from 'assistants-react/math';
import { expect, waitFor } from 'storybook/test';

const meta = {
  component: MathMarkdown,
  render: (args) => (
    <div style={{ maxInlineSize: '46rem', marginInline: 'auto' }}>
      <MathMarkdown {...args} />
    </div>
  ),
  args: {
    text: [
      'The roots of $ax^2 + bx + c = 0$ are',
      '$$x_{1,2} = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}$$',
      'and for \\(a = 1\\) their sum is \\(-b\\). As a matrix:',
      '\\[\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} \\begin{pmatrix} x \\\\ y \\end{pmatrix} = \\sum_{k=0}^{\\infty} \\frac{x^k}{k!} = e^x\\]',
      'A coffee is $5, two are $10.',
    ].join('\n\n'),
  },
} satisfies Meta<typeof MathMarkdown>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Formulas: Story = {
  play: async ({ canvasElement, canvas }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('math')).toHaveLength(5));
    await expect(canvas.getByText('A coffee is $5, two are $10.')).toBeVisible();
  },
};

/** An incomplete formula is rendered as its source. */
export const Growing: Story = {
  args: { text: 'The roots are \\[ x_{1,2} = \\frac{-b', isStreaming: true },
  play: async ({ canvas }) => {
    await expect(canvas.getByText(/x_\{1,2\} =/)).toBeVisible();
  },
};

/** Invalid and oversized formulas are rendered as their source. */
export const NotAFormula: Story = {
  args: { text: '$$\\frac{a$$ and $$\\href{javascript:alert(1)}{x}$$' },
  play: async ({ canvasElement }) => {
    await waitFor(() =>
      expect(canvasElement.querySelectorAll('[data-state="failed"]')).toHaveLength(2),
    );
  },
};
