import { useState, type ReactElement, type ReactNode } from 'react';
import { useComponents } from '../ComponentsContext.js';
import { useFormat } from '../i18n/useFormat.js';
import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { ChevronRight } from '../icons.lazy.js';
import { Markdown as DefaultMarkdown } from '../markdown/Markdown.js';
import { createPart, type PartProps, asPart } from '../part.js';

/** State of `Reasoning`. */
export interface ReasoningState {
  /** True while the model reasons. */
  streaming: boolean;
}

/** Props of `Reasoning`. */
export interface ReasoningProps extends PartProps<'details', ReasoningState> {
  /** GitHub Flavored Markdown. Untrusted. Undefined while it is not known. */
  text: string | undefined;
  /** True while the model reasons. @default false */
  isStreaming?: boolean | undefined;
  /** Time that the model has spent reasoning, in milliseconds. Null or undefined if it is not known. */
  durationMs?: number | null | undefined;
  /** True if the end of the text was left out. @default false */
  isTruncated?: boolean | undefined;
  /** Content below the text, such as an error. */
  children?: ReactNode;
}

/**
 * Reasoning of the model, folded at first. Renders the text once the user unfolds it, and then as it grows.
 *
 * Element: details. `data-streaming`.
 */
export function Reasoning({
  text,
  isStreaming = false,
  durationMs,
  isTruncated = false,
  open = false,
  children,
  ...props
}: ReasoningProps): ReactElement | null {
  const texts = useCompleteTexts();
  const { Markdown = DefaultMarkdown } = useComponents();
  const [isOpen, setIsOpen] = useState(open);
  const label = useLabel(isStreaming, durationMs);
  const content = (
    <>
      <summary>
        <ChevronRight />
        <bdi {...asPart('reasoning-label')}>{label}</bdi>
      </summary>
      {isOpen && (
        <div {...asPart('reasoning-content')}>
          {text !== undefined && <Markdown text={text} isStreaming={isStreaming} />}
          {isTruncated && <p {...asPart('muted')}>{texts.reasoning.truncated}</p>}
          {children}
        </div>
      )}
    </>
  );
  return createPart(
    {
      tag: 'details',
      name: 'reasoning',
      state: { streaming: isStreaming },
      defaultProps: {
        children: content,
        open: isOpen,
        onToggle: ({ currentTarget }) => setIsOpen(currentTarget.open),
      },
    },
    props,
  );
}

function useLabel(isStreaming: boolean, durationMs: number | null | undefined): string {
  const { reasoning } = useCompleteTexts();
  const format = useFormat();
  if (isStreaming || typeof durationMs !== 'number' || !(durationMs >= 0)) return reasoning.title;
  // "0 s" would look like a mistake.
  return reasoning.thought(format.duration(Math.max(1, durationMs / 1_000)));
}
