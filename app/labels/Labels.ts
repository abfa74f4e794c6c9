import { createContext, useContext } from 'react';
import { english } from './english.js';

/** Labels of the frame around the examples, in one language. The examples are English, as is their code. */
export type Labels = typeof english;

/** Provides the labels in the language of the page. */
export const LabelsContext = createContext<Labels>(english);

/** Returns the labels in the language of the page. */
export function useLabels(): Labels {
  return useContext(LabelsContext);
}
