import { createContext, useContext } from 'react';
import type { ComposerDraft } from './useDraft.js';

/** What the parts of a composer share. */
export interface ComposerState {
  draft: ComposerDraft;
  /** Characters over the limit; 0 within it. */
  over: number;
  /** Characters left. */
  left: number;
  maxLength: number;
  canSend: boolean;
  isRunning: boolean;
  isDisabled: boolean;
  inputId: string;
  hintId: string;
  submit: () => void;
  stop: (() => void) | undefined;
  attach: ((files: File[]) => void) | undefined;
}

/** Holds the state of the composer around. */
export const ComposerContext = createContext<ComposerState | undefined>(undefined);

/** The composer around a part. @throws Error outside a composer */
export function useComposer(): ComposerState {
  const state = useContext(ComposerContext);
  if (state === undefined)
    throw new Error(
      'useComposer: no composer around this part. Put it inside <ComposerForm onSend={...}>.',
    );
  return state;
}
