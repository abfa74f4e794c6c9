'use client';

import { useThreadConversation } from 'assistants-react';

export interface WelcomeProps {
  heading?: string;
  /** First messages that the user can choose from. */
  suggestions?: readonly string[];
}

/** Content of a thread without messages. A click on a suggestion sends it. */
export function Welcome({ heading = 'What can I help with?', suggestions = [] }: WelcomeProps) {
  const conversation = useThreadConversation();
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-1 flex-col items-center justify-center gap-6 px-4 pt-8">
      <h2 className="text-center text-2xl font-semibold tracking-tight text-balance">{heading}</h2>
      {suggestions.length > 0 && (
        <ul className="grid w-full gap-2 sm:grid-cols-2">
          {suggestions.map((suggestion) => (
            <li key={suggestion}>
              <button
                type="button"
                onClick={() => void conversation.send(suggestion)}
                className="size-full rounded-xl border bg-card px-4 py-3 text-start text-sm text-card-foreground shadow-xs transition-colors outline-none hover:bg-accent hover:text-accent-foreground focus-visible:border-ring focus-visible:ring-3 focus-visible:ring-ring/50"
              >
                {suggestion}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
