import { Button, ThreadHeader, ThreadList, ThreadView, useThreads } from 'assistants-react';
import { useState } from 'react';
import { tools } from './tools';

export function Chat({ assistantId }: { assistantId: string }) {
  const [threadId, setThreadId] = useState<string>();
  const [chatKey, setChatKey] = useState(0);
  // On phones, either the list or the thread is shown.
  const [isListOpen, setIsListOpen] = useState(false);
  const { remember, markUsed } = useThreads();
  const openThread = (id: string | undefined) => {
    setThreadId(id);
    setIsListOpen(false);
  };
  const startThread = () => {
    openThread(undefined);
    // A new key also leaves a thread whose first message is still on its way.
    setChatKey((key) => key + 1);
  };
  const closeThread = (id: string) => {
    if (id === threadId) setThreadId(undefined);
  };
  return (
    <div className="chat" data-list={isListOpen ? 'open' : 'closed'}>
      <Button
        className="show-list"
        aria-expanded={isListOpen}
        onClick={() => setIsListOpen((isOpen) => !isOpen)}
      >
        Threads
      </Button>
      <nav aria-label="Threads">
        <Button onClick={startThread}>New thread</Button>
        <ThreadList threadId={threadId} onSelect={openThread} onDelete={closeThread} />
      </nav>
      <main>
        <ThreadHeader
          threadId={threadId}
          assistantId={assistantId}
          onSelect={setThreadId}
          onDelete={closeThread}
        />
        <ThreadView
          key={chatKey}
          assistantId={assistantId}
          threadId={threadId}
          tools={tools}
          suggestions={['What is the weather in Lisbon?', 'What can you do?']}
          onThreadIdChange={setThreadId}
          onThreadCreated={(id, { text }) => remember(id, text ?? '')}
          onRunSettled={(run) => markUsed(run.thread_id)}
        />
      </main>
    </div>
  );
}
