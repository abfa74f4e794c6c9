import { useEffect, useState } from 'react';

/** Outcome of the last copy. It returns to `idle` after two seconds. */
export type CopyState = 'idle' | CopyOutcome;

/** Outcome of a copy. */
export type CopyOutcome = 'copied' | 'failed';

const RESET_DELAY_MS = 2_000;

/** Result of a hook that copies text to the clipboard. */
export interface CopyResult {
  state: CopyState;
  /** Copies plain text. Never rejects: without a clipboard or the permission to write to it, the state becomes `failed`. */
  copy: (text: string) => Promise<void>;
}

/**
 * Copies text to the clipboard.
 *
 * @param write Writes the text to the clipboard. Must not reject. @default writes it as plain text
 */
export function useCopy(write: (text: string) => Promise<CopyOutcome> = writeText): CopyResult {
  // An object, because a second copy with the same outcome has to restart the timer.
  const [last, setLast] = useState<{ state: CopyState }>({ state: 'idle' });
  useEffect(() => {
    if (last.state === 'idle') return undefined;
    const timer = setTimeout(() => setLast({ state: 'idle' }), RESET_DELAY_MS);
    return () => clearTimeout(timer);
  }, [last]);
  return {
    state: last.state,
    copy: async (text) => setLast({ state: await write(text) }),
  };
}

/** Writes plain text to the clipboard. Never rejects. */
export async function writeText(text: string): Promise<CopyOutcome> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    // No permission, or no clipboard because the page is not a secure context.
    return copyWithCommand(text) ? 'copied' : 'failed';
  }
}

/** Copies with the older command, which needs neither a secure context nor a permission. */
function copyWithCommand(text: string): boolean {
  let isCopied = false;
  const onCopy = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/plain', text);
    isCopied = event.clipboardData !== null;
  };
  window.addEventListener('copy', onCopy, true);
  try {
    return document.execCommand('copy') && isCopied;
  } catch {
    return false;
  } finally {
    window.removeEventListener('copy', onCopy, true);
  }
}
