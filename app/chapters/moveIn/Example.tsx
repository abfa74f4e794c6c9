import {
  AssistantsProvider,
  Button,
  createAssistantsClient,
  memoryThreads,
  Thread,
  ThreadList,
  ThreadView,
} from 'assistants-react';
import {
  createBackend,
  formatReport,
  importFolder,
  memoryStore,
  type TransferFolder,
} from 'assistants-react/backend';
import { useState, type DragEvent } from 'react';
import { openFiles, readDrop } from './openFiles.js';
import { createSampleExport } from './sampleExport.js';

/** Imports an export into a new server in the page. If that fails, nothing of it is left. */
async function startServer(folder: TransferFolder) {
  const store = memoryStore();
  const report = await importFolder({ folder, store });
  if (report.counts.threads.added === 0) throw new Error(formatReport(report));
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
  const [error, setError] = useState<string>();
  const [isReading, setIsReading] = useState(false);

  async function open(read: () => TransferFolder | Promise<TransferFolder>) {
    setError(undefined);
    setIsReading(true);
    try {
      setServer(await startServer(await read()));
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : String(reason));
    }
    setIsReading(false);
  }
  const drop = (event: DragEvent) => {
    event.preventDefault();
    const files = readDrop(event.dataTransfer);
    void open(async () => openFiles(await files));
  };
  const fileFieldProps = {
    type: 'file',
    disabled: isReading,
    onChange: (event: { target: HTMLInputElement }) => {
      const files = [...(event.target.files ?? [])];
      if (files.length > 0) void open(() => openFiles(files));
    },
  };

  if (server !== undefined)
    return <ImportedThreads server={server} onClose={() => setServer(undefined)} />;
  return (
    <section
      className="move-in"
      aria-busy={isReading}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <h2>Open an old conversation</h2>
      <p>Drop a folder or a zip file that was exported from the Assistants API, or choose one.</p>
      <label>
        Zip, JSON or JSONL <input {...fileFieldProps} multiple accept=".zip,.json,.jsonl" />
      </label>
      <label>
        Folder <input {...fileFieldProps} {...{ webkitdirectory: '' }} />
      </label>
      <p>
        It is read in this tab, and sent nowhere.{' '}
        <Button
          disabled={isReading}

          onClick={() => void open(createSampleExport)}
        >
          Open a sample
        </Button>
      </p>
      <p role="alert">{error}</p>
    </section>
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
            <h2>{report.counts.threads.added} threads</h2>
            <Button onClick={onClose}>Close</Button>
          </header>
          <details open={report.problems.length > 0}>
            <summary>Report</summary>
            <pre>{formatReport(report)}</pre>
          </details>
          <ThreadList registry={registry} threadId={threadId} onSelect={setThreadId} />
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
