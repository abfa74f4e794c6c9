import { AssistantsProvider, createAssistantsClient, Thread, ThreadView } from 'assistants-react';
import { createBackend, demoScenario, scriptedModel } from 'assistants-react/backend';
import { useState } from 'react';
import { withFaults, type Faults } from './withFaults.js';

// A server in the page, behind a connection that fails on request.
const faults: Faults = { delayMs: 0, failsOften: false, cutsStreams: false, isOffline: false };
const backend = createBackend({ model: scriptedModel(demoScenario, { paceMs: 30 }) });
const client = createAssistantsClient({
  fetch: withFaults(backend.fetch, faults),
  // Other servers of the page must not share its part of the cache.
  scope: 'failing-server',
});
const { id: assistantId } = await client.createAssistant({
  body: { model: 'scripted', name: 'Demo assistant' },
});

/** A chat over a bad connection. Requests are retried, streams are rejoined, and a message is sent once. */
export function Example() {
  const [threadId, setThreadId] = useState<string>();
  const [shown, setShown] = useState<Faults>(faults);
  const change = (changes: Partial<Faults>) => setShown({ ...Object.assign(faults, changes) });
  return (
    <AssistantsProvider client={client}>
      <fieldset className="switches">
        <legend>Inject</legend>
        <label>
          <input
            type="checkbox"
            checked={shown.delayMs > 0}
            onChange={({ target }) => change({ delayMs: target.checked ? 2_000 : 0 })}
          />
          Delay of 2 seconds
        </label>
        <label>
          <input
            type="checkbox"
            checked={shown.failsOften}
            onChange={({ target }) => change({ failsOften: target.checked })}
          />
          Every second request fails
        </label>
        <label>
          <input
            type="checkbox"
            checked={shown.cutsStreams}
            onChange={({ target }) => change({ cutsStreams: target.checked })}
          />
          Streams are cut
        </label>
        <label>
          <input
            type="checkbox"
            checked={shown.isOffline}
            onChange={({ target }) => change({ isOffline: target.checked })}
          />
          Offline
        </label>
      </fieldset>
      <ThreadView
        assistantId={assistantId}
        threadId={threadId}
        onThreadIdChange={setThreadId}
        empty={
          <Thread.Empty
            heading="A server that misbehaves"
            description="Turn faults on and off, also while an answer grows. Nothing that you write is lost, and no message is sent twice."
            suggestions={[
              { title: 'A long answer to break', text: 'Write something long' },
              { title: 'A run that fails', text: 'Fail with a server error' },
              { title: 'A run that hangs', text: 'Please stall' },
              { title: 'A rate limit', text: 'Hit the rate limit' },
            ]}
          />
        }
      />
    </AssistantsProvider>
  );
}
