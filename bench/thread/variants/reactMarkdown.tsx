import type { Message } from 'assistants-react/client';
import { useLayoutEffect, useRef, useSyncExternalStore, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { PlainComposer } from './PlainComposer.js';
import { createTexts, type Texts } from './texts.js';
import type { Variant } from './variant.js';

const PLUGINS = [remarkGfm];

function List({ texts }: { texts: Texts }): ReactElement {
  const all = useSyncExternalStore(texts.subscribe, texts.get);
  const scroller = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [all]);
  return (
    <>
      <div
        id="scroller"
        ref={scroller}
        style={{ blockSize: 'calc(100% - 60px)', overflowY: 'auto' }}
      >
        <div style={{ maxInlineSize: '44rem', marginInline: 'auto', padding: 16 }}>
          {all.map((text, index) => (
            <div className="row" key={index}>
              <Markdown remarkPlugins={PLUGINS}>{text}</Markdown>
            </div>
          ))}
        </div>
      </div>
      <PlainComposer />
    </>
  );
}

/** A first implementation: a list of all messages, each rendered by react-markdown. */
export const reactMarkdown: Variant = {
  prepare: (messages: readonly Message[]) => (element) => {
    const texts = createTexts(messages);
    const root = createRoot(element);
    root.render(<List texts={texts} />);
    return {
      begin: async () => texts.add(''),
      push: texts.grow,
      end: async () => undefined,
      scroller: () => document.querySelector<HTMLElement>('#scroller') ?? element,
      rows: '.row',
      close: () => root.unmount(),
    };
  },
};
