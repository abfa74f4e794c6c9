import type { TransferProgress } from '../transfer/createProgress.js';

/** Part of a stream of the process. */
export interface ProgressStream {
  isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Creates a line that shows the progress of an import or an export. On a terminal it is overwritten; in a file it becomes a new
 * line for each tenth.
 */
export function createProgressLine(stream: ProgressStream) {
  let lastTenth = -1;
  let hasLine = false;
  return {
    show(progress: TransferProgress): void {
      const text = formatProgress(progress);
      if (stream.isTTY === true) {
        stream.write(`\r\u001B[K${text}`);
        hasLine = true;
        return;
      }
      const tenth = Math.floor(progress.share * 10);
      if (tenth === lastTenth) return;
      lastTenth = tenth;
      stream.write(`${text}\n`);
    },
    /** Removes the line from a terminal. */
    clear(): void {
      if (hasLine) stream.write('\r\u001B[K');
      hasLine = false;
    },
  };
}

function formatProgress({ threads, share, remainingMs }: TransferProgress): string {
  const percent = `${Math.floor(share * 100)} %`;
  const done =
    threads === undefined ? 'reading the folder' : `${threads.done} of ${threads.total} threads`;
  const left = remainingMs === undefined ? '' : `, about ${formatDuration(remainingMs)} left`;
  return `${percent}, ${done}${left}`;
}

function formatDuration(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
