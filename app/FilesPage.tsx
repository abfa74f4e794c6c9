import { FileManager } from 'assistants-react';
import type { ReactElement } from 'react';

/** All files of the server: upload, preview, download and delete. */
export function FilesPage(): ReactElement {
  return (
    <main className="data">
      <p>Files that you, the assistants and the examples have uploaded.</p>
      <FileManager />
    </main>
  );
}
