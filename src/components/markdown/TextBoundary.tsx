import { Component, type ReactNode } from 'react';

/** Props of `TextBoundary`. */
export interface TextBoundaryProps {
  /** When it changes the children get another try. */
  text: string;
  /** Shown in place of children that threw. */
  fallback: ReactNode;
  children: ReactNode;
}

interface TextBoundaryState {
  text: string;
  hasFailed: boolean;
}

/** Keeps a text that defeats its renderer from taking the conversation down with it: the text is then shown plain. */
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
