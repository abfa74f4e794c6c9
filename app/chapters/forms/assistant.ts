import type { ScriptedRule, ScriptedTurn } from 'assistants-react/backend';

/** Functions of the assistant, in the format of the API. */
export const functions = {
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
} as const;

/** Body of createAssistant. */
export const assistant = {
  model: 'scripted',
  name: 'Booking desk',
  description: 'Asks you with forms.',
  tools: Object.values(functions).map((definition) => ({
    type: 'function' as const,
    function: definition,
  })),
};

const offer = { call: 'review_offer', with: { offer: '40 chairs, used, for 900 euros' } };
const table = { call: 'book_table', with: { restaurant: 'Tasca' } };
const seat = { call: 'pick_seat', with: { seats: ['12A', '12C', '14F'] } };

/** Rules of the scripted model, used here in place of a real one. */
export const script: readonly ScriptedRule[] = [
  { when: /\ball\b|\bat once\b/i, say: ['I need three things.', offer, table, seat], after: tell },
  { when: /\boffer\b/i, say: offer, after: tell },
  { when: /\btable\b/i, say: table, after: tell },
  { when: /\bseat\b/i, say: seat, after: tell },
  { say: 'Ask me to review an offer, to book a table, to pick a seat, or all at once.' },
];

function tell({ outputs }: ScriptedTurn): string {
  return outputs
    .map(({ name, output }) => {
      if (output.includes('"error"')) return 'Noted: you would rather not.';
      return name === 'review_offer' ? `Noted:\n\n\`\`\`json\n${output}\n\`\`\`` : output;
    })
    .join('\n\n');
}
