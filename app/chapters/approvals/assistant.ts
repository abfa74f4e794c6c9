import type { ScriptedRule } from 'assistants-react/backend';

/** Function of the assistant, in the format of the API. */
export const sendMailFunction = {
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
} as const;

/** Body of createAssistant. */
export const assistant = {
  model: 'scripted',
  name: 'Mail clerk',
  description: 'Writes emails, and asks before it sends them.',
  tools: [{ type: 'function' as const, function: sendMailFunction }],
};

const toAnn = { to: 'ann@example.org', subject: 'Dinner on Friday', urgent: false };

/** Rules of the scripted model, used here in place of a real one. */
export const script: readonly ScriptedRule[] = [
  {
    when: /\binvalid\b|\bwrong\b/i,
    say: { call: 'send_mail', with: { to: 'ann at example', subject: '' } },
    after: ({ outputs }) => tell(outputs[0]?.output),
  },
  {
    when: /\bmail\b|\bwrite\b/i,
    say: ['I will invite Ann.', { call: 'send_mail', with: toAnn }],
    after: ({ outputs }) => tell(outputs[0]?.output),
  },
  { say: 'Ask me to write a mail.' },
];

/** The output reports an error if the user has denied the call. */
function tell(output = ''): string {
  return output.includes('"error"') ? 'I have not sent it.' : output;
}
