import { render, screen, waitFor } from '@testing-library/react';
import { ComponentsProvider, Markdown } from 'assistants-react';
import { HighlightedCodeBlock } from 'assistants-react/highlight';
import { expect, it } from 'vitest';
import { commonGrammars, findGrammarName } from '../../src/highlight/grammars.js';

const python = 'def greet(name):\n    # a comment\n    return f"Hello {name}", 42\n';

const tokens = (role: string) =>
  [...document.querySelectorAll(`[data-token="${role}"]`)].map((element) => element.textContent);
const code = () => document.querySelector('pre code')?.textContent;

it.each([
  ['ts', 'TypeScript'],
  ['py', 'Python'],
  ['html', 'HTML'],
  ['yml', 'YAML'],
  ['klingon', 'klingon'],
])('names the language of %s code %s', (language, name) => {
  render(<HighlightedCodeBlock code="a" language={language} />);
  expect(screen.getByText(name)).toBeVisible();
});

it('highlights code of a known language without changing its text', async () => {
  render(<HighlightedCodeBlock code={python} language="py" />);
  expect(code()).toBe(python);
  await waitFor(() => expect(tokens('keyword')).toEqual(['def', 'return']));
  expect(tokens('comment')).toEqual(['# a comment']);
  expect(tokens('number')).toEqual(['42']);
  expect(code()).toBe(python);
});

it('highlights code in markdown as a component of the provider', async () => {
  render(
    <ComponentsProvider components={{ CodeBlock: HighlightedCodeBlock }}>
      <Markdown text={'```ts\nconst a: string = "<b>";\n```'} />
    </ComponentsProvider>,
  );
  await waitFor(() => expect(tokens('string')).toEqual(['"<b>"']));
  expect(screen.getByRole('button', { name: 'Copy code' })).toBeInTheDocument();
});

it('keeps the colours of growing code, and highlights the rest once it has settled', async () => {
  const { rerender } = render(<HighlightedCodeBlock code="const a = 1;" language="js" />);
  await waitFor(() => expect(tokens('keyword')).toEqual(['const']));
  rerender(<HighlightedCodeBlock code={'const a = 1;\nlet b'} language="js" />);
  expect(tokens('keyword')).toEqual(['const']);
  expect(code()).toBe('const a = 1;\nlet b');
  await waitFor(() => expect(tokens('keyword')).toEqual(['const', 'let']));
});

it('highlights long code in slices', async () => {
  const long = Array.from(
    { length: 400 },
    (_, index) => `export const name${index} = ${index};\n\n`,
  ).join('');
  render(<HighlightedCodeBlock code={long} language="javascript" />);
  await waitFor(() => expect(tokens('number')).toHaveLength(400));
  expect(code()).toBe(long);
});

it.each([
  ['an unknown language', 'klingon', 'nuqneH'],
  ['no language', undefined, 'const a = 1;'],
  ['the name of an inherited property', 'constructor', 'const a = 1;'],
  ['code beyond the limit', 'js', 'let a = 1;\n'.repeat(6_000)],
])('does not highlight %s', async (_, language, text) => {
  render(<HighlightedCodeBlock code={text} language={language} />);
  render(<HighlightedCodeBlock code="let known = 1" language="js" />);
  await waitFor(() => expect(tokens('keyword')).toEqual(['let']));
  expect(code()).toBe(text);
});

it('uses the grammars of the app', async () => {
  const grammars = {
    shout: async () => ({
      default: () => ({ name: 'shout', contains: [{ scope: 'keyword', begin: /[A-Z]{3,}/ }] }),
    }),
  };
  render(<HighlightedCodeBlock code="say HELLO" language="shout" grammars={grammars} />);
  await waitFor(() => expect(tokens('keyword')).toEqual(['HELLO']));
});

it.each(Object.keys(commonGrammars))('loads the grammar of %s', async (name) => {
  const grammar = await commonGrammars[name]?.();
  expect(typeof grammar?.default).toBe('function');
  expect(findGrammarName(name.toUpperCase(), commonGrammars)).toBe(name);
});
