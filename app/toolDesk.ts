import type { ScriptedRule, ScriptedTurn } from 'assistants-react/backend';

/** Name of the assistant that demonstrates tools. */
export const TOOL_DESK = 'Tool desk';

/** Functions of the assistant, in the format of the API. `tools.tsx` handles their calls. */
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
    description: 'Sends a mail in the name of the user.',
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
    description: 'Lets the user judge an offer.',
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
    description: 'Lets the user pick a seat.',
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

/** Script of the assistant: calls a function, then repeats its output. */
export const toolDeskRules: readonly ScriptedRule[] = [
  {
    when: matchMessage(/\ball\b|\bside by side\b/i),
    say: ['I need three things.', forecast, mail, offer],
    after: repeatOutputs,
  },
  { when: matchMessage(/\bforecast\b|\bweather\b/i), say: forecast, after: repeatOutputs },
  { when: matchMessage(/\bmail\b|\bwrite to\b/i), say: mail, after: repeatOutputs },
  { when: matchMessage(/\boffer\b/i), say: offer, after: repeatOutputs },
  {
    when: matchMessage(/\btable\b/i),
    say: { call: 'book_table', with: { restaurant: 'Tasca' } },
    after: repeatOutputs,
  },
  {
    when: matchMessage(/\bseat\b/i),
    say: { call: 'pick_seat', with: { seats: ['12A', '12C', '14F'] } },
    after: repeatOutputs,
  },
  { when: matchMessage(/\bflaky\b|\bunreliable\b/i), say: { call: 'flaky' }, after: repeatOutputs },
  {
    when: matchMessage(/\bmalformed\b/i),
    say: { call: 'send_mail', with: '{"to":"ann@example.org","to":"eve@example.org"' },
    after: repeatOutputs,
  },
  {
    when: matchMessage(/./s),
    say: 'Ask me for a forecast, a mail, an offer, a table, a seat, something unreliable, or all side by side.',
  },
];

/** Matches messages to this assistant. The other assistants of the playground share the script. */
function matchMessage(words: RegExp): (turn: ScriptedTurn) => boolean {
  return ({ text, request }) =>
    words.test(text) &&
    request.tools.some((tool) => tool.type === 'function' && tool.function.name === 'flaky');
}

function repeatOutputs({ outputs }: ScriptedTurn): string {
  return outputs
    .map(({ name, output }) => `\`${name}\` gave me:\n\n\`\`\`json\n${output}\n\`\`\``)
    .join('\n\n');
}
