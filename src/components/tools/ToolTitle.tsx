import type { ReactElement, ReactNode } from 'react';
import { Wrench } from '../icons.lazy.js';
import { ToolSummary } from './ToolSummary.js';
import { asPart } from '../part.js';

/** Props of `ToolTitle`. */
export interface ToolTitleProps {
  /** Base of the ids: the title has `${id}-title`, the arguments `${id}-summary`, the description `${id}-description`. */
  id: string;
  /** @default a wrench */
  icon: ReactNode;
  description?: string | undefined;
  /** Arguments that are shown beside the title, as the model wrote them. @default none */
  argumentsText?: string | undefined;
  /** The title. */
  children: ReactNode;
}

/** Icon, title, first arguments and description of a call. Element: div. */
export function ToolTitle({
  id,
  icon,
  description,
  argumentsText = '',
  children,
}: ToolTitleProps): ReactElement {
  return (
    <div {...asPart('tool-head')}>
      <ToolIcon icon={icon} />
      <div>
        <p {...asPart('tool-title')}>
          <bdi id={`${id}-title`}>{children}</bdi>{' '}
          <ToolSummary argumentsText={argumentsText} id={`${id}-summary`} />
        </p>
        {description !== undefined && (
          <p {...asPart('hint')} id={`${id}-description`} dir="auto">
            {description}
          </p>
        )}
      </div>
    </div>
  );
}

/** Icon of a tool. Element: span. */
export function ToolIcon({ icon }: { icon: ReactNode }): ReactElement {
  return (
    <span {...asPart('tool-icon')} aria-hidden>
      {icon ?? <Wrench />}
    </span>
  );
}
