import { expect, test } from 'vitest';
import { getTextDirection } from '../../src/components/getTextDirection.js';

test.each([
  ['React هي مكتبة لبناء واجهات المستخدم.', 'rtl'],
  ['يستخدم React و TypeScript و Vite', 'rtl'],
  ['`npm install` يثبت كل الحزم في https://example.org/some/long/path', 'rtl'],
  ['[Documentation](https://example.org/a-long-address) بالعربية هنا', 'rtl'],
  ['GitHub הוא שירות לאחסון קוד', 'rtl'],
  ['مرحبا is the Arabic word for hello', 'ltr'],
  ['The word "السلام عليكم" means peace be upon you', 'ltr'],
  ['An English sentence', 'auto'],
  ['123 + 4', undefined],
  ['', undefined],
])('gives %j the direction %s', (text, expected) => {
  expect(getTextDirection(text)).toBe(expected);
});
