import { useState } from 'react';

/** Texts that the types of `<input>` can show. They appear empty with others. */
const SHOWN_TEXTS: Readonly<Record<string, RegExp>> = {
  number: /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
  date: /^\d{4,}-\d\d-\d\d$/,
  time: /^\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/,
  'datetime-local': /^\d{4,}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/,
};

/**
 * Returns the type of an `<input>` that shows a value: `text` for a value that the fitting type cannot show, such as a
 * time with a zone. Keeps it while the user corrects the text, and until the input is empty.
 */
export function useInputType(fittingType: string, value: string): string {
  const [isText, setIsText] = useState(false);
  const shown = SHOWN_TEXTS[fittingType];
  const isShown = shown === undefined || value === '' || shown.test(value);
  if (!isShown && !isText) setIsText(true);
  if (value === '' && isText) setIsText(false);
  // A color input cannot be empty.
  if (fittingType === 'color') return 'text';
  return !isShown || (isText && value !== '') ? 'text' : fittingType;
}

/** Returns true from the first value with several lines on, which an `<input>` would join. */
export function useHasLines(value: string): boolean {
  const [hasLines, setHasLines] = useState(false);
  const isFound = !hasLines && value.includes('\n');
  if (isFound) setHasLines(true);
  return hasLines || isFound;
}
