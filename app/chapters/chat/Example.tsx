import {
  ComposerDictation,
  ComposerTriggers,
  MessageReadAloud,
  Thread,
  ThreadQuote,
  ThreadView,
  type ComposerTrigger,
  type ThreadViewProps,
} from 'assistants-react';

const commands = [
  { id: 'weather', label: 'weather', text: 'What is the weather in Paris and Tokyo?' },
  { id: 'markdown', label: 'markdown', text: 'Show me some markdown' },
  { id: 'sources', label: 'sources', text: 'Name your sources' },
];

const triggers: ComposerTrigger<(typeof commands)[number]>[] = [
  {
    char: '/',
    isAtStartOnly: true,
    items: (query) => commands.filter(({ label }) => label.startsWith(query)),
    onSelect: ({ text }) => text,
  },
];

/** A chat with markdown, reasoning, citations, and function calls that the user answers. */
export function Example(props: ThreadViewProps) {
  return (
    <ThreadView
      {...props}
      hasSearch
      renderActions={({ role }) => role === 'assistant' && <MessageReadAloud />}
      composer={
        <Thread.Composer placeholder="Ask anything or type /">
          <ComposerTriggers triggers={triggers} />
          <ComposerDictation />
        </Thread.Composer>
      }
      empty={
        <Thread.Empty
          heading="A chat in one component"
          description="ThreadView streams answers, follows runs over reloads and lost connections, and shows function calls. A script answers here, so no key is needed."
          suggestions={[
            { title: 'Function calls', text: 'What is the weather in Paris and Tokyo?' },
            { title: 'Markdown', text: 'Show me some markdown' },
            { title: 'Citations', text: 'Name your sources' },
            { title: 'Reasoning', text: 'Think before you answer' },
            { title: 'A long answer', text: 'Write something long' },
            { title: 'A failure', text: 'Fail with a server error' },
          ]}
        />
      }
    >
      <ThreadQuote />
    </ThreadView>
  );
}
