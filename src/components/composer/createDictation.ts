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
  return ({ resultIndex, results }) => {
    for (let index = resultIndex; index < results.length; index += 1) {
      const result = results[index];
      const words = result?.[0]?.transcript.trim() ?? '';
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
      if (!result?.isFinal) continue;
      start += text.length;
      written = '';
    }
  };
}
