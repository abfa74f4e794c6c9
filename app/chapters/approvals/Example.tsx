import { defineTool, Thread, ThreadView, type ThreadViewProps } from 'assistants-react';
import { Mail } from 'lucide-react';
import { sendMailFunction } from './assistant.js';

/** Needs approval. The user can edit the arguments before the call runs, and correct invalid ones. */
const sendMail = defineTool({
  name: 'send_mail',
  title: 'Send an email',
  icon: <Mail size={16} />,
  description: sendMailFunction.description,
  inputSchema: sendMailFunction.parameters,
  needsApproval: true,
  onInvalidArguments: 'ask',
  execute: ({ to, subject }) => `Done. ${to} has your mail “${subject}”.`,
});

export const tools = [sendMail];

/** Function calls that wait for the user. */
export function Example(props: ThreadViewProps) {
  return (
    <ThreadView
      {...props}
      tools={tools}
      empty={
        <Thread.Empty
          heading="Nothing happens without you"
          description="needsApproval holds a call until the user allows it. The arguments that are shown are those that run, and a reload does not lose the question."
          suggestions={[
            { title: 'Allow or deny', text: 'Write a mail to Ann' },
            { title: 'Correct it first', text: 'Send one with a wrong address' },
          ]}
        />
      }
    />
  );
}
