import type { TextContent } from 'assistants-react/client';
import type { Variant } from './variant.js';

/** The lower bound: text nodes without markdown and without a framework. */
export const bareDom: Variant = {
  prepare: (messages) => (root) => {
    const scroller = document.createElement('div');
    scroller.style.cssText =
      'block-size: calc(100% - 60px); overflow-y: auto; overflow-anchor: none';
    const list = document.createElement('div');
    list.style.cssText = 'max-inline-size: 44rem; margin-inline: auto; padding: 16px';
    const field = document.createElement('textarea');
    scroller.append(list);
    const add = (text: string): Text => {
      const row = document.createElement('p');
      row.className = 'row';
      row.style.cssText = 'margin: 0 0 16px; white-space: pre-wrap; overflow-wrap: anywhere';
      const node = document.createTextNode(text);
      row.append(node);
      list.append(row);
      return node;
    };
    for (const { content } of messages)
      add(content.map((part) => (part as TextContent).text.value).join(''));
    root.append(scroller, field);
    const scrollToEnd = () => {
      scroller.scrollTop = scroller.scrollHeight;
    };
    scrollToEnd();
    let node: Text | undefined;
    return {
      async begin() {
        node = add('');
      },
      push(tokens) {
        node?.appendData(tokens.join(''));
        scrollToEnd();
      },
      end: async () => undefined,
      scroller: () => scroller,
      rows: '.row',
      close: () => root.replaceChildren(),
    };
  },
};
