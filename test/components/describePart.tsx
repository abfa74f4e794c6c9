import { render } from '@testing-library/react';
import { createElement, createRef, type ComponentType } from 'react';
import { describe, expect, test } from 'vitest';

interface PartCase {
  /** Value of `data-part`. */
  part: string;
  /** Tag name of the element, in lower case. */
  tag: string;
  component: ComponentType<Record<string, unknown>>;
  /** What the part needs to show something. */
  props: Record<string, unknown>;
  /** Data attributes that those props give. */
  data?: Record<string, string>;
}

/** What every part promises: one element that takes ref, class name, style, attributes and `render`. */
export function describePart({ part, tag, component, props, data = {} }: PartCase): void {
  const show = (extra: Record<string, unknown>): HTMLElement => {
    const { container } = render(createElement(component, { ...props, ...extra }));
    const element = container.querySelector<HTMLElement>(`[data-part='${part}']`);
    if (element === null) throw new Error(`no element with data-part="${part}"`);
    return element;
  };

  describe(`part ${part}`, () => {
    test('is one element of its tag, with its state as data attributes', () => {
      const element = show({});
      expect(element.tagName.toLowerCase()).toBe(tag);
      for (const [name, value] of Object.entries(data))
        expect(element).toHaveAttribute(`data-${name}`, value);
    });

    test('hands its element to a ref', () => {
      const ref = createRef<HTMLElement>();
      const element = show({ ref });
      expect(ref.current).toBe(element);
    });

    test('takes a class name, a style and attributes', () => {
      const element = show({
        className: 'mine',
        style: { opacity: 0.5 },
        title: 'about',
        'data-mine': 'yes',
      });
      expect(element).toHaveClass('mine');
      expect(element).toHaveStyle({ opacity: '0.5' });
      expect(element).toHaveAttribute('title', 'about');
      expect(element).toHaveAttribute('data-mine', 'yes');
    });

    test('gives its props to an element in `render`', () => {
      const element = show({
        render: createElement('my-part', { className: 'inner' }),
        className: 'mine',
      });
      expect(element.tagName.toLowerCase()).toBe('my-part');
      expect(element).toHaveClass('inner', 'mine');
      for (const [name, value] of Object.entries(data))
        expect(element).toHaveAttribute(`data-${name}`, value);
    });

    test('gives its props to a function in `render`', () => {
      const element = show({
        render: (given: Record<string, unknown>) => createElement('my-part', given),
      });
      expect(element.tagName.toLowerCase()).toBe('my-part');
      expect(element).toHaveAttribute('data-part', part);
    });
  });
}
