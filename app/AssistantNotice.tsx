import { Button, type Assistant, useAssistants, useCreateAssistant } from 'assistants-react';
import type { ReactElement } from 'react';
import { NEW_ASSISTANT } from './AssistantsDialog.js';

interface AssistantNoticeProps {
  /** Name of the assistant that no longer exists. Undefined if there never was one. */
  lostName: string | undefined;
  /** The assistant that answers now. */
  current: Assistant | undefined;
  onCreated: (assistantId: string) => void;
}

/** Reports that an assistant no longer exists and which one answers now. Offers to create one if there is none. */
export function AssistantNotice({
  lostName,
  current,
  onCreated,
}: AssistantNoticeProps): ReactElement | null {
  const { data: assistants } = useAssistants();
  const create = useCreateAssistant();
  if (lostName === undefined && assistants?.length !== 0) return null;
  return (
    <output className="notice">
      <p>{describe(lostName, current)}</p>
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

function describe(lostName: string | undefined, current: Assistant | undefined): string {
  if (lostName === undefined) return 'This server has no assistants.';
  if (!current) return `${lostName} no longer exists.`;
  // A restarted server has the same assistants with other ids.
  const answering =
    current.name === lostName ? 'the new one' : (current.name ?? 'another assistant');
  return `${lostName} no longer exists, and ${answering} answers now.`;
}
