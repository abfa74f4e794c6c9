import { ModelError, type ModelEvent, type ModelRequest } from '../model.js';
import { sleep } from '../../../common/sleep.js';

/**
 * One thing that a scripted answer does. A string is text that is written. Lines are played in their order; calls that
 * follow each other are made at once, in parallel.
 */
export type ScriptedLine =
  | string
  /** Calls a function. `with` is written as JSON; a string goes out as it is, malformed or not. */
  | { call: string; with?: unknown; id?: string }
  /** Searches the files of the run. As the last line it gets the answer `after`, which is told what was found. */
  | { search: string }
  /** Cites a file, or by name one attached above: writes a mark such as `【4:0†notes.txt】` and annotates it. */
  | { cite: { id: string; filename: string } | string; quote?: string }
  /** Makes a file for download: writes a link, `label` or the file name, and annotates its path. */
  | { attach: string; content: string | Uint8Array; label?: string }
  /** Shows an image that is stored under this file id. */
  | { image: string }
  | { refuse: string }
  /** Goes on in a new message. */
  | { next: 'message' }
  /** Waits, in milliseconds. */
  | { pauseMs: number }
  /** Waits until the promise is fulfilled: how a test holds a run at a place it chooses. */
  | { hold: Promise<unknown> }
  /** Says nothing more until the run is cancelled or expires. */
  | { stall: true }
  /** Ends here, for this reason. */
  | { cut: 'max_completion_tokens' | 'max_prompt_tokens' | 'content_filter' }
  /** Fails the run. */
  | { fail: ModelError['code']; message?: string }
  /** Tokens to report instead of an estimate. */
  | { usage: { promptTokens: number; completionTokens: number } }
  /** Anything that has no line of its own. Text in it is not counted where annotations say their place. */
  | { event: ModelEvent };

/** An answer: one line or several. */
export type ScriptedScript = ScriptedLine | readonly ScriptedLine[];

/** How a script is played. */
export interface PlayOptions {
  /** Milliseconds before each piece of text. @default 0: no timer at all */
  paceMs?: number;
}

/**
 * Plays a script as the events of a model. The same request and script give the same events, ids included. Stops at the
 * run's `max_completion_tokens`, four characters a token.
 */
