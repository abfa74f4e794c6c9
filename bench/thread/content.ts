import type { Message } from 'assistants-react/client';

const WORDS =
  'time water house light river stone paper green early quiet north field letter winter bridge garden window number story morning people answer little found under while between another always enough across during without system model value table measure reader message thread'.split(
    ' ',
  );

/** Creates a generator of pseudo-random numbers from 0 to 1, equal in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

function createSentence(random: () => number, words: number): string {
  const text = Array.from({ length: words }, () => WORDS[Math.floor(random() * WORDS.length)]).join(
    ' ',
  );
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function createParagraph(random: () => number, sentences: number): string {
  return Array.from({ length: sentences }, () =>
    createSentence(random, 6 + Math.floor(random() * 12)),
  ).join(' ');
}

/** Creates typical Markdown of an assistant. */
function createMarkdown(random: () => number, blocks: number): string {
  const kinds = [
    () => createParagraph(random, 3),
    () => `## ${createSentence(random, 4)}`,
    () =>
      Array.from(
        { length: 4 },
        () => `- **${WORDS[Math.floor(random() * WORDS.length)]}**: ${createSentence(random, 8)}`,
      ).join('\n'),
    () =>
      `\`\`\`ts\nconst ${WORDS[Math.floor(random() * WORDS.length)]} = ${Math.floor(random() * 1_000)};\nexport function run(value: number): number {\n  return value * 2;\n}\n\`\`\``,
    () =>
      `| name | value |\n| --- | ---: |\n${Array.from({ length: 3 }, () => `| ${WORDS[Math.floor(random() * WORDS.length)]} | ${Math.floor(random() * 100)} |`).join('\n')}`,
    () =>
      `${createParagraph(random, 2)} See [the guide](https://example.com/guide) and \`run(${Math.floor(random() * 9)})\`, which is _often_ enough.`,
  ];
  return Array.from({ length: blocks }, (_, at) =>
    (kinds[at === 0 ? 0 : Math.floor(random() * kinds.length)] ?? createSentence)(random, 1),
  ).join('\n\n');
}

/**
 * Creates the messages of a thread, oldest first: questions, and answers of one to four blocks. Threads of any length
 * end alike.
 */
export function createMessages(count: number): Message[] {
  return Array.from({ length: count }, (_, index) => {
    const fromEnd = count - 1 - index;
    const random = createRandom(fromEnd * 7_919 + 1);
    random();
    const isQuestion = fromEnd % 2 === 1;
    const value = isQuestion
      ? createParagraph(random, 1 + Math.floor(random() * 2))
      : createMarkdown(random, 1 + Math.floor(random() * 4));
    return createMessage(
      `msg_${index}`,
      isQuestion ? 'user' : 'assistant',
      value,
      1_700_000_000 + index * 120,
    );
  });
}

/** Creates a completed message. */
export function createMessage(
  id: string,
  role: 'user' | 'assistant',
  value: string,
  createdAt: number,
): Message {
  return {
    id,
    object: 'thread.message',
    created_at: createdAt,
    thread_id: 'thread_bench',
    status: 'completed',
    incomplete_details: null,
    completed_at: createdAt,
    incomplete_at: null,
    role,
    content: [{ type: 'text', text: { value, annotations: [] } }],
    assistant_id: role === 'user' ? null : 'asst_bench',
    run_id: null,
    attachments: [],
    metadata: {},
  };
}

/** Creates a markdown answer, split into a number of tokens. */
export function createAnswer(tokens: number): string[] {
  const random = createRandom(7);
  let text = '';
  let parts: string[] = [];
  while (parts.length < tokens) {
    text += `${createMarkdown(random, 6)}\n\n`;
    parts = text.match(/\s*\S{1,6}/g) ?? [];
  }
  return parts.slice(0, tokens);
}
