import { useEffect, useRef, useState } from 'react';

/**
 * Calls a function when a form is submitted, and keeps the event from the browser and from a form of the app around it.
 * Listens at the form itself: browsers stop the event at an outer form, so that it does not reach the root of React.
 *
 * @returns Ref of the form.
 */
export function useOwnSubmit(
  onSubmit: (form: HTMLFormElement) => void,
): (form: HTMLFormElement | null) => void {
  const [form, setForm] = useState<HTMLFormElement | null>(null);
  const latest = useRef(onSubmit);
  useEffect(() => {
    latest.current = onSubmit;
  });
  useEffect(() => {
    if (form === null) return undefined;
    const onEvent = (event: SubmitEvent): void => {
      if (event.target !== form) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(form);
    };
    form.addEventListener('submit', onEvent);
    return () => form.removeEventListener('submit', onEvent);
  }, [form]);
  return setForm;
}
