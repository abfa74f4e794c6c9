import {
  useCallback,
  useEffect,
  useState,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { createLazyModule } from '../../common/createLazyModule.js';
import { isElement } from '../../common/isElement.js';
import { useCodeOnDemand } from '../popup/useCodeOnDemand.js';
import type { TooltipPopupProps } from './TooltipPopup.lazy.js';

/** Handlers of a button with a tooltip. */
interface TooltipHandlers {
  onPointerEnter: (event: PointerEvent<HTMLElement>) => void;
  onPointerLeave: (event: PointerEvent<HTMLElement>) => void;
  onFocus: (event: FocusEvent<HTMLElement>) => void;
  onBlur: () => void;
  onClick: () => void;
}

const tooltipModule = createLazyModule(
  async () => (await import('./TooltipPopup.lazy.js')).TooltipPopup,
  String,
);

/**
 * Shows a text beside a button on which a mouse or a pen rests, or which the keyboard has focused. The code is loaded then,
 * so a page that is used with fingers never loads it. The text is for the eyes only: the button needs a name of its own.
 */
export function useTooltip(text: string): {
  handlers: TooltipHandlers;
  /** To be rendered beside the button. */
  tooltip: ReactNode;
} {
  const [button, setButton] = useState<HTMLElement>();
  const hide = useCallback(() => setButton(undefined), []);
  const onPointerLeave = ({ relatedTarget }: PointerEvent): void => {
    const isWithin = isElement(relatedTarget) && relatedTarget.closest('[data-part="popup"]');
    if (!isWithin && relatedTarget !== button) hide();
  };
  return {
    handlers: {
      onPointerEnter: ({ currentTarget, pointerType }) => {
        if (pointerType !== 'touch') setButton(currentTarget);
      },
      onPointerLeave,
      onFocus: ({ currentTarget }) => {
        if (currentTarget.matches(':focus-visible')) setButton(currentTarget);
      },
      onBlur: hide,
      onClick: hide,
    },
    tooltip: button && (
      <Tooltip button={button} text={text} onHide={hide} onPointerLeave={onPointerLeave} />
    ),
  };
}

/** Time for which the pointer must be over a button. A press before that loads no code. */
const OPEN_DELAY_MS = 500;
/** Time after a tooltip in which the next one appears at once. */
const GROUP_MS = 300;

let shownAt = -Infinity;
/** Hides the tooltip that is shown. That of a focused button gives way to that of a hovered one. */
let hideShown: (() => void) | undefined;

function Tooltip(props: TooltipPopupProps): ReactElement | null {
  const { button, onHide } = props;
  const [isDue, setDue] = useState(
    () => button.matches(':focus-visible') || performance.now() - shownAt < GROUP_MS,
  );
  const { value: TooltipPopup } = useCodeOnDemand(tooltipModule, isDue);
  useEffect(() => {
    if (!isDue) {
      const timer = setTimeout(() => setDue(true), OPEN_DELAY_MS);
      return () => clearTimeout(timer);
    }
    hideShown?.();
    hideShown = onHide;
    return () => {
      shownAt = performance.now();
      if (hideShown === onHide) hideShown = undefined;
    };
  }, [isDue, onHide]);
  return isDue && TooltipPopup ? <TooltipPopup {...props} /> : null;
}
