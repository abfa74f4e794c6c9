import { ComponentsProvider, Markdown, type TextMark } from 'assistants-react';
import { render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { expect, test, vi } from 'vitest';
import { richMarkdown } from '../../../stories/fixtures.js';
import { payloads } from './payloads.js';

const getHtml = (element: ReactElement): string => render(element).container.innerHTML;

test('renders the elements of markdown', () => {
  render(<Markdown text={richMarkdown} />);
  expect(screen.getByRole('heading', { name: 'Day one' })).toBeInTheDocument();
  expect(within(screen.getByRole('group', { name: 'Table' })).getAllByRole('row')).toHaveLength(4);
  expect(screen.getByRole('group', { name: 'Code, ts' })).toHaveTextContent('await forecast');
  expect(screen.getByRole('checkbox', { name: 'Done' })).toBeChecked();
  expect(screen.getByText('short plan').tagName).toBe('STRONG');
  expect(screen.getByText('The lift is out of order.').tagName).toBe('DEL');
  expect(screen.getByText('28E').tagName).toBe('CODE');
});

test('opens links in a new tab, without opener and referrer', () => {
  render(<Markdown text="[there](https://example.org/a)" />);
  const link = screen.getByRole('link', { name: 'there' });
  expect(link).toHaveAttribute('href', 'https://example.org/a');
  expect(link).toHaveAttribute('target', '_blank');
  expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow ugc');
});

test('resolves several references to one link definition', () => {
  render(<Markdown text={'[a][x] and [b][x]\n\n[x]: https://example.org/\n'} />);
  expect(screen.getAllByRole('link')).toHaveLength(2);
});

test('does not take an inherited property for a link definition', () => {
  render(<Markdown text="[constructor] [__proto__] [toString][valueOf]" />);
  expect(screen.queryByRole('link')).toBeNull();
});

test('renders raw HTML as text', () => {
  render(<Markdown text={'<b>not bold</b>\n\n<div onclick="x()">block</div>'} />);
  expect(screen.getByText('<b>not bold</b>')).toBeInTheDocument();
  expect(screen.getByText('<div onclick="x()">block</div>')).toBeInTheDocument();
});

test('decodes character references in text, but not in code', () => {
  render(<Markdown text={'&lt;b&gt; &amp; &#x41; `&amp;`'} />);
  expect(screen.getByText('&amp;').tagName).toBe('CODE');
  expect(screen.getByText(/<b> & A/)).toBeInTheDocument();
});

test('loads the table of all names when a text contains an uncommon name', async () => {
  render(<Markdown text={'&alefsym; &amp;\n\n```c&plus;&plus;\ncode\n```'} />);
  expect(screen.getByText('&alefsym; &')).toBeInTheDocument();
  expect(await screen.findByText('ℵ &')).toBeInTheDocument();
  expect(screen.getByRole('group', { name: 'Code, c++' })).toBeInTheDocument();
});

test('decodes uncommon names in labels, addresses and titles', async () => {
  render(<Markdown text={'[&ouml;][x]\n\n[x]: https://example.org/?&ouml; "&ouml;"'} />);
  const link = await screen.findByRole('link', { name: 'ö' });
  expect(link).toHaveAttribute('href', 'https://example.org/?%C3%B6');
  expect(link).toHaveAttribute('title', 'ö');
});

test('keeps names that do not exist', async () => {
  render(<Markdown text="&ouml; &nosuchname; &amp &constructor;" />);
  expect(await screen.findByText('ö &nosuchname; &amp &constructor;')).toBeInTheDocument();
});

test('loads an image only with consent', async () => {
  render(<Markdown text="![a chart](https://img.example/c.png?secret=1)" />);
  expect(screen.getByText('a chart')).toBeInTheDocument();
  expect(await screen.findByText('Image from img.example')).toBeInTheDocument();
  expect(screen.queryByRole('img')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Load image' }));
  expect(screen.getByRole('img', { name: 'a chart' })).toHaveAttribute(
    'referrerpolicy',
    'no-referrer',
  );
});

test('loads an image of an allowed host without consent', async () => {
  render(
    <ComponentsProvider allowImage={(url) => url.host === 'img.example'}>
      <Markdown text="![a](https://img.example/c.png) ![b](https://other.example/c.png)" />
    </ComponentsProvider>,
  );
  expect(await screen.findAllByRole('img')).toHaveLength(1);
});

test('copies only the code of a code block', async () => {
  const user = userEvent.setup();
  render(<Markdown text={'```html\n<script>alert("&amp;")</script>\n```'} />);
  await user.click(screen.getByRole('button', { name: 'Copy code' }));
  expect(await navigator.clipboard.readText()).toBe('<script>alert("&amp;")</script>');
  expect(screen.getByRole('button', { name: 'Copy code' })).toHaveAttribute('data-state', 'copied');
});

test('copies a table as Markdown where the clipboard takes only text', async () => {
  const user = userEvent.setup();
  const table = '| City | Note |\n|---|:-:|\n| **Oslo** | a \\| b |';
  const { container } = render(<Markdown text={table} />);
  await user.hover(container.querySelector('table') ?? container);
  await user.click(await screen.findByRole('button', { name: 'Copy table' }));
  await waitFor(async () =>
    expect(await navigator.clipboard.readText()).toBe(
      '| City | Note |\n| :-- | :-: |\n| **Oslo** | a \\| b |',
    ),
  );
});

test('reports that the code could not be copied', async () => {
  const user = userEvent.setup();
  render(<Markdown text={'```\na\n```'} />);
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
  await user.click(screen.getByRole('button', { name: 'Copy code' }));
  await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('Could not copy'));
});

test('uses the components of the app', () => {
  render(
    <ComponentsProvider
      components={{
        Link: ({ url, children }) => <b data-to={url.href}>{children}</b>,
        CodeBlock: ({ code }) => <i>{code}</i>,
      }}
    >
      <Markdown text={'[x](https://example.org/) [y](javascript:1)\n\n```\ncode\n```'} />
    </ComponentsProvider>,
  );
  expect(screen.getByText('x').closest('b')).toHaveAttribute('data-to', 'https://example.org/');
  expect(screen.getByText('y').closest('b')).toBeNull();
  expect(screen.getByText('code').tagName).toBe('I');
});

test.each(payloads)('renders %j without scripts, requests and named elements', (payload) => {
  const { container } = render(<Markdown text={payload} />);
  expect(
    container.querySelector(
      'script, iframe, object, embed, form, style, link, meta, base, img, svg:not([data-icon]), video, audio, source, template',
    ),
  ).toBeNull();
  const attributes = [...container.querySelectorAll('*')].flatMap((element) => [
    ...element.attributes,
  ]);
  const bad = attributes.filter(
    ({ name, value }) =>
      /^on|^srcdoc$|^style$|^name$|^id$|^formaction$/.test(name) ||
      (name === 'href' && !/^(?:https?:\/\/|mailto:)/.test(value)),
  );
  expect(bad.map(({ name, value }) => `${name}=${value}`)).toEqual([]);
});

test('hides unclosed delimiters while text grows', () => {
  const view = render(<Markdown text="" isStreaming />);
  for (let end = 1; end < richMarkdown.length; end += 1) {
    view.rerender(<Markdown text={richMarkdown.slice(0, end)} isStreaming />);
    const shown = [...view.container.querySelectorAll('p, li, td, th, h3, h4, h5')]
      .map((element) => element.textContent)
      .join('\n');
    expect(shown).not.toMatch(/\*\*|~~|\]\(|`/);
  }
});

test('does not render finished blocks again while text grows', () => {
  let renders = 0;
  const components = {
    CodeBlock: ({ code }: { code: string }) => {
      renders += 1;
      return <pre>{code}</pre>;
    },
  };
  const view = render(
    <ComponentsProvider components={components}>
      {<Markdown text={'```\na\n```\n\nb'} isStreaming />}
    </ComponentsProvider>,
  );
  for (let length = 1; length < 50; length += 1) {
    view.rerender(
      <ComponentsProvider components={components}>
        {<Markdown text={`\`\`\`\na\n\`\`\`\n\nb${' word'.repeat(length)}`} isStreaming />}
      </ComponentsProvider>,
    );
  }
  expect(renders).toBe(1);
});

