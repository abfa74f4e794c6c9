import { render, screen, waitFor } from '@testing-library/react';
import { ComponentsProvider, Markdown } from 'assistants-react';
import { HighlightedCodeBlock } from 'assistants-react/highlight';
import { expect, it } from 'vitest';
import { commonGrammars, grammarName } from '../../src/highlight/grammars.js';

const python = 'def greet(name):\n    # a comment\n    return f"Hello {name}", 42\n';

const tokens = (role: string) =>
  [...document.querySelectorAll(`[data-token="${role}"]`)].map((element) => element.textContent);
const code = () => document.querySelector('pre code')?.textContent;

it('colours code of a language it knows, and changes no character of it', async () => {
  render(<HighlightedCodeBlock code={python} language="py" />);
  expect(code()).toBe(python);
  await waitFor(() => expect(tokens('keyword')).toEqual(['def', 'return']));
  expect(tokens('comment')).toEqual(['# a comment']);
  expect(tokens('number')).toEqual(['42']);
  expect(code()).toBe(python);
});

it('colours in a message, given to the provider', async () => {
  render(
    <ComponentsProvider components={{ CodeBlock: HighlightedCodeBlock }}>
      <Markdown text={'```ts\nconst a: string = "<b>";\n```'} />
    </ComponentsProvider>,
  );
  await waitFor(() => expect(tokens('string')).toEqual(['"<b>"']));
  expect(screen.getByRole('button', { name: 'Copy code' })).toBeInTheDocument();
});

it('keeps the colours of code that grows on, and colours the rest once it stands still', async () => {
  const { rerender } = render(<HighlightedCodeBlock code="const a = 1;" language="js" />);
  await waitFor(() => expect(tokens('keyword')).toEqual(['const']));
  rerender(<HighlightedCodeBlock code={'const a = 1;\nlet b'} language="js" />);
  expect(tokens('keyword')).toEqual(['const']);
  expect(code()).toBe('const a = 1;\nlet b');
  await waitFor(() => expect(tokens('keyword')).toEqual(['const', 'let']));
});

it('colours long code slice by slice', async () => {
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
  ['the name of what every object has', 'constructor', 'const a = 1;'],
  ['code beyond the limit', 'js', 'let a = 1;\n'.repeat(6_000)],
])('leaves %s as it is', async (_, language, text) => {
  render(<HighlightedCodeBlock code={text} language={language} />);
  render(<HighlightedCodeBlock code="let known = 1" language="js" />);
  await waitFor(() => expect(tokens('keyword')).toEqual(['let']));
  expect(code()).toBe(text);
});

it('takes the grammars of the app', async () => {
  const grammars = {
    shout: async () => ({
      default: () => ({ name: 'shout', contains: [{ scope: 'keyword', begin: /[A-Z]{3,}/ }] }),
    }),
  };
  render(<HighlightedCodeBlock code="say HELLO" language="shout" grammars={grammars} />);
  await waitFor(() => expect(tokens('keyword')).toEqual(['HELLO']));
});

it.each(Object.keys(commonGrammars))('fetches the grammar of %s', async (name) => {
  const grammar = await commonGrammars[name]?.();
  expect(typeof grammar?.default).toBe('function');
  expect(grammarName(name.toUpperCase(), commonGrammars)).toBe(name);
});
