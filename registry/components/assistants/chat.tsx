'use client';

import { ThreadHeader, useThreads } from 'assistants-react';
import { PanelLeft } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Thread, type ThreadProps } from '@/components/assistants/thread';
import { ThreadList } from '@/components/assistants/thread-list';
import { cn } from '@/lib/utils';

export type ChatProps = Omit<
  ThreadProps,
  'threadId' | 'onThreadIdChange' | 'onThreadCreated' | 'onRunSettled'
>;

/** Thread beside the list of the user's threads, which is a drawer on narrow screens. Fills the height of its parent. */
export function Chat({ className, ...props }: ChatProps) {
  const [threadId, setThreadId] = useState<string>();
  const [chatKey, setChatKey] = useState(0);
  const { remember, markUsed } = useThreads();
  const drawer = useRef<HTMLElement>(null);
  const drawerId = useId();

  const openThread = (id: string | undefined) => {
    setThreadId(id);
    if (drawer.current?.matches(':popover-open')) drawer.current.hidePopover();
  };
  const startThread = () => {
    openThread(undefined);
    // A new key also leaves a thread whose first message is still on its way.
    setChatKey((key) => key + 1);
  };
  return (
    <div className={cn('flex h-full min-h-0 bg-background text-foreground', className)}>
      <aside
        ref={drawer}
        id={drawerId}
        // From `md` on, it is beside the thread. Below, the browser opens it over the page, and closes it on Escape or a
        // click outside.
        popover="auto"
        className="fixed inset-y-0 start-0 end-auto m-0 h-dvh w-72 border-0 border-e p-0 backdrop:bg-black/50 md:static md:block md:h-auto md:w-64 md:shrink-0"
      >
        <ThreadList
          threadId={threadId}
          onSelect={openThread}
          onNew={startThread}
          onDelete={(id) => {
            if (id === threadId) setThreadId(undefined);
          }}
        />
      </aside>
      <main className="flex min-w-0 flex-1 flex-col">
        <div className="flex min-h-12 shrink-0 items-center gap-1 px-2">
          <button
            type="button"
            popoverTarget={drawerId}
            aria-label="Conversations"
            className="grid size-10 shrink-0 place-items-center rounded-md outline-none hover:bg-accent hover:text-accent-foreground focus-visible:ring-3 focus-visible:ring-ring/50 md:hidden"
          >
            <PanelLeft aria-hidden className="size-5" />
          </button>
          <ThreadHeader
            className="min-w-0 flex-1"
            level={1}
            threadId={threadId}
            onSelect={openThread}
            onDelete={() => setThreadId(undefined)}
          />
        </div>
        <Thread
          key={chatKey}
          {...props}
          className="min-h-0 flex-1"
          threadId={threadId}
          onThreadIdChange={setThreadId}
          onThreadCreated={(id, { text }) => remember(id, text ?? '')}
          onRunSettled={(run) => markUsed(run.thread_id)}
        />
      </main>
    </div>
  );
}
