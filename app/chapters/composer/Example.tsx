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
  { id: 'story', label: 'story', text: 'Tell me a short story.' },
  { id: 'help', label: 'help', text: 'What can I do here?' },
];

const people = [
  { id: 'ada', label: 'Ada' },
  { id: 'grace', label: 'Grace' },
  { id: 'katherine', label: 'Katherine' },
];

const findByLabel = <Item extends { label: string }>(items: readonly Item[], query: string) =>
  items.filter(({ label }) => label.toLowerCase().startsWith(query.toLowerCase()));

const triggers: ComposerTrigger<{ id: string; label: string; text?: string }>[] = [
  {
    char: '/',
    isAtStartOnly: true,
    items: (query) => findByLabel(commands, query),
    onSelect: ({ label, text = label }) => text,
  },
  {
    char: '@',
    items: (query) => findByLabel(people, query),
    onSelect: ({ label }) => `@${label} `,
  },
];

/** A composer with commands, mentions and dictation, and answers that can be quoted and read aloud. */
export function Example(props: ThreadViewProps) {
  return (
    <ThreadView
      {...props}
      renderActions={({ role }) => role === 'assistant' && <MessageReadAloud />}
      composer={
        <Thread.Composer placeholder="Type / or @, or ask anything">
          <ComposerTriggers triggers={triggers} />
          <ComposerDictation />
        </Thread.Composer>
      }
      empty={
        <Thread.Empty
          heading="More than a text field"
          description="Commands, mentions and dictation are children of the composer. Select text of an answer to quote it."
          suggestions={[
            { title: 'An answer to quote', text: 'Tell me a short story.' },
            { title: 'Help', text: 'What can I do here?' },
          ]}
        />
      }
    >
      <ThreadQuote />
    </ThreadView>
  );
}
