import { useCallback, useEffect, useRef, useState } from 'react';

/** Result of an import, as `importFolder` returns it. */
export interface ImportReport {
  counts: { threads: { added: number; present: number; skipped: number } };
  problems: readonly { where: string; message: string; advice?: string }[];
  /** Files whose contents the export lacks. */
  missingContents: readonly unknown[];
}

/** Progress of an import. */
export interface ImportProgress {
  /** Part of the work that is done, from 0 to 1. */
  share: number;
}

/** Imports files. Rejects with a message for the user. */
export type ImportFiles<Report extends ImportReport> = (
  files: readonly File[],
  options: { signal: AbortSignal; onProgress: (progress: ImportProgress) => void },
) => Promise<Report>;

/** State of an import. */
export type ImportState =
  | { status: 'idle' }
  | { status: 'running'; share: number }
  | { status: 'failed'; message: string }
  | { status: 'done'; report: ImportReport };

/** Runs one import at a time. Unmounting stops it. */
export function useImport<Report extends ImportReport>(
  importFiles: ImportFiles<Report>,
  onImported: ((report: Report) => void) | undefined,
): { state: ImportState; start: (files: Promise<readonly File[]>) => void; stop: () => void } {
  const [state, setState] = useState<ImportState>({ status: 'idle' });
  const running = useRef<AbortController>(undefined);
  const stop = useCallback((): void => {
    running.current?.abort();
    running.current = undefined;
    setState({ status: 'idle' });
  }, []);
  // Also when an `Activity` hides the dialog, which keeps its state.
  useEffect(() => stop, [stop]);

  async function run(files: Promise<readonly File[]>, controller: AbortController): Promise<void> {
    const { signal } = controller;
    const onProgress = ({ share }: ImportProgress): void => {
      if (!signal.aborted) setState({ status: 'running', share });
    };
    try {
      const report = await importFiles(await files, { signal, onProgress });
      if (signal.aborted) return;
      setState({ status: 'done', report });
      onImported?.(report);
    } catch (error) {
      if (signal.aborted) return;
      setState({
        status: 'failed',
        message: error instanceof Error ? error.message : String(error),
      });
    } finally {
      if (running.current === controller) running.current = undefined;
    }
  }

  return {
    state,
    start(files) {
      if (running.current !== undefined) {
        // These files are ignored, also if they cannot be read.
        files.catch(() => undefined);
        return;
      }
      const controller = new AbortController();
      running.current = controller;
      setState({ status: 'running', share: 0 });
      void run(files, controller);
    },
    stop,
  };
}
