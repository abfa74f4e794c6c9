import { AssistantsProvider, createAssistantsClient, ThreadView } from 'assistants-react';
import 'assistants-react/styles.css';
import { createRoot } from 'react-dom/client';

interface Session {
  user?: string;
  assistantId: string;
}

function Chat({ assistantId }: Pick<Session, 'assistantId'>) {
  return <ThreadView assistantId={assistantId} style={{ height: '100dvh' }} />;
}

function Login() {
  return (
    <form action="/session" method="post">
      <label>
        Your name <input name="user" required autoComplete="username" />
      </label>{' '}
      <button type="submit">Log in</button>
    </form>
  );
}

const session = (await (await fetch('/session')).json()) as Session;
// What the browser remembers of a user, such as drafts, is kept apart by the scope.
const client = createAssistantsClient({ baseUrl: '/v1', scope: session.user });

createRoot(document.getElementById('root') ?? document.body).render(
  session.user === undefined ? (
    <Login />
  ) : (
    <AssistantsProvider client={client}>
      <Chat assistantId={session.assistantId} />
    </AssistantsProvider>
  ),
);
