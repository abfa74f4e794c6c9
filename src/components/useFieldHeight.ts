import { useLayoutEffect, type RefObject } from 'react';

/**
 * Fits the height of a text field to its text in browsers without `field-sizing`: when the text changes, when its width changes,
 * and when it becomes visible.
 */
export function useFieldHeight(ref: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const field = ref.current;
    if (!field || supportsFieldSizing()) return undefined;
    fitHeight(field);
    if (typeof ResizeObserver === 'undefined') return undefined;
    let width = field.clientWidth;
    const observer = new ResizeObserver(() => {
      if (field.clientWidth === width) return;
      width = field.clientWidth;
      fitHeight(field);
    });
    observer.observe(field);
    return () => observer.disconnect();
  }, [ref, text]);
}

/** Measures a copy: a field that is resized to measure it would scroll the messages above it. */
function fitHeight(field: HTMLTextAreaElement): void {
  if (field.clientWidth === 0) return;
  const copy = field.cloneNode() as typeof field;
  copy.removeAttribute('id');
  copy.removeAttribute('name');
  copy.ariaHidden = 'true';
  copy.value = field.value === '' ? field.placeholder : field.value;
  const { style } = copy;
  style.position = 'absolute';
  style.visibility = 'hidden';
  style.height = '0';
  style.width = `${field.offsetWidth}px`;
  field.after(copy);
  const borders = copy.offsetHeight - copy.clientHeight;
  field.style.height = `${copy.scrollHeight + borders}px`;
  copy.remove();
}

function supportsFieldSizing(): boolean {
  return typeof CSS !== 'undefined' && 'supports' in CSS && CSS.supports('field-sizing', 'content');
}
