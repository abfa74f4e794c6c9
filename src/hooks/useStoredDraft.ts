import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { noopSubscribe } from '../common/noopSubscribe.js';
import { readSessionText, writeSessionText } from '../common/sessionText.js';

const PREFIX = 'assistants-react:draft:';
const WRITE_DELAY_MS = 300;

/**
 * Holds the text of an unsent message, and stores it for the browser session 300 ms after the last change.
 *
 * @param name Name under which the text survives a reload of the page. Each name has its own text.
 * @param owner Identifies the draft when its name changes: if the owner stays the same, the text moves to the new name, for
 * example when a new thread gets its id.
 */
export function useStoredDraft(
  name: string,
  owner: object,
): [text: string, setText: (text: string) => void] {
  const [draft, setDraft] = useState(() => ({ name, owner, text: readDraft(name) }));
  let { text } = draft;
  if (draft.name !== name || draft.owner !== owner) {
    if (draft.owner !== owner || text === '') text = readDraft(name);
    setDraft({ name, owner, text });
  }
  const setTextToWrite = useDraftStorage(name, owner, text);
  // The server has no drafts. The first render in the browser must match its HTML.
  const hydratedText = useSyncExternalStore(
    noopSubscribe,
    () => text,
    () => '',
  );
  return [
    hydratedText,
    (next) => {
      setTextToWrite(next);
      setDraft({ name, owner, text: next });
    },
  ];
}

/**
 * Writes the text to the storage: after a pause, when the page is hidden, and on unmount.
 *
 * @returns Function that receives a text that is not rendered yet, because the component may unmount before it is.
 */
function useDraftStorage(name: string, owner: object, text: string): (next: string) => void {
  const write = useRef(() => writeDraft(name, text));
  useEffect(() => {
    write.current = () => writeDraft(name, text);
    const timer = setTimeout(write.current, WRITE_DELAY_MS);
    return () => clearTimeout(timer);
  }, [name, text]);

  const previous = useRef({ name, owner });
  useEffect(() => {
    const isRenamed = previous.current.owner === owner && previous.current.name !== name;
    if (isRenamed) writeDraft(previous.current.name, '');
    previous.current = { name, owner };
    const writeNow = () => write.current();
    window.addEventListener('pagehide', writeNow);
    return () => {
      window.removeEventListener('pagehide', writeNow);
      writeNow();
    };
  }, [name, owner]);
  return (next) => {
    write.current = () => writeDraft(name, next);
  };
}

/** Removes the text of a draft from the storage, also after its component has unmounted. */
export function removeStoredDraft(name: string): void {
  writeDraft(name, '');
}

function readDraft(name: string): string {
  return readSessionText(PREFIX + name) ?? '';
}

function writeDraft(name: string, text: string): void {
  writeSessionText(PREFIX + name, text === '' ? undefined : text);
}
