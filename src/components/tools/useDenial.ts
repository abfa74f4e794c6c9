import { useState } from 'react';

/** Reason of a denial that the user writes. */
export interface Denial {
  /** True while the user writes a reason. */
  readonly isOpen: boolean;
  readonly reason: string;
  /** True if the user has opened the field, so that it takes the focus. */
  readonly takesFocus: boolean;
  open: () => void;
  /** Denies without a reason. It is there again when the user opens the field again. */
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
