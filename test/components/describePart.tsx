import { fireEvent, render } from '@testing-library/react';
import { createElement, createRef, type ComponentType, type SyntheticEvent } from 'react';
import type { PartEvent } from 'assistants-react';
import { describe, expect, test, vi } from 'vitest';

export interface PartCase {
  /** Value of `data-part`. */
  part: string;
  /** Tag name of the element, in lower case. */
  tag: string;
  component: ComponentType<Record<string, unknown>>;
  /** Props with which the part renders its element. */
  props: Record<string, unknown>;
  /** Data attributes for these props, which are also entries of the state. */
  data?: Record<string, string>;
}

/** Tests the contract of every part: one element that accepts ref, class name, style, attributes, handlers and `render`. */
export function describePart({ part, tag, component, props, data = {} }: PartCase): void {
  const renderPart = (extraProps: Record<string, unknown>): HTMLElement => {
    const { container } = render(createElement(component, { ...props, ...extraProps }));
    const element = container.querySelector<HTMLElement>(`[data-part='${part}']`);
    if (element === null) throw new Error(`No element has data-part="${part}".`);
    return element;
  };

  describe(`part ${part}`, () => {
    test('renders one element with its state as data attributes', () => {
      const element = renderPart({});
      expect(element.tagName.toLowerCase()).toBe(tag);
      for (const [name, value] of Object.entries(data))
        expect(element).toHaveAttribute(`data-${name}`, value);
    });

    test('passes its element to the ref', () => {
      const ref = createRef<HTMLElement>();
      const element = renderPart({ ref });
      expect(ref.current).toBe(element);
    });

    test('accepts a class name, a style and attributes', () => {
      const element = renderPart({
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

    test('calls an event handler with an event that can prevent its own handler', () => {
      const onMouseDown = vi.fn<(event: PartEvent<SyntheticEvent>) => void>();
      fireEvent.mouseDown(renderPart({ onMouseDown }));
      expect(onMouseDown).toHaveBeenCalledOnce();
      expect(onMouseDown.mock.calls[0]?.[0].preventPartHandler).toBeTypeOf('function');
    });

    test('merges its props into the element of `render`', () => {
      const element = renderPart({
        render: createElement('my-part', { className: 'inner' }),
        className: 'mine',
      });
      expect(element.tagName.toLowerCase()).toBe('my-part');
      expect(element).toHaveClass('inner', 'mine');
      for (const [name, value] of Object.entries(data))
        expect(element).toHaveAttribute(`data-${name}`, value);
    });

    test('calls the function of `render` with its props and its state', () => {
      const states: Record<string, unknown>[] = [];
      const element = renderPart({
        render: (partProps: Record<string, unknown>, state: Record<string, unknown>) => {
          states.push(state);
          return createElement('my-part', partProps);
        },
      });
      expect(element.tagName.toLowerCase()).toBe('my-part');
      expect(element).toHaveAttribute('data-part', part);
      const state = states.at(-1) ?? {};
      for (const [name, value] of Object.entries(data))
        expect(state[name] === true ? '' : String(state[name])).toBe(value);
    });
  });
}
