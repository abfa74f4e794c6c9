import { Component, type ReactNode } from 'react';

/** Props of `TextBoundary`. */
export interface TextBoundaryProps {
  /** A change of this value renders the children again. */
  text: string;
  /** Rendered in place of children that threw. */
  fallback: ReactNode;
  children: ReactNode;
}

interface TextBoundaryState {
  text: string;
  hasFailed: boolean;
}

/** Error boundary for a text: if its renderer throws, the text is rendered as plain text. */
export class TextBoundary extends Component<TextBoundaryProps, TextBoundaryState> {
  override state: TextBoundaryState = { text: this.props.text, hasFailed: false };

  static getDerivedStateFromError(): Partial<TextBoundaryState> {
    return { hasFailed: true };
  }

  static getDerivedStateFromProps(
    { text }: TextBoundaryProps,
    state: TextBoundaryState,
  ): TextBoundaryState | null {
    return text === state.text ? null : { text, hasFailed: false };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
