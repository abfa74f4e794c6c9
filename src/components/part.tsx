import {
  cloneElement,
  createElement,
  type ComponentPropsWithRef,
  type CSSProperties,
  type JSX,
  type ReactElement,
  type RefCallback,
  type SyntheticEvent,
} from 'react';
import { isRecord } from '../common/isRecord.js';

/** Elements that a part may render. */
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

/** Value of one entry of a part's state. */
export type PartStateValue = string | number | boolean | null | undefined;

/**
 * State of a part, as its `render` function receives it and as data attributes show it: `{ status: 'failed' }` becomes
 * `data-status="failed"`, `true` becomes an empty attribute, and `false`, `null` and `undefined` leave the attribute out.
 */
export type PartState = Readonly<Record<string, PartStateValue>>;

/** Replacement for the element of a part: an element that receives the part's props, or a function of the props and the state. */
export type PartRender<State = PartState> =
  | ReactElement<Record<string, unknown>>
  | ((props: Record<string, unknown>, state: State) => ReactElement | null);

/** Event that a handler passed to a part receives. */
export type PartEvent<Event> = Event & {
  /**
   * Skips the part's own handler for this event. Call it before the handler returns. `preventDefault()` has no such effect:
   * it only cancels the default action of the browser.
   */
  preventPartHandler: () => void;
};

type PartHandler<Handler> = Handler extends (
  event: infer Event extends SyntheticEvent,
) => infer Result
  ? // Declared as a method, as React's `EventHandler` is: a handler of a more specific event stays assignable.
    { handle(event: PartEvent<Event>): Result }['handle']
  : Handler;

type WithPartEvents<Props> = {
  [Key in keyof Props]: Key extends `on${string}` ? PartHandler<Props[Key]> : Props[Key];
};

/** Props of a part: the props of its element, and `render`. Event handlers receive a `PartEvent`. */
export type PartProps<Tag extends PartTag, State = PartState> = WithPartEvents<
  ComponentPropsWithRef<Tag>
> & {
  /**
   * Replaces the element. An element receives the part's props merged with its own; a function receives the props and the
   * state, and returns the element.
   */
  render?: PartRender<State> | undefined;
};

interface PartOptions<Tag extends PartTag> {
  tag: Tag;
  /** Value of `data-part`, and the end of the class name. See `asPart`. */
  name: string;
  /** Props that the part sets. See `mergeProps` for how the caller's props override them. */
  defaultProps?: JSX.IntrinsicElements[Tag] | undefined;
}

interface RenderProps<State> extends Record<string, unknown> {
  render?: PartRender<State> | undefined;
}

/**
 * Returns the attributes that name an element of a part: `data-part` for apps and tests, and a class for the
 * stylesheet. A browser looks rules up by class, but tests every rule with `[data-part]` on every element that has the
 * attribute.
 */
export function asPart<Name extends string>(
  name: Name,
): { 'data-part': Name; className: `assistants-${Name}` } {
  return { 'data-part': name, className: `assistants-${name}` };
}

/**
 * Creates the single DOM element of a part.
 *
 * @param options Element, name, state and default props of the part.
 * @param userProps Props that the caller of the part passed.
 */
export function createPart<Tag extends PartTag, State extends Record<keyof State, PartStateValue>>(
  options: PartOptions<Tag> & { state: State },
  userProps: RenderProps<State>,
): ReactElement | null;
export function createPart<Tag extends PartTag>(
  options: PartOptions<Tag>,
  userProps: RenderProps<PartState>,
): ReactElement | null;
export function createPart<Tag extends PartTag>(
  { tag, name, state = {}, defaultProps }: PartOptions<Tag> & { state?: PartState },
  { render, ...userProps }: RenderProps<PartState>,
): ReactElement | null {
  const { 'data-part': ownName = name } = userProps;
  const partProps = mergeProps<Record<string, unknown>>(
    { ...asPart(String(ownName)), ...toDataAttributes(state) },
    { ...defaultProps },
  );
  const props = mergeProps(partProps, userProps);
  const element: string = tag;
  if (render === undefined) return createElement(element, props);
  if (typeof render === 'function') return render(props, state);
  return cloneElement(render, mergeProps(props, render.props));
}

/**
 * Merges the props that a caller passed into the props of a part. The caller's props win, except that
 *
 * - class names are joined and styles are merged,
 * - both refs are set,
 * - both event handlers run, the caller's first. It can skip the part's handler with `event.preventPartHandler()`.
 */
export function mergeProps<Props extends object>(partProps: Props, userProps: Props): Props;
export function mergeProps(
  partProps: Record<string, unknown>,
  userProps: Record<string, unknown>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...partProps };
  for (const [key, value] of Object.entries(userProps)) {
    if (value !== undefined) merged[key] = mergeProp(key, merged[key], value);
  }
  return merged;
}

/** Returns the props of an element that scrolls: it needs a name and must be reachable by keyboard. */
export function getScrollRegionProps(label: string): {
  role: 'group';
  tabIndex: 0;
  'aria-label': string;
} {
  return { role: 'group', tabIndex: 0, 'aria-label': label };
}

function mergeProp(key: string, partValue: unknown, userValue: unknown): unknown {
  if (key === 'className') return [partValue, userValue].filter(Boolean).join(' ');
  if (key === 'style' && isRecord(partValue) && isRecord(userValue))
    return { ...partValue, ...userValue } satisfies CSSProperties;
  if (key === 'ref' && partValue !== undefined) return mergeRefs(partValue, userValue);
  if (/^on[A-Z]/.test(key) && isFunction(userValue))
    return mergeHandlers(isFunction(partValue) ? partValue : undefined, userValue);
  return userValue;
}

function toDataAttributes(state: PartState): Record<string, string | number> {
  const attributes: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(state)) {
    if (value === undefined || value === null || value === false) continue;
    attributes[`data-${key}`] = value === true ? '' : value;
  }
  return attributes;
}

type Callback = (...args: unknown[]) => unknown;

function mergeHandlers(partHandler: Callback | undefined, userHandler: Callback): Callback {
  return (...args) => {
    const [event] = args;
    // A local flag, because React dispatches one event object to the handlers of all ancestors: a handler on a child must
    // not prevent those of its parents.
    let isPrevented = false;
    if (isSyntheticEvent(event)) {
      event['preventPartHandler'] = () => {
        isPrevented = true;
      };
    }
    userHandler(...args);
    if (!isPrevented) partHandler?.(...args);
  };
}

function mergeRefs(first: unknown, second: unknown): RefCallback<unknown> {
  return (node) => {
    const cleanups = [attachRef(first, node), attachRef(second, node)];
    return () => cleanups.forEach((cleanup) => cleanup());
  };
}

/** Sets a ref and returns a function that resets it. */
export function attachRef(ref: unknown, node: unknown): Callback {
  if (isRecord(ref)) ref['current'] = node;
  const cleanup = isFunction(ref) && ref(node);
  return isFunction(cleanup) ? cleanup : () => attachRef(ref, null);
}

function isFunction(value: unknown): value is Callback {
  return typeof value === 'function';
}

function isSyntheticEvent(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && 'nativeEvent' in value;
}
