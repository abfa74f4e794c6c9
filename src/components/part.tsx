import {
  cloneElement,
  createElement,
  type ComponentPropsWithRef,
  type CSSProperties,
  type JSX,
  type ReactElement,
  type RefCallback,
} from 'react';

/** The elements that a part may be. */
export type PartTag =
  | 'a'
  | 'article'
  | 'aside'
  | 'button'
  | 'dd'
  | 'details'
  | 'div'
  | 'dl'
  | 'figure'
  | 'footer'
  | 'form'
  | 'header'
  | 'li'
  | 'ol'
  | 'p'
  | 'pre'
  | 'section'
  | 'span'
  | 'summary'
  | 'sup'
  | 'table'
  | 'textarea'
  | 'time'
  | 'ul';

/** What stands in the DOM in place of a part's own element: an element to give the part's props to, or a function of them. */
export type PartRender =
  ReactElement<Record<string, unknown>> | ((props: Record<string, unknown>) => ReactElement | null);

/** Props of a part: those of its element, plus `render`. */
export type PartProps<Tag extends PartTag> = ComponentPropsWithRef<Tag> & {
  /** Replaces the element; the part's props, state and children are handed to what stands here. */
  render?: PartRender | undefined;
};

/** State of a part as it appears in the DOM: `{ status: 'failed' }` is `data-status="failed"`. False, null and undefined leave it out. */
export type PartState = Readonly<Record<string, string | number | boolean | null | undefined>>;

interface PartSpecification<Tag extends PartTag> {
  tag: Tag;
  /** Value of `data-part`, by which styles and tests find the element. */
  name: string;
  state?: PartState | undefined;
  /** The part's own props; what its user passes wins, except that class names, styles, refs and event handlers add up. */
  own?: JSX.IntrinsicElements[Tag] | undefined;
}

/** Makes the one DOM element of a part. */
export function createPart<Tag extends PartTag>(
  { tag, name, state, own }: PartSpecification<Tag>,
  { render, ...given }: Record<string, unknown> & { render?: PartRender | undefined },
): ReactElement | null {
  const props = mergeProps({ ...own, 'data-part': name, ...dataAttributes(state) }, given);
  const element: string = tag;
  if (render === undefined) return createElement(element, props);
  if (typeof render === 'function') return render(props);
  return cloneElement(render, mergeProps(props, render.props));
}

/** Merges two sets of props: the second wins, but class names, styles, refs and event handlers of both are kept. */
export function mergeProps(
  first: Record<string, unknown>,
  second: Record<string, unknown>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...first };
  for (const [key, value] of Object.entries(second)) {
    if (value === undefined) continue;
    const before = merged[key];
    if (key === 'className') merged[key] = [before, value].filter(Boolean).join(' ');
    else if (key === 'style' && isRecord(before) && isRecord(value))
      merged[key] = { ...before, ...value } satisfies CSSProperties;
    else if (key === 'ref' && before !== undefined) merged[key] = mergeRefs(before, value);
    else if (isHandler(key, before) && isHandler(key, value)) merged[key] = chain(value, before);
    else merged[key] = value;
  }
  return merged;
}

/** Props of an element that scrolls: it must have a name and be reachable by keyboard. */
export function scrollRegion(label: string): { role: 'group'; tabIndex: 0; 'aria-label': string } {
  return { role: 'group', tabIndex: 0, 'aria-label': label };
}

function dataAttributes(state: PartState | undefined): Record<string, string | number> {
  const attributes: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(state ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    attributes[`data-${key}`] = value === true ? '' : value;
  }
  return attributes;
}

type Handler = (...args: unknown[]) => unknown;

function isHandler(key: string, value: unknown): value is Handler {
  return /^on[A-Z]/.test(key) && isFunction(value);
}

/** The user's handler runs first and may prevent ours, as with a native default action. */
function chain(users: Handler, ours: Handler): Handler {
  return (...args) => {
    users(...args);
    const [event] = args;
    if (isRecord(event) && event['defaultPrevented'] === true) return;
    ours(...args);
  };
}

function mergeRefs(first: unknown, second: unknown): RefCallback<unknown> {
  return (node) => {
    const undo = [attach(first, node), attach(second, node)];
    return () => undo.forEach((detach) => detach());
  };
}

function attach(ref: unknown, node: unknown): Handler {
  if (isRecord(ref)) ref['current'] = node;
  const cleanup = isFunction(ref) && ref(node);
  return isFunction(cleanup) ? cleanup : () => attach(ref, null);
}

function isFunction(value: unknown): value is Handler {
  return typeof value === 'function';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
