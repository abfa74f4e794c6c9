import { render } from '@testing-library/react';
import { ComponentsProvider, Markdown } from 'assistants-react';
import { HighlightedCodeBlock } from 'assistants-react/highlight';
import { MathMarkdown } from 'assistants-react/math';
import 'assistants-react/styles.css';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { richMarkdown } from '../../../stories/fixtures.js';
import { createTranslator, type TranslatorOptions } from './createTranslator.js';

const words = 'The river begins as a wet place between stones and grows. ';
const codeLines = Array.from(
  { length: 300 },
  (_, line) => `const value${line} = await compute(${line}, "text");\n`,
);

/** Splits a text into pieces like those of a stream. */
function splitIntoTokens(text: string, length = 7): string[] {
  return text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];
}

/** Selects the first occurrence of a text in the page, from within its first text node to within its last one. */
function select(text: string): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if (node instanceof Text) nodes.push(node);
  const index = nodes
    .map(({ data }) => data)
    .join('')
    .indexOf(text);
  const locate = (position: number): [Text, number] => {
    let rest = position;
    for (const node of nodes) {
      if (rest <= node.length) return [node, rest];
      rest -= node.length;
    }
    throw new Error(`"${text}" is not in the page.`);
  };
  const [start, startOffset] = locate(index + 0.5);
  const [end, endOffset] = locate(index + text.length);
  getSelection()?.setBaseAndExtent(start, Math.floor(startOffset), end, endOffset);
}

const getSelected = (): string => getSelection()?.toString().replace(/\s+/g, ' ').trim() ?? '';

describe('the selection in a growing text', () => {
  const intro = words.repeat(3);
  it.each([
    ['a paragraph', intro, 'between stones', words.repeat(60)],
    [
      'a paragraph with emphasis',
      `${words}**and ${words.trim()}** `,
      'and The river',
      words.repeat(9),
    ],
    ['emphasis', `${words}**bold ${words}`, 'bold The river', `${words.repeat(9)}end**`],
    ['a code span', `Call \`run ${words}`, 'run The river', `${words.repeat(9)}end\``],
    ['a heading', `## ${words}`, 'between stones', words.repeat(9)],
    ['a list item', `- ${words}`, 'between stones', `${words}\n- ${words}`.repeat(9)],
    ['a nested list item', `1. a\n   - ${words}`, 'between stones', `${words}\n   - b`.repeat(9)],
    ['a quote', `> ${words}`, 'between stones', words.repeat(9)],
    ['a table cell', `| a | b |\n|---|---|\n| c | ${words}`, 'between stones', `${words} |\n`],
    ['a finished block', `${words}\n\n${words}`, 'between stones', `\n\n${words}`.repeat(200)],
    [
      'code',
      `\`\`\`ts\n${codeLines.slice(0, 9).join('')}`,
      'compute(3',
      codeLines.slice(9).join(''),
    ],
    [
      'code after text',
      `${`${words}\n\n`.repeat(30)}\`\`\`ts\n${codeLines.slice(0, 9).join('')}`,
      'compute(3',
      codeLines.slice(9).join(''),
    ],
    [
      'the end of code',
      `\`\`\`\n${codeLines.join('').slice(0, 1_490)}`,
      codeLines.join('').slice(1_300, 1_490),
      codeLines.join('').slice(1_490),
    ],
    ['raw HTML', `<div>${words.trim()}</div>\n`, 'between stones', `<b>${words}</b>\n`.repeat(60)],
  ])('stays in %s, also when the text is complete', (_, start, selected, rest) => {
    const view = render(<Markdown text={start} isStreaming />);
    select(selected);
    const expected = selected.replace(/\s+/g, ' ').trim();
    expect(getSelected()).toBe(expected);
    let text = start;
    for (const token of splitIntoTokens(rest, 31)) {
      text += token;
      view.rerender(<Markdown text={text} isStreaming />);
    }
    expect(getSelected()).toBe(expected);
    view.rerender(<Markdown text={text} />);
    expect(getSelected()).toBe(expected);
  });

  it('stays in a shadow root', () => {
    const host = document.body.appendChild(document.createElement('div'));
    const root = host.attachShadow({ mode: 'open' });
    const container = root.appendChild(document.createElement('div'));
    const view = render(<Markdown text={words} isStreaming />, { container });
    const text = document.createTreeWalker(container, NodeFilter.SHOW_TEXT).nextNode();
    if (text === null) throw new Error('The text is not in the shadow root.');
    const getRanges = () => getSelection()?.getComposedRanges({ shadowRoots: [root] });
    getSelection()?.setBaseAndExtent(text, 4, text, 9);
    view.rerender(<Markdown text={words + words} isStreaming />);
    view.rerender(<Markdown text={words + words} />);
    expect(getRanges()).toMatchObject([{ startContainer: text, startOffset: 4, endOffset: 9 }]);
    expect(container.contains(text)).toBe(true);
    getSelection()?.removeAllRanges();
    host.remove();
  });

  it('stays in highlighted code, whose colours wait', async () => {
    const renderCode = (lines: number, isStreaming: boolean) => (
      <ComponentsProvider components={{ CodeBlock: HighlightedCodeBlock }}>
        <Markdown
          text={`\`\`\`ts\n${codeLines.slice(0, lines).join('')}\`\`\`\n\n${codeLines[0]}`}
          isStreaming={isStreaming}
        />
      </ComponentsProvider>
    );
    const view = render(renderCode(10, true));
    const countKeywords = () => document.querySelectorAll('[data-token="keyword"]').length;
    select('value3 = await compute(3, "text");\nconst value4');
    const expected = getSelected();
    view.rerender(renderCode(150, true));
    view.rerender(renderCode(150, false));
    // The last slice is not selected.
    await expect.poll(countKeywords).toBeGreaterThan(0);
    expect(getSelected()).toBe(expected);
    getSelection()?.removeAllRanges();
    await expect.poll(countKeywords).toBe(300);
  });
});

