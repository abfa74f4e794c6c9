import type { Message } from 'assistants-react/client';
import { marked } from 'marked';
import {
  memo,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
  type ReactElement,
} from 'react';
import { createRoot } from 'react-dom/client';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { VList, type VListHandle } from 'virtua';
import { PlainComposer } from './PlainComposer.js';
import { createTexts, type Texts } from './texts.js';
import type { Variant } from './variant.js';

const PLUGINS = [remarkGfm];

const Block = memo(function Block({ source }: { source: string }): ReactElement {
  return <Markdown remarkPlugins={PLUGINS}>{source}</Markdown>;
});

const Row = memo(function Row({ text }: { text: string }): ReactElement {
  const blocks = useMemo(() => marked.lexer(text).map(({ raw }) => raw), [text]);
  return (
    <div
      className="row"
      style={{ maxInlineSize: '44rem', marginInline: 'auto', padding: '0 16px' }}
    >
      {blocks.map((source, index) => (
        <Block key={index} source={source} />
      ))}
    </div>
  );
});

function List({ texts }: { texts: Texts }): ReactElement {
  const all = useSyncExternalStore(texts.subscribe, texts.get);
  const list = useRef<VListHandle>(null);
  useLayoutEffect(() => {
    list.current?.scrollToIndex(all.length - 1, { align: 'end' });
  }, [all]);
  return (
    <>
      <div id="frame" style={{ blockSize: 'calc(100% - 60px)' }}>
        <VList ref={list} data={all}>
          {(text, index) => <Row key={index} text={text} />}
        </VList>
      </div>
      <PlainComposer />
    </>
  );
}

/** A careful implementation: virtua, and markdown split into memoized blocks. */
export const virtualList: Variant = {
  prepare: (messages: readonly Message[]) => (element) => {
    const texts = createTexts(messages);
    const root = createRoot(element);
    root.render(<List texts={texts} />);
    return {
      begin: async () => texts.add(''),
      push: texts.grow,
      end: async () => undefined,
      scroller: () => document.querySelector<HTMLElement>('#frame > div') ?? element,
      rows: '.row',
      close: () => root.unmount(),
    };
  },
};
