import type { Meta, StoryObj } from '@storybook/react-vite';
import { ComponentsProvider, Markdown } from 'assistants-react';
import { HighlightedCodeBlock } from 'assistants-react/highlight';
import { expect, waitFor } from 'storybook/test';

const meta = {
  component: HighlightedCodeBlock,
  args: {
    language: 'typescript',
    code: `import { readFile } from 'node:fs/promises';

/** Counts the words of a file. */
export async function countWords(path: string): Promise<number> {
  const text = await readFile(path, 'utf8');
  return text.split(/\\s+/).filter((word) => word.length > 0).length; // 0 for an empty file
}`,
  },
} satisfies Meta<typeof HighlightedCodeBlock>;

export default meta;
type Story = StoryObj<typeof meta>;

const hasColours: Story['play'] = async ({ canvasElement }) => {
  await waitFor(() => expect(canvasElement.querySelector('[data-token="keyword"]')).toBeVisible());
};

export const TypeScript: Story = { play: hasColours };

export const Python: Story = {
  args: {
    language: 'py',
    code: '@cache\ndef fib(n: int) -> int:\n    """The nth number of Fibonacci."""\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n\nprint(f"{fib(90):,}")',
  },
  play: hasColours,
};

export const Diff: Story = {
  args: {
    language: 'diff',
    code: '@@ -1,2 +1,2 @@\n-const port = 80;\n+const port = 8080;\n export default port;',
  },
  play: async ({ canvasElement }) => {
    await waitFor(() =>
      expect(canvasElement.querySelector('[data-token="inserted"]')).toBeVisible(),
    );
  },
};

/** Colours come with the language: without one that is known the code stands as it is. */
export const UnknownLanguage: Story = { args: { language: 'klingon', code: "nuqneH, qo'?" } };

/** In the messages of an app: given to the provider once. */
export const InMarkdown: Story = {
  render: ({ code }) => (
    <ComponentsProvider components={{ CodeBlock: HighlightedCodeBlock }}>
      <Markdown
        text={`Here it is:\n\n\`\`\`ts\n${code}\n\`\`\`\n\nAnd the same as JSON:\n\n\`\`\`json\n{ "words": 12, "empty": false }\n\`\`\``}
      />
    </ComponentsProvider>
  ),
  play: hasColours,
};
