import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { noopSubscribe } from '../common/noopSubscribe.js';
import { readSessionText, writeSessionText } from '../common/sessionText.js';

const PREFIX = 'assistants-react:draft:';
const WRITE_AFTER_MS = 300;

/**
 * A text that survives a reload, by name: what a person has begun to write in one thread waits for them there. Kept for
 * the time of the browser's session. Another name is another text, unless the owner is still the same: then what is being
 * written comes along, as when a thread gets its id.
 */
export function useStoredDraft(
  name: string,
  owner: object,
): [text: string, setText: (text: string) => void] {
  const [held, setHeld] = useState(() => ({ name, owner, text: read(name) }));
  let { text } = held;
  if (held.name !== name || held.owner !== owner) {
    if (held.owner !== owner || text === '') text = read(name);
    setHeld({ name, owner, text });
  }
  const write = useRef(() => save(name, text));
  useEffect(() => {
    write.current = () => save(name, text);
    // Not with every key.
    const timer = setTimeout(write.current, WRITE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [name, text]);
  const before = useRef({ name, owner });
  useEffect(() => {
    if (before.current.owner === owner && before.current.name !== name)
      save(before.current.name, '');
    before.current = { name, owner };
    // What is younger than the pause is written when the page goes, or its reader.
    const writeNow = () => write.current();
    window.addEventListener('pagehide', writeNow);
    return () => {
      window.removeEventListener('pagehide', writeNow);
      writeNow();
    };
  }, [name, owner]);
  // A server has no drafts: what it has rendered is taken over as it is.
  const shown = useSyncExternalStore(
    noopSubscribe,
    () => text,
    () => '',
  );
  return [shown, (next) => setHeld({ name, owner, text: next })];
}

function read(name: string): string {
  return readSessionText(PREFIX + name) ?? '';
}

function save(name: string, text: string): void {
  writeSessionText(PREFIX + name, text === '' ? undefined : text);
}
