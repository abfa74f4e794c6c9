import { Thread, ThreadView, type ThreadViewProps } from 'assistants-react';

/** A chat about files. Attached files are uploaded, searched by the backend, and cited. */
export function Example(props: ThreadViewProps) {
  return (
    <ThreadView
      {...props}
      empty={
        <Thread.Empty
          heading="Files and citations"
          description="Attach a text, a PDF, a table or a page, and ask about it. The backend reads and searches it in a worker; citations show their source."
          suggestions={[
            { title: 'A citation', text: 'Name your sources' },
            { title: 'A download', text: 'Make me a file' },
          ]}
        />
      }
    />
  );
}
