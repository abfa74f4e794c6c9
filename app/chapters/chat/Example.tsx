import { Thread, ThreadView, type ThreadViewProps } from 'assistants-react';

/** A chat with markdown, reasoning, citations, and function calls that the user answers. */
export function Example(props: ThreadViewProps) {
  return (
    <ThreadView
      {...props}
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
    />
  );
}
