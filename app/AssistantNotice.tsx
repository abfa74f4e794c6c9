import { Button, type Assistant, useCreateAssistant } from 'assistants-react';
import type { ReactElement } from 'react';
import { NEW_ASSISTANT } from './AssistantsPanel.js';

interface AssistantNoticeProps {
  /** Who was asked, and is gone. */
  lost: string | undefined;
  /** Who answers now. */
  current: Assistant | undefined;
  onCreated: (assistantId: string) => void;
}

/** Says that an assistant is gone, who answers in its place, and where nobody does, offers one. */
export function AssistantNotice({ lost, current, onCreated }: AssistantNoticeProps): ReactElement {
  const create = useCreateAssistant();
  const gone =
    lost === undefined
      ? 'There is no assistant here.'
      : `${lost} is gone: the server has begun anew.`;
  const answering = current?.name === lost ? 'The new one' : (current?.name ?? 'Another assistant');
  return (
    <output className="notice">
      <p>{current ? `${gone} ${answering} answers from now on.` : gone}</p>
      {!current && (
        <Button
          disabled={create.isPending}
          onClick={() =>
            create.mutate(
              { body: { ...NEW_ASSISTANT, name: 'Demo assistant' } },
              { onSuccess: ({ id }) => onCreated(id) },
            )
          }
        >
          Create the demo assistant
        </Button>
      )}
    </output>
  );
}
