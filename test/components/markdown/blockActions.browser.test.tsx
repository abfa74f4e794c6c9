import { render, screen } from '@testing-library/react';
import { Markdown } from 'assistants-react';
import 'assistants-react/styles.css';
import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

const narrow = { inlineSize: 320 };

it('copies the text of a table as HTML, and its source as Markdown', async () => {
  const written: ClipboardItem[] = [];
  vi.spyOn(navigator.clipboard, 'write').mockImplementation(async (items) => {
    written.push(...items);
  });
  const text = '| City | Link |\n|---|---|\n| <b>Oslo</b> | [a & b](https://example.org/) |';
  render(<Markdown text={text} />);
  await userEvent.hover(screen.getByRole('table'));
  await userEvent.click(await screen.findByRole('button', { name: 'Copy table' }));
  await expect.poll(() => written).toHaveLength(1);
  const read = async (type: string) => (await written[0]?.getType(type))?.text();
  expect(await read('text/plain')).toBe(
    '| City | Link |\n| :-- | :-- |\n| <b>Oslo</b> | [a & b](https://example.org/) |',
  );
  const html = document.createElement('template');
  html.innerHTML = (await read('text/html')) ?? '';
  expect([...html.content.querySelectorAll('th, td')].map((cell) => cell.textContent)).toEqual([
    'City',
    'Link',
    '<b>Oslo</b>',
    'a & b',
  ]);
  expect(html.content.querySelectorAll('b, a')).toHaveLength(0);
});

it('wraps long lines of code, and offers it only where lines are cut', async () => {
  const long = `const message = '${'word '.repeat(30)}';`;
  const { container } = render(
    <div style={narrow}>
      <Markdown text={`\`\`\`js\n${long}\n\`\`\`\n\n\`\`\`js\nx\n\`\`\``} />
    </div>,
  );
  const [block] = container.querySelectorAll('pre');
  if (!block) throw new Error('The text has no code.');
  await userEvent.hover(block);
  const wrap = await screen.findByRole('button', { name: 'Wrap long lines' });
  expect(screen.getAllByRole('button', { name: 'Wrap long lines' })).toHaveLength(1);
  expect(block.scrollWidth).toBeGreaterThan(block.clientWidth);
  await userEvent.click(wrap);
  expect(wrap.getAttribute('aria-pressed')).toBe('true');
  expect(block.scrollWidth).toBe(block.clientWidth);
  await userEvent.click(wrap);
  expect(block.scrollWidth).toBeGreaterThan(block.clientWidth);
});

it.each([
  ['after text', `${'Words '.repeat(60)}\n\n`, 'ltr'],
  ['after a heading', `## ${'Words '.repeat(20)}\n\n`, 'ltr'],
  ['at the start', '', 'ltr'],
  ['in a list', `- ${'Words '.repeat(60)}\n\n  `, 'ltr'],
  ['in a page from right to left', `${'كلمات '.repeat(60)}\n\n`, 'rtl'],
])('shows the button of a table %s where it covers nothing', async (_, before, dir) => {
  const row = `| Tea | Minutes | ${'Value '.repeat(10)} |`;
  const text = `${before}${row}\n  |---|---|--:|\n  ${row}`;
  const { container } = render(
    <div style={narrow} dir={dir}>
      <Markdown text={text} />
    </div>,
  );
  await userEvent.hover(screen.getByRole('columnheader', { name: 'Tea' }));
  const button = await screen.findByRole('button', { name: 'Copy table' });
  const { top, right, bottom, left } = button.getBoundingClientRect();
  const covered = [...container.querySelectorAll('p, h4, th, td')].filter((element) => {
    const rect = element.getBoundingClientRect();
    return rect.bottom > top && rect.top < bottom && rect.right > left && rect.left < right;
  });
  expect(covered.map(({ tagName }) => tagName)).toEqual([]);
  expect(top).toBeGreaterThanOrEqual(container.getBoundingClientRect().top);
  await expect.poll(() => getComputedStyle(button.parentElement ?? button).opacity).toBe('1');
});
