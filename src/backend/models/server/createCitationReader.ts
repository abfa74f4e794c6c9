import type { ModelEvent } from '../Model.js';
import type { TextPlace } from './createTextReader.js';
import { type PartText, readServerFile, type ServerFile, toAnnotation } from './toAnnotation.js';
import { toCount, toList, type Fields } from './toFields.js';

/** File that the server has made, which has to be fetched. */
export interface ServerFileEvent {
  type: 'serverFile';
  file: ServerFile;
}

/** Largest number of citations of one part of a message. */
const MAX_CITATIONS = 200;
/** Largest number of citations that are read, with repeated ones and those that cannot be used. */
const MAX_READ = 1_000;

type Events = Generator<ModelEvent | ServerFileEvent, void, void>;
type Part = Omit<TextPlace, 'type'>;

/**
 * Creates a reader for the citations of a response. They are emitted when the text of their part is complete, so that they can
 * be found in it, and each once: servers repeat them with the part, the item and the response.
 *
 * @param getText Returns the text of a part; undefined if it is not part of the message that is written.
 */
export function createCitationReader(getText: (place: TextPlace) => PartText | undefined) {
  const waiting = new Map<string, { part: Part; values: unknown[] }>();
  const emitted = new Map<string, Set<string>>();

  function* emit(part: Part, values: readonly unknown[]): Events {
    const text = values.length === 0 ? undefined : getText({ ...part, type: 'text' });
    if (text === undefined) return;
    const known = emitted.get(toKey(part)) ?? new Set();
    emitted.set(toKey(part), known);
    const files: ServerFile[] = [];
    for (const value of values.slice(0, MAX_READ)) {
      const annotation = toAnnotation(value, text);
      const file = readServerFile(value, text);
      const json = JSON.stringify(annotation ?? file);
      if (json === undefined || known.size >= MAX_CITATIONS || known.has(json)) continue;
      known.add(json);
      if (annotation !== undefined) yield { type: 'annotation', annotation };
      if (file !== undefined) files.push(file);
    }
    // Images end the text, and annotations belong to it.
    for (const isShown of [false, true])
      for (const file of files) if (file.isShown === isShown) yield { type: 'serverFile', file };
  }

  return {
    /** Adds a streamed citation. */
    add(key: string, event: Fields): void {
      const part = { key, part: toCount(event['content_index']) };
      const entry = waiting.get(toKey(part)) ?? { part, values: [] };
      waiting.set(toKey(part), entry);
      if (entry.values.length < MAX_CITATIONS) entry.values.push(event['annotation']);
    },
    /** Emits the citations of a complete part. */
    *finishPart(part: Part, value: Fields): Events {
      const streamed = waiting.get(toKey(part))?.values ?? [];
      waiting.delete(toKey(part));
      yield* emit(part, [...streamed, ...toList(value['annotations'])]);
    },
    /** Emits the citations of parts that the server has not completed. */
    *flush(): Events {
      for (const { part, values } of waiting.values()) yield* emit(part, values);
      waiting.clear();
    },
  };
}

function toKey({ key, part }: Part): string {
  return `${key} ${part}`;
}
