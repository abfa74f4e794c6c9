import { render, screen, waitFor } from '@testing-library/react';
import { ComponentsProvider, Message } from 'assistants-react';
import { MathMarkdown } from 'assistants-react/math';
import { expect, it } from 'vitest';
import { message } from '../../stories/fixtures.js';

const formulas = () => [...document.querySelectorAll<HTMLElement>('[data-part="formula"]')];
const settled = () =>
  waitFor(() =>
    expect(formulas().every(({ dataset }) => dataset['state'] !== 'source')).toBe(true),
  );

it('renders formulas as MathML within text', async () => {
  render(
    <MathMarkdown
      text={
        'The area is **exactly** $\\pi r^2$:\n\n$$\\frac{a_1}{b_*}$$\n\n- and \\(x\\) for $5 or $10'
      }
    />,
  );
  await settled();
  expect(formulas().map(({ dataset }) => dataset['state'])).toEqual(['math', 'math', 'math']);
  expect(document.querySelectorAll('math')).toHaveLength(3);
  expect(document.querySelector('math[display="block"] mfrac msub')?.textContent).toBe('a1');
  expect(document.querySelector('math')?.namespaceURI).toBe('http://www.w3.org/1998/Math/MathML');
  expect(screen.getByText('exactly').tagName).toBe('STRONG');
  expect(screen.getByText(/for \$5 or \$10/)).toBeVisible();
});

it('names a display formula by its source, because it scrolls', async () => {
  render(<MathMarkdown text="$$x$$" />);
  expect(await screen.findByRole('group', { name: 'x' })).toBeVisible();
});

it.each([
  ['is invalid', '\\frac{a'],
  ['defines macros', '\\def\\a{\\a\\a}\\a'],
  ['contains a link', '\\href{javascript:alert(1)}{x}'],
  ['contains an image', '\\includegraphics{https://evil.example/a.png}'],
  ['is too deep', `${'\\sqrt{'.repeat(100)}x${'}'.repeat(100)}`],
  ['is too large', 'x+'.repeat(1_990)],
])('renders a formula that %s as its source', async (_, tex) => {
  render(<MathMarkdown text={`$$${tex}$$`} />);
  await settled();
  expect(formulas()[0]).toHaveAttribute('data-state', 'failed');
  expect(formulas()[0]).toHaveTextContent(tex.slice(0, 40));
  expect(document.querySelector('a, img, math')).toBeNull();
});

it('removes colours, classes, ids and long distances from formulas', async () => {
  render(<MathMarkdown text={'$\\color{white}{x} \\hspace{900em} \\rule{900em}{1em}$'} />);
  await settled();
  const all = [...document.querySelectorAll('math, math *')];
  expect(all.length).toBeGreaterThan(1);
  expect(
    all.filter(
      (element) =>
        element.id !== '' || element.hasAttribute('class') || element.outerHTML.includes('900'),
    ),
  ).toEqual([]);
  expect(all.filter((element) => /color/i.test(element.getAttribute('style') ?? ''))).toEqual([]);
});

it('renders citations beside formulas', async () => {
  const text = {
    value: 'It is $x^2$ 【4:0†source】 and code `$y$`.',
    annotations: [
      {
        type: 'file_citation' as const,
        text: '【4:0†source】',
        start_index: 12,
        end_index: 24,
        file_citation: { file_id: 'file_1' },
      },
    ],
  };
  render(
    <ComponentsProvider components={{ Markdown: MathMarkdown }}>
      <Message message={message({ content: [{ type: 'text', text }] })} />
    </ComponentsProvider>,
  );
  await settled();
  expect(formulas()).toHaveLength(1);
  expect(screen.getByRole('button', { name: /Source 1/ })).toBeVisible();
  expect(screen.getByText('$y$').tagName).toBe('CODE');
});

it('renders a growing formula as its source, and converts it once it is complete', async () => {
  const { rerender } = render(<MathMarkdown text={'So \\[ \\frac{a_1'} isStreaming />);
  expect(formulas()[0]).toHaveTextContent('\\frac{a_1');
  rerender(<MathMarkdown text={'So \\[ \\frac{a_1}{2} \\] it is'} isStreaming />);
  await waitFor(() => expect(document.querySelector('mfrac')).not.toBeNull());
});
