'use client';
import { ThreadView } from 'assistants-react';
import { useState } from 'react';

/** A chat whose address follows its thread. */
export function Chat({ assistantId, threadId }: { assistantId: string; threadId?: string }) {
  const [openThreadId, setOpenThreadId] = useState(threadId);
  const openThread = (id: string | undefined) => {
    setOpenThreadId(id);
    // A navigation would replace this component while the answer is written.
    window.history.replaceState(null, '', id === undefined ? '/' : `/threads/${id}`);
  };
  return (
    <ThreadView
      assistantId={assistantId}
      threadId={openThreadId}
      onThreadIdChange={openThread}
      suggestions={['What can you do?']}
      style={{ height: '100dvh' }}
    />
  );
}
