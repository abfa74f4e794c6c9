import {
  AssistantsProvider,
  Button,
  createAssistantsClient,
  ImportDialog,
  memoryThreads,
  Thread,
  ThreadList,
  ThreadView,
} from 'assistants-react';
import {
  createBackend,
  fileFolder,
  importFolder,
  memoryStore,
  type Store,
  type TransferReport,
} from 'assistants-react/backend';
import { useState } from 'react';
import { ImportReport } from './ImportReport.js';
import { createSampleExport } from './sampleExport.js';

/** Starts a server in the page with imported objects. */
async function startServer(store: Store, report: TransferReport) {
  const client = createAssistantsClient({
    fetch: createBackend({ store }).fetch,
    scope: crypto.randomUUID(),
  });
  const { data } = await client.listAssistants({ query: { limit: 1 } });
  const assistant =
    data[0] ?? (await client.createAssistant({ body: { model: 'scripted', name: 'Reader' } }));
  return { client, registry: memoryThreads(), assistantId: assistant.id, report };
}

type Server = Awaited<ReturnType<typeof startServer>>;

/** Opens an export of the Assistants API in this tab, without sending it anywhere. */
export function Example() {
  const [server, setServer] = useState<Server>();
  const [isChoosing, setIsChoosing] = useState(false);

  async function openSample() {
    const store = memoryStore();
    const report = await importFolder({ folder: createSampleExport(), store });
    setServer(await startServer(store, report));
  }

  if (server !== undefined)
    return <ImportedThreads server={server} onClose={() => setServer(undefined)} />;
  return (
    <section className="move-in">
      <h2>Open an old conversation</h2>
      <p>
        Open a folder or a zip file that was exported from the Assistants API. It is read in this
        tab, and sent nowhere.
      </p>
      <p>
        <Button onClick={() => setIsChoosing(true)}>Open an export</Button>{' '}
        <Button onClick={() => void openSample()}>Open a sample</Button>
      </p>
      {isChoosing && <OpenDialog onOpen={setServer} onClose={() => setIsChoosing(false)} />}
    </section>
  );
}

/** Imports into a new store, and opens it if it has threads. Otherwise the dialog says why. */
function OpenDialog({
  onOpen,
  onClose,
}: {
  onOpen: (server: Server) => void;
  onClose: () => void;
}) {
  return (
    <ImportDialog
      onImport={async (files, options) => {
        const store = memoryStore();
        const folder = await fileFolder(files);
        const report = await importFolder({ ...options, folder, store });
        if (report.counts.threads.added > 0) {
          onClose();
          onOpen(await startServer(store, report));
        }
        return report;
      }}
      onClose={onClose}
    />
  );
}

function ImportedThreads({ server, onClose }: { server: Server; onClose: () => void }) {
  const { client, registry, assistantId, report } = server;
  const [threadId, setThreadId] = useState<string>();
  return (
    <AssistantsProvider client={client}>
      <div className="moved-in">
        <section aria-label="Imported threads">
          <header>
            <h2>Threads: {report.counts.threads.added}</h2>
            <Button onClick={onClose}>Close</Button>
          </header>
          <ThreadList registry={registry} threadId={threadId} onSelect={setThreadId} />
          <ImportReport report={report} />
        </section>
        <ThreadView
          assistantId={assistantId}
          threadId={threadId}
          onThreadIdChange={setThreadId}
          empty={<Thread.Empty heading="Choose a conversation" />}
        />
      </div>
    </AssistantsProvider>
  );
}
