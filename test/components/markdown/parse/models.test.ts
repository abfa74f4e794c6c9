import { expect, it, test } from 'vitest';
import { toHtml } from './toHtml.js';

const paragraph = (text: string): string => toHtml(text).replace(/^<p>|<\/p>\n$/g, '');

test.each([
  ['**重要：**是', '<strong>重要：</strong>是'],
  ['**「重要」**です', '<strong>「重要」</strong>です'],
  ['是**“重要”**的', '是<strong>“重要”</strong>的'],
  ['これは**重要（必須）**です。', 'これは<strong>重要（必須）</strong>です。'],
  ['**Note：**text', '<strong>Note：</strong>text'],
  ['**한국어(설명)**은', '<strong>한국어(설명)</strong>은'],
  ['*强调。*然后', '<em>强调。</em>然后'],
  ['~~删除。~~然后', '<del>删除。</del>然后'],
])('resolves emphasis next to full-width punctuation: %s', (text, html) => {
  expect(paragraph(text)).toBe(html);
});

test.each([
  ['🎉**(done)**🎉', '🎉<strong>(done)</strong>🎉'],
  ['𝑥**(bold)**𝑥', '𝑥**(bold)**𝑥'],
  ['❤️**“sure”**❤️', '❤️<strong>“sure”</strong>❤️'],
  ['👨‍👩‍👧**(family)**👍🏽', '👨‍👩‍👧<strong>(family)</strong>👍🏽'],
  ['**🎉**done', '**🎉**done'],
  ['𠮷**（注）**𠮷', '𠮷<strong>（注）</strong>𠮷'],
  ['_🎉_', '<em>🎉</em>'],
])('resolves emphasis next to characters of several units: %s', (text, html) => {
  expect(paragraph(text)).toBe(html);
});

test.each([
  '10~20 euros in May and 30~40 in June',
  'It takes ~10 minutes for 1~3 people',
  '~/notes and ~/drafts',
  '~a~ ~~~b~~~ ~',
])('does not strike %j', (text) => {
  expect(paragraph(text)).toBe(text);
});

test('strikes text between two tildes', () => {
  expect(paragraph('~~10~20~~ euros')).toBe('<del>10~20</del> euros');
});

const bullets = '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n';

test.each([
  '• a\n• b',
  '•\ta\n•\tb',
  '•a\n•b',
  '•\u00a0a\n•\u00a0b',
  '◦ a\n◦ b',
  '▪ a\n▪ b',
  '● a\n● b',
])('reads %j as a list', (text) => {
  expect(toHtml(text)).toBe(bullets);
  expect(toHtml(`Things:\n${text}`)).toBe(`<p>Things:</p>\n${bullets}`);
});

test('nests typographic bullets', () => {
  expect(toHtml('• a\n  ◦ b\n  ◦ c\n• d')).toBe(
    '<ul>\n<li>a\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n</li>\n<li>d</li>\n</ul>\n',
  );
});

test.each(['–', '—', '·', '→', '➤', '✓', '☐'])('keeps the line breaks before %j', (symbol) => {
  expect(paragraph(`Steps:\n${symbol} a\n${symbol} b`)).toBe(
    `Steps:<br />\n${symbol} a<br />\n${symbol} b`,
  );
  expect(paragraph(`a\n${symbol}b`)).toBe(`a\n${symbol}b`);
});

test('keeps the line breaks of lines that start with an emoji', () => {
  expect(paragraph('Steps:\n✅ a\n❌ b\n1️⃣ c\n⚠️ d')).toBe(
    'Steps:<br />\n✅ a<br />\n❌ b<br />\n1️⃣ c<br />\n⚠️ d',
  );
  expect(paragraph('① a\n② b')).toBe('① a<br />\n② b');
  expect(paragraph('a\n1 b\n© c\n#d')).toBe('a\n1 b\n© c\n#d');
});

test.each(['●●●○○', '•• a', 'a • b • c'])('does not read %j as a list', (text) => {
  expect(paragraph(text)).toBe(text);
});

