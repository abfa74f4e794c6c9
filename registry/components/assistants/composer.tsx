'use client';

import {
  ComposerAttach,
  ComposerAttachments,
  ComposerHint,
  ComposerInput,
  ComposerSend,
  ComposerStop,
  Thread as ThreadPrimitive,
  type ThreadComposerFormProps,
} from 'assistants-react';
import { cn } from '@/lib/utils';

export interface ComposerProps extends ThreadComposerFormProps {
  placeholder?: string;
}

const roundButton = 'size-9 min-h-9 rounded-full p-0';
const primaryButton =
  'bg-primary text-primary-foreground hover:bg-primary/90 disabled:bg-muted disabled:text-muted-foreground';

/** Field for the next message, with files, and buttons to send it and to stop the answer. */
export function Composer({ placeholder = 'Send a message…', className, ...props }: ComposerProps) {
  return (
    <ThreadPrimitive.ComposerForm
      className={cn(
        'group/composer mx-auto w-full max-w-3xl px-4 pb-[max(1rem,env(safe-area-inset-bottom))]',
        className,
      )}
      {...props}
    >
      <div
        className={cn(
          'rounded-3xl border border-input bg-background shadow-xs transition-[border-color,box-shadow] dark:bg-input/30',
          'focus-within:border-ring focus-within:ring-3 focus-within:ring-ring/50',
          'group-data-dropping/composer:border-dashed group-data-dropping/composer:border-primary',
          'group-data-over/composer:border-destructive',
        )}
      >
        <ComposerAttachments className="p-3 pb-0" />
        <ComposerInput
          placeholder={placeholder}
          className="block w-full px-4 pt-3 pb-1 text-base placeholder:text-muted-foreground"
        />
        <div className="flex items-center gap-2 p-2 pt-0">
          <ComposerAttach
            className={cn(
              roundButton,
              'text-muted-foreground hover:bg-accent hover:text-accent-foreground',
            )}
          />
          <span className="flex-1" />
          <ComposerStop className={cn(roundButton, primaryButton)} />
          <ComposerSend className={cn(roundButton, primaryButton)} />
        </div>
      </div>
      <ComposerHint />
    </ThreadPrimitive.ComposerForm>
  );
}
