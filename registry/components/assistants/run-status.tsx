'use client';

import { Thread as ThreadPrimitive, type ThreadStatusProps } from 'assistants-react';
import { cn } from '@/lib/utils';

/** Activity of the assistant, the reason why a run has failed, and errors of the connection. Empty when all is well. */
export function RunStatus({ className, ...props }: ThreadStatusProps) {
  return (
    <>
      <ThreadPrimitive.Status
        className={cn(
          'text-sm text-muted-foreground',
          '**:data-[part=run-status-label]:text-foreground',
          '**:data-[part=run-problem]:rounded-xl **:data-[part=run-problem]:border',
          '**:data-[part=run-problem]:border-destructive/40 **:data-[part=run-problem]:bg-destructive/5',
          className,
        )}
        {...props}
      />
      <ThreadPrimitive.Error className="rounded-xl border border-destructive/40 bg-destructive/5" />
    </>
  );
}