const longAnswer = `${richMarkdown}\n\n${words.repeat(40)}\n\n\`\`\`js\n${codeLines.slice(0, 60).join('')}\`\`\`\n\n- a\n- b **c** d`;

describe.each([
  ['Markdown', Markdown],
  ['MathMarkdown', MathMarkdown],
])('a browser translation of %s', (_, Component) => {
  describe.each<[string, TranslatorOptions]>([
    ['that searches the page', {}],
    ['that observes mutations', { isIncremental: true }],
    ['that ignores translate="no"', { ignoresAttribute: true }],
  ])('%s', (__, options) => {
    it.each([1, 7])('loses no text when it runs after every %i. token', (every) => {
      const view = render(<Component text="" isStreaming />);
      const translator = createTranslator(view.container, options);
      let text = '';
      splitIntoTokens(longAnswer, 23).forEach((token, index) => {
        text += token;
        view.rerender(<Component text={text} isStreaming />);
        if (index % every === 0) translator.translate();
      });
      view.rerender(<Component text={text} />);
      translator.translate();
      const reference = render(<Component text={text} />).container;
      const toUpper = (element: HTMLElement) => element.textContent.toUpperCase();
      expect(toUpper(view.container)).toBe(toUpper(reference));
      // Prose is translated, code is not.
      const [paragraph] = view.container.querySelectorAll('p');
      expect(paragraph?.textContent).toBe(paragraph?.textContent.toUpperCase());
      const code = reference.querySelector('pre')?.textContent;
      expect(view.container.querySelector('pre')?.textContent).toBe(
        options.ignoresAttribute === true ? code?.toUpperCase() : code,
      );
      translator.stop();
    });
  });

  it('translates the text once it is no longer selected', async () => {
    const view = render(<Component text={words} isStreaming />);
    const translator = createTranslator(view.container, { isIncremental: true });
    translator.translate();
    select('between stones');
    view.rerender(<Component text={words + words} isStreaming />);
    translator.translate();
    view.rerender(<Component text={words + words} />);
    translator.translate();
    expect(getSelected()).toBe('between stones');
    getSelection()?.removeAllRanges();
    await expect
      .poll(() => {
        translator.translate();
        return view.container.textContent;
      })
      .toBe((words + words).trim().toUpperCase());
  });

  it('shows a text that changes after it was translated', () => {
    const view = render(<Component text="One **two** three" />);
    const translator = createTranslator(view.container);
    translator.translate();
    view.rerender(<Component text="Four *five* six `seven`" />);
    expect(view.container.textContent).toBe('Four five six seven');
    translator.translate();
    view.rerender(<Component text={'Eight\n\n```\nnine\n```'} />);
    expect(view.container.textContent).toContain('Eight');
    expect(view.container.querySelector('pre')?.textContent).toBe('nine');
  });
});

it.each([
  ['code', Markdown, '```js\nriver()\n```'],
  ['a table', Markdown, '| a | b |\n|---|---|\n| c | d |'],
])('keeps %s whose actions are used after a translation', async (_, Component, text) => {
  const view = render(<Component text={text} />);
  const getButtons = () => [...view.container.querySelectorAll('button')];
  await expect.poll(() => getButtons().length).toBeGreaterThan(0);
  const translator = createTranslator(view.container);
  for (const button of getButtons()) {
    translator.translate();
    await userEvent.click(button);
    translator.translate();
  }
  translator.stop();
  expect(view.container.querySelector('pre, td')?.textContent).toMatch(/river|c/i);
  expect(getButtons().map(({ isConnected }) => isConnected)).not.toContain(false);
});
