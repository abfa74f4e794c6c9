import { Thread, ThreadView, type ThreadViewProps } from 'assistants-react';

/** Texts of a model are never HTML, links are checked, and remote images need consent. Nothing to configure. */
export function Example(props: ThreadViewProps) {
  return (
    <ThreadView
      {...props}
      empty={
        <Thread.Empty
          heading="A model that cannot be trusted"
          description="All that it writes stays text. No HTML, no script in a link, no image that loads unasked, and no length or nesting that stops the page."
          suggestions={[
            { title: 'HTML and scripts', text: 'Write some HTML' },
            { title: 'Links and pictures', text: 'Show me links' },
            { title: 'Letters', text: 'Use strange letters' },
            { title: 'Nesting', text: 'Go deep' },
            { title: 'A huge table', text: 'Make a huge table' },
          ]}
        />
      }
    />
  );
}
