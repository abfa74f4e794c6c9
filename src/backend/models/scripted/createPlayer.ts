import { sleep } from '../../../common/sleep.js';
import { ModelError, type ModelEvent, type ModelRequest } from '../Model.js';
import type { ScriptedLine } from './ScriptedLine.js';

/** Line that emits events. */
type EmittingLine = Exclude<
  ScriptedLine,
  { usage: unknown } | { cut: unknown } | WaitingLine | { event: unknown }
>;
/** Line that waits or fails. */
type WaitingLine = Extract<
  ScriptedLine,
  { pauseMs: unknown } | { hold: unknown } | { stall: unknown } | { fail: unknown }
>;
type LineOf<Key extends string> = Extract<ScriptedLine, Record<Key, unknown>>;

/** Player for the lines of one answer. */
export interface ScriptPlayer {
  /** Yields the events of a line. */
  playLine(
    line: Exclude<ScriptedLine, { usage: unknown } | { cut: unknown }>,
  ): AsyncGenerator<ModelEvent, void, void>;
  /** Returns true if a line has called a function or searched. */
  hasCalls(): boolean;
}

const DEFAULT_MESSAGES: Record<ModelError['code'], string> = {
  server_error: 'Sorry, something went wrong.',
  rate_limit_exceeded: 'You have sent too many requests. Wait a moment and try again.',
  invalid_prompt: 'The request was refused: the prompt is not valid.',
};

/** State of an answer between its lines. */
interface PlayerState {
  readonly request: ModelRequest;
  /** Length of the current text block in UTF-16 units. Annotations count from the start of their block. */
  position: number;
  hasCalls: boolean;
  citationCount: number;
  /** Ids of the attached files by their names. */
  readonly attachedIds: Map<string, string>;
}

/** Creates a player. */
export function createPlayer(request: ModelRequest): ScriptPlayer {
  const state: PlayerState = {
    request,
    position: 0,
    hasCalls: false,
    citationCount: 0,
    attachedIds: new Map(),
  };
  return {
    async *playLine(line) {
      if (isWaitingLine(line)) {
        await waitOrFail(line, request.signal);
      } else if (typeof line === 'object' && 'event' in line) {
        yield line.event;
      } else {
        for (const event of emit(line, state)) {
          yield event;
          updateState(state, event);
        }
      }
    },
    hasCalls: () => state.hasCalls,
  };
}

function* emit(line: EmittingLine, state: PlayerState): Generator<ModelEvent, void, void> {
  if (typeof line === 'string') {
    for (const text of splitIntoPieces(line)) yield { type: 'text', text };
  } else if ('think' in line) {
    for (const text of splitIntoPieces(line.think)) yield { type: 'reasoning', text };
  } else if ('call' in line) {
    yield* emitCall(line);
  } else if ('search' in line) {
    yield { type: 'search', query: line.search };
  } else if ('cite' in line) {
    yield* emitCitation(line, state);
  } else if ('attach' in line) {
    yield* emitAttachment(line, state);
  } else if ('image' in line) {
    yield { type: 'image', fileId: line.image };
  } else if ('refuse' in line) {
    for (const text of splitIntoPieces(line.refuse)) yield { type: 'refusal', text };
  } else {
    yield { type: 'message' };
  }
}

function updateState(state: PlayerState, event: ModelEvent): void {
  switch (event.type) {
    case 'text':
      state.position += event.text.length;
      break;
    case 'toolCall':
    case 'search':
      state.hasCalls = true;
      state.position = 0;
      break;
    case 'image':
    case 'refusal':
    case 'message':
    case 'builtInCall':
      state.position = 0;
      break;
    case 'annotation':
    case 'arguments':
    case 'file':
    case 'providerData':
    case 'reasoning':
    case 'usage':
    case 'finish':
      break;
  }
}

function* emitCitation(
  { cite, quote }: LineOf<'cite'>,
  state: PlayerState,
): Generator<ModelEvent, void, void> {
  const { id, filename } = typeof cite === 'string' ? findAttachment(cite, state) : cite;
  const text = `【4:${state.citationCount}†${filename}】`;
  state.citationCount += 1;
  const range = { start_index: state.position, end_index: state.position + text.length };
  const citation = { file_id: id, ...(quote === undefined ? {} : { quote }) };
  yield { type: 'text', text };
  yield {
    type: 'annotation',
    annotation: { type: 'file_citation', text, ...range, file_citation: citation },
  };
}

function* emitAttachment(
  { attach: filename, content, label = filename }: LineOf<'attach'>,
  { request, position, attachedIds }: PlayerState,
): Generator<ModelEvent, void, void> {
  const id = createFileId(request, attachedIds.size);
  attachedIds.set(filename, id);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  yield { type: 'file', id, filename, bytes };
  const text = `sandbox:/mnt/data/${filename}`;
  const start = position + `[${label}](`.length;
  const range = { start_index: start, end_index: start + text.length };
  yield { type: 'text', text: `[${label}](${text})` };
  yield {
    type: 'annotation',
    annotation: { type: 'file_path', text, ...range, file_path: { file_id: id } },
  };
}

function findAttachment(
  filename: string,
  { attachedIds }: PlayerState,
): { id: string; filename: string } {
  const id = attachedIds.get(filename);
  if (id === undefined) {
    throw new Error(
      `The script cites '${filename}', but no earlier line attaches it. Add { attach: '${filename}', content } before it.`,
    );
  }
  return { id, filename };
}

function isWaitingLine(line: ScriptedLine): line is WaitingLine {
  return (
    typeof line === 'object' &&
    ('pauseMs' in line || 'hold' in line || 'stall' in line || 'fail' in line)
  );
}

async function waitOrFail(line: WaitingLine, signal: AbortSignal): Promise<void> {
  if ('fail' in line) throw new ModelError(line.fail, line.message ?? DEFAULT_MESSAGES[line.fail]);
  if ('pauseMs' in line) await sleep(line.pauseMs, signal);
  else if ('hold' in line) await line.hold;
  else await waitForAbort(signal);
}

function waitForAbort(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function* emitCall(line: LineOf<'call'>): Generator<ModelEvent, void, void> {
  const { call: name, id } = line;
  yield { type: 'toolCall', name, ...(id === undefined ? {} : { id }) };
  const text = typeof line.with === 'string' ? line.with : JSON.stringify(line.with ?? {});
  for (const piece of splitIntoPieces(text)) yield { type: 'arguments', text: piece };
}

/** Splits text into pieces of about one token, without splitting a character. */
function splitIntoPieces(text: string): readonly string[] {
  return text.match(/\S{1,12}\s*|\s+/gu) ?? [];
}

/** Returns a file id that is unique for the run, the answer and the file: `file-` and 24 letters and digits. */
function createFileId({ run, messages }: ModelRequest, fileIndex: number): string {
  const runPart = run.id
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-16)
    .padStart(16, '0');
  const toPart = (number: number) => number.toString(36).padStart(4, '0');
  return `file-${runPart}${toPart(messages.length)}${toPart(fileIndex)}`;
}
