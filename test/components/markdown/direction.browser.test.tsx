import { render } from '@testing-library/react';
import { Markdown, Message } from 'assistants-react';
import 'assistants-react/styles.css';
import { expect, it } from 'vitest';
import { message } from '../../../stories/fixtures.js';

const ARABIC = 'React هي مكتبة لبناء واجهات المستخدم.';
const getDirections = (selector: string) =>
  [...document.querySelectorAll(selector)].map((element) => getComputedStyle(element).direction);

it('lays out each block and item in the direction of its words', () => {
  render(
    <Markdown
      text={`## ${ARABIC}\n\n${ARABIC}\n\nEnglish\n\n> ${ARABIC}\n\n- ${ARABIC}\n- English\n- 123\n- عربي\n\n| English | ${ARABIC} |\n|---|---|\n| a | b |`}
    />,
  );
  expect(getDirections('h4')).toEqual(['rtl']);
  expect(getDirections('[data-part="markdown-segment"] > p')).toEqual(['rtl', 'ltr']);
  expect(getDirections('blockquote')).toEqual(['rtl']);
  expect(getDirections('ul')).toEqual(['rtl']);
  expect(getDirections('li')).toEqual(['rtl', 'ltr', 'rtl', 'rtl']);
  expect(getDirections('th')).toEqual(['ltr', 'rtl']);
});

it('lays out a table in the direction of its words, and aligns the cells of a column alike', () => {
  render(
    <Markdown
      text={`| المدينة | درجة الحرارة | الطقس |\n|---|--:|---|\n| Paris | 21 | غائم جزئيا |\n| طوكيو | 22 | مشمس |`}
    />,
  );
  const table = document.querySelector('table');
  expect(table && getComputedStyle(table).direction).toBe('rtl');
  const cells = [...document.querySelectorAll('th, td')];
  const column = (index: number) => cells.filter((_, cell) => cell % 3 === index);
  const alignments = (index: number) =>
    new Set(column(index).map((cell) => getComputedStyle(cell).textAlign));
  expect([alignments(0), alignments(1), alignments(2)]).toEqual([
    new Set(['right']),
    new Set(['left']),
    new Set(['right']),
  ]);
  const [first, second] = cells.map((cell) => cell.getBoundingClientRect().left);
  expect(first).toBeGreaterThan(second ?? 0);
});

it.each(['ltr', 'rtl'])(
  'starts headings, paragraphs and lists at the same edge in a page that is %s',
  (dir) => {
    render(
      <div dir={dir} style={{ inlineSize: 1_200 }}>
        <Markdown text={'# Title\n\n## Part\n\nWords of a paragraph.\n\n> A quote'} />
        <Markdown text={`# ${ARABIC}\n\n### ${ARABIC}\n\n${ARABIC}\n\n> ${ARABIC}`} />
      </div>,
    );
    for (const segment of document.querySelectorAll('[data-part="markdown-segment"]')) {
      const edges = [...segment.children].map((block) => {
        const { left, right } = block.getBoundingClientRect();
        return getComputedStyle(block).direction === 'rtl' ? right : left;
      });
      expect(new Set(edges).size).toBe(1);
    }
  },
);

it('breaks lines only where the text does, and copies long text as it is', () => {
  const value = `${'A sentence of a long text without any break. '.repeat(70)}\n${'{"a":1,"b":"two"},'.repeat(150)}`;
  render(
    <>
      <Message
        message={message({
          role: 'user',
          content: [{ type: 'text', text: { value, annotations: [] } }],
        })}
      />
      <Markdown text={`\`\`\`json\n${value}\n\`\`\``} />
    </>,
  );
  for (const selector of ['[data-part="plain-text"]', 'pre code']) {
    const element = document.querySelector(selector);
    if (element === null) throw new Error(`The page has no ${selector}.`);
    getSelection()?.selectAllChildren(element);
    expect(getSelection()?.toString().trimEnd()).toBe(value);
  }
  const code = document.querySelector('pre code');
  const tops = [...(code?.querySelectorAll('[data-part="text-chunk"] *') ?? [])].map(
    (piece) => piece.getBoundingClientRect().top,
  );
  expect(new Set(tops).size).toBe(2);
});

it('leaves space for the marker at the side where an item starts', () => {
  render(<Markdown text={`- ${ARABIC}\n- English`} />);
  const [arabic, english] = document.querySelectorAll('li');
  const list = document.querySelector('ul')?.getBoundingClientRect();
  const arabicBox = arabic?.getBoundingClientRect();
  const englishBox = english?.getBoundingClientRect();
  expect(arabicBox?.left).toBe(list?.left);
  expect(arabicBox?.right).toBeLessThan((list?.right ?? 0) - 16);
  expect(englishBox?.left).toBeGreaterThan((list?.left ?? 0) + 16);
  expect(englishBox?.right).toBe(list?.right);
});

it('lays out a message of the user in the direction of its words', () => {
  render(
    <Message
      message={message({
        role: 'user',
        content: [{ type: 'text', text: { value: ARABIC, annotations: [] } }],
      })}
    />,
  );
  expect(getDirections('[data-part="plain-text"]')).toEqual(['rtl']);
});
