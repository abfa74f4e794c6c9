import type { SpeechResultEvent } from '../voice/speechRecognition.js';
import { insertText } from './insertText.js';

/**
 * Returns a function that writes recognized words into a text field, at the cursor. Words that may still change replace those of
 * the last call, unless the user has edited the text since.
 */
export function createDictation(
  field: HTMLTextAreaElement,
): (event: Pick<SpeechResultEvent, 'resultIndex' | 'results'>) => void {
  let start: number | undefined;
  let written = '';
  const write = (words: string): void => {
    const isUnchanged =
      start !== undefined && field.value.slice(start, start + written.length) === written;
    if (start === undefined || !isUnchanged) {
      start = field.selectionEnd;
      written = '';
    }
    const needsSpace = start > 0 && words !== '' && !/\s/.test(field.value.charAt(start - 1));
    const text = `${needsSpace ? ' ' : ''}${words}`;
    insertText(field, text, start, start + written.length);
    written = text;
  };
  return ({ resultIndex, results }) => {
    const changing: string[] = [];
    for (let index = resultIndex; index < results.length; index += 1) {
      const result = results[index];
      const words = result?.[0]?.transcript.trim() ?? '';
      if (!result?.isFinal) {
        changing.push(words);
        continue;
      }
      write(words);
      start = (start ?? 0) + written.length;
      written = '';
    }
    // Browsers split words that may still change into several results.
    if (changing.length > 0) write(changing.join(' '));
  };
}
