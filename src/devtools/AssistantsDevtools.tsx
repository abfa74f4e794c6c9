'use client';
import { useId, useRef, useState, type ReactElement } from 'react';
import { Button } from '../components/Button.js';
import { X } from '../components/icons.js';
import { Wrench } from '../components/icons.lazy.js';
import {
  AssistantsDevtoolsPanel,
  type AssistantsDevtoolsPanelProps,
} from './AssistantsDevtoolsPanel.js';
import { asPart } from '../components/part.js';

/** Props of `AssistantsDevtools`. */
export interface AssistantsDevtoolsProps extends AssistantsDevtoolsPanelProps {
  /** @default false */
  initialIsOpen?: boolean | undefined;
}

/**
 * Button in a corner of the page that opens `AssistantsDevtoolsPanel` over it. Import it in development only: nothing
 * of it is part of the other entry points. Needs the stylesheets `assistants-react/styles.css` and
 * `assistants-react/devtools.css`.
 *
 * @example
 * ```tsx
 * import { AssistantsDevtools } from 'assistants-react/devtools';
 *
 * // Inside of AssistantsProvider.
 * export const devtools = <AssistantsDevtools />;
 * ```
 */
export function AssistantsDevtools({
  initialIsOpen = false,
  ...props
}: AssistantsDevtoolsProps): ReactElement {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(initialIsOpen);
  const close = (): void => {
    setIsOpen(false);
    button.current?.focus();
  };
  return (
    <div {...asPart('devtools-root')} lang="en" dir="ltr">
      <Button
        ref={button}
        variant="icon"
        data-part="devtools-toggle"
        aria-label="Assistants devtools"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Wrench />
      </Button>
      {isOpen && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from any of its controls.
        <section
          id={id}
          {...asPart('devtools-window')}
          aria-label="Assistants devtools"
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.defaultPrevented) close();
          }}
        >
          <AssistantsDevtoolsPanel {...props} />
          <Button variant="icon" aria-label="Close" onClick={close}>
            <X />
          </Button>
        </section>
      )}
    </div>
  );
}
