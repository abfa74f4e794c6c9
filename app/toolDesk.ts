import type { ScriptedRule, ScriptedTurn } from 'assistants-react/backend';

/** The assistant that shows what tools can do. */
export const TOOL_DESK = 'Tool desk';

/** Its functions, as the assistant knows them; tools.tsx says what they do. */
export const functions = {
  forecast: {
    name: 'forecast',
    description: 'The weather of the next days in a city.',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1, maximum: 5 } },
      required: ['city', 'days'],
    },
  },
  send_mail: {
    name: 'send_mail',
    description: 'Sends a mail in the name of the person.',
    parameters: {
      type: 'object',
      properties: {
        to: { type: 'string', format: 'email', title: 'To' },
        subject: { type: 'string', minLength: 1, title: 'Subject' },
        urgent: { type: 'boolean', title: 'Urgent' },
      },
      required: ['to', 'subject'],
    },
  },
  review_offer: {
    name: 'review_offer',
    description: 'Lets a person judge an offer.',
    parameters: { type: 'object', properties: { offer: { type: 'string' } }, required: ['offer'] },
  },
  book_table: {
    name: 'book_table',
    description: 'Books a table for tonight.',
    parameters: {
      type: 'object',
      properties: { restaurant: { type: 'string' } },
      required: ['restaurant'],
    },
  },
  pick_seat: {
    name: 'pick_seat',
    description: 'Lets a person pick a seat.',
    parameters: {
      type: 'object',
      properties: { seats: { type: 'array', items: { type: 'string' } } },
      required: ['seats'],
    },
  },
  flaky: {
    name: 'flaky',
    description: 'Fails every other time.',
    parameters: { type: 'object', properties: {} },
  },
} as const;

const forecast = { call: 'forecast', with: { city: 'Lisbon', days: 3 } };
const mail = {
  call: 'send_mail',
  with: { to: 'ann@example.org', subject: 'Dinner on Friday', urgent: false },
};
const offer = { call: 'review_offer', with: { offer: '40 chairs, used, for 900 euros' } };

/** What it answers: calls, and then what came of them. */
export const toolDeskRules: readonly ScriptedRule[] = [
  {
    when: said(/\ball\b|\bside by side\b/i),
    say: ['I need three things.', forecast, mail, offer],
    after: tell,
  },
  { when: said(/\bforecast\b|\bweather\b/i), say: forecast, after: tell },
  { when: said(/\bmail\b|\bwrite to\b/i), say: mail, after: tell },
  { when: said(/\boffer\b/i), say: offer, after: tell },
  {
    when: said(/\btable\b/i),
    say: { call: 'book_table', with: { restaurant: 'Tasca' } },
    after: tell,
  },
  {
    when: said(/\bseat\b/i),
    say: { call: 'pick_seat', with: { seats: ['12A', '12C', '14F'] } },
    after: tell,
  },
  { when: said(/\bflaky\b|\bunreliable\b/i), say: { call: 'flaky' }, after: tell },
  {
    when: said(/\bmalformed\b/i),
    say: { call: 'send_mail', with: '{"to":"ann@example.org","to":"eve@example.org"' },
    after: tell,
  },
  {
    when: said(/./s),
    say: 'Ask me for a forecast, a mail, an offer, a table, a seat, something unreliable, or all side by side.',
  },
];

/** Fits what is said to the desk, not to other assistants of the playground. */
function said(words: RegExp): (turn: ScriptedTurn) => boolean {
  return ({ text, request }) =>
    words.test(text) &&
    request.tools.some((tool) => tool.type === 'function' && tool.function.name === 'flaky');
}

function tell({ outputs }: ScriptedTurn): string {
  return outputs
    .map(({ name, output }) => `\`${name}\` gave me:\n\n\`\`\`json\n${output}\n\`\`\``)
    .join('\n\n');
}