const mark = (text: string, passage: string, over: Partial<TextMark> = {}): TextMark => ({
  key: passage,
  start: text.indexOf(passage),
  end: text.indexOf(passage) + passage.length,
  node: <sup>1</sup>,
  ...over,
});

test('renders marks in text, links and emphasis, and passages in code', () => {
  const text = 'One【a】 and **"two"【b】** and [three](sandbox:/x.csv) and `【c】`.';
  const marks = [
    mark(text, '【a】', { node: <sup>A</sup> }),
    mark(text, '【b】', { node: <sup>B</sup> }),
    mark(text, 'sandbox:/x.csv', { link: (label) => <button type="button">{label}</button> }),
    mark(text, '【c】', { node: <sup>C</sup> }),
  ];
  render(<Markdown text={text} marks={marks} />);
  expect(screen.getByText('A').tagName).toBe('SUP');
  expect(screen.getByText('B').parentElement?.tagName).toBe('STRONG');
  expect(screen.getByRole('button', { name: 'three' })).toBeInTheDocument();
  expect(screen.getByText('【c】').tagName).toBe('CODE');
});

test('does not include a mark in the bare address before it', () => {
  const text = 'See https://example.org/a【1】';
  render(<Markdown text={text} marks={[mark(text, '【1】')]} />);
  expect(screen.getByRole('link')).toHaveAttribute('href', 'https://example.org/a');
  expect(screen.getByText('1').tagName).toBe('SUP');
});

test.each([
  'x \u2e28\ue0000\u2e29',
  'x \u2e28&#xe000;0\u2e29',
  'x &#x2e28;&#57344;&#48;&#x2e29;',
  '`\u2e28\ue0000\u2e29`',
])('does not take %j for a mark', (forged) => {
  const text = `${forged} 【1】`;
  render(<Markdown text={text} marks={[mark(text, '【1】')]} />);
  expect(screen.getAllByText('1')).toHaveLength(1);
});

test.each([
  '>',
  '> ',
  '*',
  '**',
  '_',
  'a*',
  'a_b',
  '[',
  '![',
  '[a](',
  '](',
  '`',
  '`a``',
  '|',
  '|a',
  '- ',
  '1. ',
  '<',
  '<a ',
  '&',
  '&#',
  '\\',
  '#',
  '~',
  '~~a',
  'http://',
  'www.a',
  'a@',
  '\u202e',
  '👩‍👩‍👧',
  '![a](b)',
  '*a **b ',
  '[a][',
  '- > ',
  'a\n',
  '\n',
])('renders 256,000 characters of %j', (unit) => {
  const text = unit.repeat(Math.floor(256_000 / unit.length));
  expect(getHtml(<Markdown text={text} />).length).toBeGreaterThan(20);
});
