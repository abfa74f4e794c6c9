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
      properties: {
        city: { type: 'string', title: 'City' },
        days: { type: 'integer', minimum: 1, maximum: 5, title: 'Days' },
      },
      required: ['city', 'days'],
    },
  },
  send_mail: {
    name: 'send_mail',
    description: 'Sends an email on your behalf.',
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
    description: 'Lets you judge an offer.',
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
    description: 'Lets you pick a seat.',
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

/** Script of the assistant: calls a function, then tells in its own words what came of it. */
export const toolDeskRules: readonly ScriptedRule[] = [
  {
    when: matchMessage(/\ball\b|\bside by side\b/i),
    say: ['I need three things.', forecast, mail, offer],
    after: tellOutputs,
  },
  { when: matchMessage(/\bforecast\b|\bweather\b/i), say: forecast, after: tellOutputs },
  { when: matchMessage(/\be-?mail\b|\bmail\b|\bwrite to\b/i), say: mail, after: tellOutputs },
  { when: matchMessage(/\boffer\b/i), say: offer, after: tellOutputs },
  {
    when: matchMessage(/\btable\b/i),
    say: { call: 'book_table', with: { restaurant: 'Tasca' } },
    after: tellOutputs,
  },
  {
    when: matchMessage(/\bseat\b/i),
    say: { call: 'pick_seat', with: { seats: ['12A', '12C', '14F'] } },
    after: tellOutputs,
  },
  { when: matchMessage(/\bflaky\b|\bunreliable\b/i), say: { call: 'flaky' }, after: tellOutputs },
  {
    when: matchMessage(/\bmalformed\b/i),
    say: { call: 'send_mail', with: '{"to":"ann@example.org","to":"eve@example.org"' },
    after: tellOutputs,
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

function tellOutputs({ outputs }: ScriptedTurn): string {
  return outputs.map(({ name, output }) => tellOutput(name, output)).join('\n\n');
}

/** Returns an answer to the user. The user may have denied the call, or written any output by hand. */
function tellOutput(name: string, output: string): string {
  const value = parseJson(output);
  if (isRecord(value) && isRecord(value['error'])) {
    const { message } = value['error'];
    return `That did not work: ${typeof message === 'string' && message !== '' ? message : 'no reason was given.'}`;
  }
  switch (name) {
    case 'forecast':
      return Array.isArray(value) ? tellForecast(value) : String(value);
    case 'send_mail':
      return isRecord(value) && value['sent'] === true
        ? `Done. ${String(value['to'])} has your mail “${String(value['subject'])}”.`
        : String(value);
    case 'review_offer':
      return isRecord(value) ? tellReview(value) : String(value);
    case 'book_table':
      return `Booked: ${lowerFirst(String(value))}`;
    case 'pick_seat':
      return `Seat ${String(value)} is yours.`;
    default:
      return String(value);
  }
}

function tellForecast(days: readonly unknown[]): string {
  const rows = days
    .filter(isRecord)
    .map(({ day, high, low }) => `| ${String(day)} | ${String(high)} °C | ${String(low)} °C |`);
  const city = days.find(isRecord)?.['city'];
  return `The next days in ${String(city)}:\n\n| Day | High | Low |\n|--:|--:|--:|\n${rows.join('\n')}`;
}

function tellReview({ verdict, price, terms }: Record<string, unknown>): string {
  const limit = typeof price === 'number' ? `, up to ${price} euros` : '';
  const conditions = Array.isArray(terms) && terms.length > 0 ? `: ${terms.join(', ')}` : '';
  return `Noted: **${String(verdict)}**${limit}${conditions}.`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
