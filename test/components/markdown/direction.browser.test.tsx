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
