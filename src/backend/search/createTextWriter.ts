import { sliceText } from '../../common/sliceText.js';
import type { FileLimits } from './fileLimits.js';
import type { ProblemReason } from './FileProblem.js';

/** Receives the text that a converter produces. */
export interface TextWriter {
  /** Called once the parser of the format is loaded. The deadline of the job starts then. */
  start(): void;
  /** Adds text. Resolves with false once the text has its maximum length, and the converter should stop. */
  write(text: string): Promise<boolean>;
  /** Records why a part of the file is left out. The first reason counts. */
  omit(reason: ProblemReason): void;
  /** Emits what is still held back. Returns the reason why a part of the file is missing, or undefined. */
  end(): ProblemReason | undefined;
}

/** Options for `createTextWriter`. */
export interface TextWriterOptions {
  limits: FileLimits;
  onStart: () => void;
  /** Receives the text in pieces. Together they are the text of the file. */
  onText: (text: string) => void;
  /** Called between slices of work. Yields to the event loop if it is due. */
  pause: () => Promise<void>;
}

/** Text that is cleaned at once, in UTF-16 units. */
const SLICE_LENGTH = 65_536;
/** Text that is emitted at once. A PDF emits each page, so that its first pages survive if the rest takes too long. */
const EMITTED_LENGTH = 16_384;

/**
 * Creates a writer that normalizes line ends, removes invisible characters and trailing spaces, and limits the length of the
 * text.
 */
export function createTextWriter(options: TextWriterOptions): TextWriter {
  const { limits, onStart, onText, pause } = options;
  const clean = createCleaner();
  let pieces: string[] = [];
  let heldLength = 0;
  let length = 0;
  let reason: ProblemReason | undefined;

  function emit(): void {
    if (heldLength > 0) onText(pieces.join(''));
    pieces = [];
    heldLength = 0;
  }

  function add(text: string): void {
    const taken = sliceText(text, 0, limits.textLength - length);
    if (taken.length < text.length) reason ??= 'textLength';
    pieces.push(taken);
    length += taken.length;
    heldLength += taken.length;
    if (heldLength >= EMITTED_LENGTH) emit();
  }

  const isFull = () => reason === 'textLength' || length >= limits.textLength;

  return {
    start: onStart,
    async write(text) {
      for (let start = 0; start < text.length && !isFull(); start += SLICE_LENGTH) {
        add(clean(text.slice(start, start + SLICE_LENGTH)));
        await pause();
      }
      return !isFull();
    },
    omit(found) {
      reason ??= found;
    },
    end() {
      emit();
      return reason;
    },
  };
}

/**
 * Returns a function that cleans a text slice by slice. White space is held back until more text follows, so that the end of
 * the text and of each line is trimmed.
 */
function createCleaner(): (slice: string) => string {
  let endsWithReturn = false;
  let isStart = true;
  let lineBreaks = 0;
  let spaces: string[] = [];

  return (slice) => {
    // The first half of a line break may be at the end of the previous slice.
    const rest = endsWithReturn && slice.startsWith('\n') ? slice.slice(1) : slice;
    endsWithReturn = slice.endsWith('\r');
    const visible = rest.replace(/\r\n?/g, '\n').replace(/\u00AD|\uFEFF|(?!\n|\t)\p{Cc}/gu, '');
    const cleaned: string[] = [];
    for (const [index, line] of visible.split('\n').entries()) {
      if (index > 0) {
        lineBreaks += 1;
        spaces = [];
      }
      const written = line.trimEnd();
      if (written !== '') {
        if (isStart) cleaned.push(written.trimStart());
        else cleaned.push('\n'.repeat(lineBreaks), ...spaces, written);
        isStart = false;
        lineBreaks = 0;
        spaces = [];
      }
      if (written.length < line.length) spaces.push(line.slice(written.length));
    }
    return cleaned.join('');
  };
}
