'use client';

import { Thread as ThreadPrimitive } from 'assistants-react';

/** Function calls that wait for the user: requests for approval, and forms for their results. */
export function ToolForm() {
  return (
    <ThreadPrimitive.ToolOutputs className="gap-3 text-sm [&_form]:gap-4 [&_form]:rounded-xl [&_form]:bg-card [&_form]:p-5 [&_form]:text-card-foreground [&_form]:shadow-xs" />
  );
}
