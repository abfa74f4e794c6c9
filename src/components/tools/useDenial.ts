import { useState } from 'react';

/** Reason of a denial that the user writes. */
export interface Denial {
  /** True while the user is asked for the reason. */
  readonly isOpen: boolean;
  readonly reason: string;
  /** True if the user has pressed a button to deny the call, which the form replaces. */
  readonly takesFocus: boolean;
  open: () => void;
  /** Returns to the other buttons. The reason is there again when the user denies the call after all. */
  close: () => void;
  setReason: (reason: string) => void;
}

/**
 * Holds the state of a denial.
 *
 * @param draft Reason from before a reload. With it, the user is asked for the reason from the start.
 * @param onDraftChange Called with each change of the reason, and with undefined when the user goes back.
 */
export function useDenial(
  draft: string | undefined,
  onDraftChange: ((reason: string | undefined) => void) | undefined,
): Denial {
  const [isOpen, setIsOpen] = useState(draft !== undefined);
  const [takesFocus, setTakesFocus] = useState(false);
  const [reason, setReason] = useState(draft ?? '');
  return {
    isOpen,
    reason,
    takesFocus,
    open() {
      setIsOpen(true);
      setTakesFocus(true);
      if (reason !== '') onDraftChange?.(reason);
    },
    close() {
      setIsOpen(false);
      onDraftChange?.(undefined);
    },
    setReason(next) {
      setReason(next);
      onDraftChange?.(next);
    },
  };
}
