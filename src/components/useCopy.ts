import { useEffect, useState } from 'react';

/** Whether the last copy worked; idle again after a while. */
export type CopyState = 'idle' | 'copied' | 'failed';

const SHOWN_MS = 2_000;

/** Copies text, and nothing but text, to the clipboard. Without a clipboard or its permission the state is `failed`. */
export function useCopy(): { state: CopyState; copy: (text: string) => Promise<void> } {
  const [last, setLast] = useState<{ isCopied: boolean }>();
  useEffect(() => {
    if (!last) return undefined;
    const timer = setTimeout(() => setLast(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [last]);
  return {
    state: !last ? 'idle' : last.isCopied ? 'copied' : 'failed',
    copy: async (text) => setLast({ isCopied: await writeText(text) }),
  };
}

async function writeText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard outside a secure context, or no permission: the button says so.
    return false;
  }
}