test.each(['snake_case_name', '2 * 3 * 4', 'a*b', '** not **', '变量_名_称', '5 * 变 * 量'])(
  'keeps %j as text',
  (text) => {
    expect(paragraph(text)).toBe(text);
  },
);

const nested =
  '<ul>\n<li>a\n<ul>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n</li>\n<li>d</li>\n</ul>\n';

test.each([
  ['two spaces', '- a\n  - b\n    - c\n- d'],
  ['four spaces', '- a\n    - b\n        - c\n- d'],
  ['tabs', '- a\n\t- b\n\t\t- c\n- d'],
])('nests lists by %s', (_, text) => {
  expect(toHtml(text)).toBe(nested);
});

test.each([
  ['two spaces', '1. a\n  - b\n    - c\n2. d'],
  ['three spaces', '1. a\n   - b\n     - c\n2. d'],
  ['four spaces', '1. a\n    - b\n        - c\n2. d'],
])('nests bullets below numbers by %s', (_, text) => {
  expect(toHtml(text)).toBe(nested.replace(/^<ul>/, '<ol>').replace(/<\/ul>\n$/, '</ol>\n'));
});

it('continues the numbers after text between items', () => {
  expect(toHtml('1. a\n\n   ```js\n   x\n   ```\n\n2. b')).toMatch(
    /^<ol>\n<li>\n<p>a<\/p>\n<pre>.*<\/pre>\n<\/li>\n<li>\n<p>b<\/p>\n<\/li>\n<\/ol>\n$/s,
  );
  expect(toHtml('1. a\n\ntext\n\n2. b')).toContain('<ol start="2">');
});

it('keeps blank lines and tabs in code', () => {
  expect(toHtml('```make\nall:\n\tcc\n\n\n\tld\n```')).toBe(
    '<pre><code class="language-make">all:\n\tcc\n\n\n\tld\n</code></pre>\n',
  );
  expect(toHtml('- a\n  ```\n  b\n\n    c\n  ```')).toContain('<code>b\n\n  c\n</code>');
});

it('closes a long fence only with a fence of the same length', () => {
  expect(toHtml('````md\n```js\na\n```\n````')).toBe(
    '<pre><code class="language-md">```js\na\n```\n</code></pre>\n',
  );
});

it('closes unclosed code at the end of the text', () => {
  expect(toHtml('a\n```\nb')).toBe('<p>a</p>\n<pre><code>b\n</code></pre>\n');
});

it('keeps the backslashes of formulas', () => {
  expect(paragraph('so \\(a_1\\) and \\[b\\]')).toBe('so (a_1) and [b]');
  expect(paragraph('so $a_1$ and $b_2$')).toBe('so $a_1$ and $b_2$');
});

it('renders HTML as text', () => {
  expect(paragraph('a <b>c</b> & <my_key>')).toBe('a &lt;b&gt;c&lt;/b&gt; &amp; &lt;my_key&gt;');
  expect(toHtml('<details>\n<summary>a</summary>\n\n**b**\n\n</details>')).toBe(
    '<details>\n<summary>a</summary>\n<p><strong>b</strong></p>\n</details>\n',
  );
});

it('converts <br> to a line break', () => {
  expect(paragraph('a<br>b<BR />c\n<br>\nd')).toBe('a<br />\nb<br />\nc\n<br />\n\nd');
  expect(paragraph('<br>')).toBe('<br />\n');
});

it('decodes character references, and keeps unknown names', () => {
  expect(
    paragraph('&lt;&nbsp;&mdash;&#65;&#x42;&#0;&#xd800; &rarr; &zzz; &constructor; &amp'),
  ).toBe('&lt;\u00a0—AB\ufffd\ufffd → &amp;zzz; &amp;constructor; &amp;amp');
});

it('does not take inherited properties for labels', () => {
  expect(paragraph('[constructor] [toString][valueOf]')).toBe('[constructor] [toString][valueOf]');
  expect(toHtml('[__proto__]: /a\n\n[__proto__]')).toBe(
    '<p><a href="/a"><strong>proto</strong></a></p>\n',
  );
});
