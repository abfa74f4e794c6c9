import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { marked } from 'marked';
import { expect, test } from 'vitest';
import { richMarkdown } from '../../../../stories/fixtures.js';
import { toHtml } from './toHtml.js';

const read = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../${name}`, import.meta.url)), 'utf8');

/** Texts like those of models, with and without blank lines between blocks. */
const answer = `## Steps

1. **Install** it:

   \`\`\`sh
   npm install thing --save-dev   # or \`yarn add\`
   \`\`\`

2. Then call \`start()\`:
   - with *options*, see [the guide](https://example.org/guide_(v2) "Guide")
     - \`port\` — default **3000**
     - \`host\`
   - or without
3. Done. It costs 5 * 3 = 15, and my_var_name stays.
***
| Option | Type | Default |
|:--|:-:|--:|
| \`port\` | \`number \\| string\` | **3000** |
| host | | ~~localhost~~ |

> **Note**
> it continues
lazily

Term  
with a hard break\\
and another. Visit https://example.org/a?b=c, or mail someone@example.org.

- [ ] open
- [x] done, ***really*** _so_ __far__

Heading
-------
    code by indentation

* one

* two

  more of two
+ another list
![image](https://example.org/a.png "t") and [ref][r] and [r] and \\*no\\*

[r]: <https://example.org/r> 'R'
`;

const corpus = [
  ['an answer', richMarkdown],
  ['a longer answer', answer],
  ['a page for people', read('README.md')],
  ['a page of decisions', read('ARCHITECTURE.md')],
] as const;

test.each(corpus)('marked reads %s as we do', (_, text) => {
  expect(normal(toHtml(text))).toBe(normal(marked.parse(text, { async: false })));
});

/** Normalizes HTML that both may write differently. */
function normal(html: string): string {
  return html
    .replaceAll('&#39;', "'")
    .replaceAll(' />', '>')
    .replace(/<(br|hr)>\n?/g, '<$1>')
    .replace(/ ?(checked="" )?disabled="" type="checkbox">\s*/g, ' $1>')
    .replace(/>\s+|\s+</g, (blanks) => blanks.trim());
}
