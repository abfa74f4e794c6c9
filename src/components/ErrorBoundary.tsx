import { Component, type ReactNode } from 'react';
import { warnOnce } from '../common/warnOnce.js';

/** Props of `ErrorBoundary`. */
export interface ErrorBoundaryProps {
  /** Renders the children again when it changes. */
  resetKey: unknown;
  /** Rendered in place of children that threw an error. A function receives a callback that renders them again. */
  fallback: ReactNode | ((retry: () => void) => ReactNode);
  /** Name of the content, such as "message". With it, the first error of each name is logged for developers. */
  name?: string;
  children: ReactNode;
}

interface ErrorBoundaryState {
  resetKey: unknown;
  hasFailed: boolean;
}

/** Renders a fallback if its children throw, so that one text or one custom renderer cannot break the page. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { resetKey: this.props.resetKey, hasFailed: false };

  static getDerivedStateFromError(): Partial<ErrorBoundaryState> {
    return { hasFailed: true };
  }

  static getDerivedStateFromProps(
    { resetKey }: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): ErrorBoundaryState | null {
    return resetKey === state.resetKey ? null : { resetKey, hasFailed: false };
  }

  override componentDidCatch(error: unknown): void {
    const { name } = this.props;
    if (name !== undefined)
      warnOnce(
        `render ${name}`,
        `The ${name} could not be rendered. A placeholder replaces it.`,
        error,
      );
  }

  readonly retry = (): void => this.setState({ hasFailed: false });

  override render(): ReactNode {
    const { fallback, children } = this.props;
    if (!this.state.hasFailed) return children;
    return typeof fallback === 'function' ? fallback(this.retry) : fallback;
  }
}
