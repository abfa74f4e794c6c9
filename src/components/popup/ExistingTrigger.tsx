import { useLayoutEffect, type Ref, type RefObject } from 'react';
import { attachRef } from '../part.js';

interface ExistingTriggerProps {
  element: RefObject<HTMLElement | null>;
  /** Set by the trigger of Base UI. */
  ref?: Ref<HTMLElement>;
}

/**
 * Makes a button of the page the trigger of a popup, as the `render` element of Base UI's trigger. A trigger of Base UI
 * would replace the button when its code is loaded, and the focus would be lost. Renders nothing.
 */
export function ExistingTrigger({ element, ref }: ExistingTriggerProps): null {
  useLayoutEffect(() => {
    const detach = attachRef(ref, element.current);
    return () => void detach();
  }, [ref, element]);
  return null;
}