export async function* play(
  script: ScriptedScript,
  request: ModelRequest,
  { paceMs = 0 }: PlayOptions = {},
): AsyncGenerator<ModelEvent, void, void> {
  const lines = isLines(script) ? script : [script];
  const limit = request.run.max_completion_tokens ?? Infinity;
  let written = 0;
  const attached = new Map<string, string>();
  let calls = 0;
  let citations = 0;
  let usage: { promptTokens: number; completionTokens: number } | undefined;
  /** Where the text block being written has got to; annotations count from its start, in UTF-16 units. */
  let position = 0;

  for (const line of lines) {
    if (typeof line === 'object' && 'usage' in line) usage = line.usage;
    else if (typeof line === 'object' && 'cut' in line) {
      yield used();
      yield { type: 'finish', reason: line.cut };
      return;
    } else {
      for await (const event of playLine(line)) {
        if (event.type === 'text' || event.type === 'arguments' || event.type === 'refusal')
          written += event.text.length;
        if (written / 4 > limit) {
          yield used();
          yield { type: 'finish', reason: 'max_completion_tokens' };
          return;
        }
        if (paceMs > 0 && 'text' in event) await sleep(paceMs, request.signal);
        yield event;
      }
    }
  }
  yield used();
  yield { type: 'finish', reason: calls > 0 ? 'tool_calls' : 'stop' };

  function used(): ModelEvent {
    const estimate = {
      promptTokens: Math.ceil(promptLength(request) / 4),
      completionTokens: Math.ceil(written / 4),
    };
    return { type: 'usage', ...(usage ?? estimate) };
  }

  async function* playLine(
    line: Exclude<ScriptedLine, { usage: unknown } | { cut: unknown }>,
  ): AsyncGenerator<ModelEvent> {
    if (typeof line === 'string') {
      for (const text of pieces(line)) yield { type: 'text', text };
      position += line.length;
    } else if ('call' in line) {
      calls += 1;
      position = 0;
      yield {
        type: 'toolCall',
        name: line.call,
        ...(line.id === undefined ? {} : { id: line.id }),
      };
      const text = typeof line.with === 'string' ? line.with : JSON.stringify(line.with ?? {});
      for (const piece of pieces(text)) yield { type: 'arguments', text: piece };
    } else if ('search' in line) {
      calls += 1;
      position = 0;
      yield { type: 'search', query: line.search };
    } else if ('cite' in line) {
      const [id, name] = cited(line.cite);
      const text = `【4:${citations++}†${name}】`;
      const quoted = { file_id: id, ...(line.quote === undefined ? {} : { quote: line.quote }) };
      yield { type: 'text', text };
      yield {
        type: 'annotation',
        annotation: { type: 'file_citation', text, file_citation: quoted, ...span(text) },
      };
      position += text.length;
    } else if ('attach' in line) {
      const id = fileId(request, attached.size);
      attached.set(line.attach, id);
      const bytes =
        typeof line.content === 'string' ? new TextEncoder().encode(line.content) : line.content;
      yield { type: 'file', id, filename: line.attach, bytes };
      const before = `[${line.label ?? line.attach}](`;
      const text = `sandbox:/mnt/data/${line.attach}`;
      yield { type: 'text', text: `${before}${text})` };
      position += before.length;
      yield {
        type: 'annotation',
        annotation: { type: 'file_path', text, file_path: { file_id: id }, ...span(text) },
      };
      position += text.length + 1;
    } else if ('image' in line) {
      position = 0;
      yield { type: 'image', fileId: line.image };
    } else if ('refuse' in line) {
      // An empty refusal says nothing, and so ends no text.
      if (line.refuse !== '') position = 0;
      for (const text of pieces(line.refuse)) yield { type: 'refusal', text };
    } else if ('next' in line) {
      position = 0;
      yield { type: 'message' };
    } else if ('pauseMs' in line) await sleep(line.pauseMs, request.signal);
    else if ('hold' in line) await line.hold;
    else if ('stall' in line) await aborted(request.signal);
    else if ('fail' in line) throw new ModelError(line.fail, line.message ?? FAILURES[line.fail]);
    else yield line.event;
  }

  function cited(file: { id: string; filename: string } | string): [id: string, name: string] {
    if (typeof file !== 'string') return [file.id, file.filename];
    const id = attached.get(file);
    if (id === undefined)
      throw new Error(`The script cites ${file}, which it has not attached before.`);
    return [id, file];
  }

  function span(text: string) {
    return { start_index: position, end_index: position + text.length };
  }
}

function isLines(script: ScriptedScript): script is readonly ScriptedLine[] {
  return Array.isArray(script);
}

const FAILURES: Record<ModelError['code'], string> = {
  server_error: 'Sorry, something went wrong.',
  rate_limit_exceeded: 'You have sent too many requests. Wait a moment and try again.',
  invalid_prompt: 'The request was refused: the prompt is not valid.',
};

/** Text in pieces about as long as a token; a character is never split. */
function pieces(text: string): readonly string[] {
  return text.match(/\S{1,12}\s*|\s+/gu) ?? [];
}

/** A file of this run and answer: 24 letters and digits, as the wire writes ids. */
function fileId({ run, messages }: ModelRequest, file: number): string {
  const place = messages.length.toString(36).padStart(4, '0') + file.toString(36).padStart(4, '0');
  return `file-${run.id
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-16)
    .padStart(16, '0')}${place}`;
}

function promptLength({ instructions, messages }: ModelRequest): number {
  return JSON.stringify(messages).length + instructions.length;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
