import { QueryClient } from '@tanstack/react-query';
import {
  AssistantsProvider,
  createAssistantsClient,
  Thread,
  ThreadList,
  memoryThreads,
  ThreadView,
  useThreads,
} from 'assistants-react';
import { createBackend } from 'assistants-react/backend';
import { useState } from 'react';

// One server in the page for all users. Yours reads the user from a session or a token.
const backend = createBackend({
  user(request) {
    const id = request.headers.get('x-user');
    return id === null ? undefined : { id, isAdmin: id === 'admin' };
  },
});

const connect = (user: string) =>
  createAssistantsClient({ fetch: backend.fetch, headers: { 'x-user': user }, scope: user });

const { id: assistantId } = await connect('admin').createAssistant({
  body: { model: 'scripted', name: 'Demo assistant' },
});

const users = ['Ann', 'Ben'].map((name) => ({
  name,
  client: connect(name),
  queryClient: new QueryClient(),
  registry: memoryThreads(),
}));

/** Two users of one server. Each sees their own threads; the id of another user's thread is answered like an unknown one. */
export function Example() {
  const [opened, setOpened] = useState<Record<string, string | undefined>>({});
  const lastId = opened['Ann'];
  return (
    <div className="users">
      {users.map((user) => (
        <section key={user.name} aria-label={user.name}>
          <header>
            <h2>{user.name}</h2>
            {user.name === 'Ben' && lastId !== undefined && (
              <button type="button" onClick={() => setOpened({ ...opened, Ben: lastId })}>
                Open the thread of Ann
              </button>
            )}
          </header>
          <AssistantsProvider client={user.client} queryClient={user.queryClient}>
            <UserChat
              registry={user.registry}
              threadId={opened[user.name]}
              onThread={(id) => setOpened((before) => ({ ...before, [user.name]: id }))}
            />
          </AssistantsProvider>
        </section>
      ))}
    </div>
  );
}

interface UserChatProps {
  registry: (typeof users)[number]['registry'];
  threadId: string | undefined;
  onThread: (threadId: string | undefined) => void;
}

function UserChat({ registry, threadId, onThread }: UserChatProps) {
  const { remember } = useThreads({ registry });
  return (
    <>
      <ThreadList registry={registry} threadId={threadId} onSelect={onThread} />
      <ThreadView
        assistantId={assistantId}
        threadId={threadId}
        onThreadIdChange={onThread}
        onThreadCreated={(id, { text }) => remember(id, text ?? '')}
        empty={
          <Thread.Empty heading="Your own threads" suggestions={['Hello', 'Name your sources']} />
        }
      />
    </>
  );
}
