import { AssistantEditor, AssistantList, Button, useAssistants } from 'assistants-react';
import { useRef, useState, type ReactElement } from 'react';
import { Dialog, type DialogState } from './Dialog.js';

interface AssistantsDialogProps extends DialogState {
  selectedId: string | undefined;
  onSelect: (assistantId: string | undefined) => void;
}

/** Defaults of a new assistant. The script calls the function for questions about the weather. */
export const NEW_ASSISTANT = {
  name: null,
  model: 'scripted',
  description: null,
  instructions: null,
  tools: [
    {
      type: 'function',
      function: { name: 'get_weather', description: 'The weather in a city, now.' },
    } as const,
  ],
};

/** Lists the assistants, and creates, edits and deletes them. */
export function AssistantsDialog({
  selectedId,
  onSelect,
  ...state
}: AssistantsDialogProps): ReactElement {
  const [edited, setEdited] = useState<{ id: string | undefined }>();
  const { data: assistants } = useAssistants();
  // They stay in the list while their deletion can be undone.
  const deletedIds = useRef(new Set<string>());
  const close = () => {
    setEdited(undefined);
    state.onClose();
  };
  const title = edited?.id === undefined ? 'New assistant' : 'Edit assistant';
  return (
    <Dialog
      {...state}
      onClose={close}
      title={edited ? title : 'Assistants'}
      content={edited ? (edited.id ?? 'new') : 'list'}
    >
      {state.isOpen && !edited && (
        <section className="assistants">
          <Button onClick={() => setEdited({ id: undefined })}>New assistant</Button>
          <AssistantList
            selectedId={selectedId}
            onSelect={({ id }) => {
              onSelect(id);
              close();
            }}
            renderActions={({ id, name }) => (
              <Button
                variant="quiet"
                aria-label={`Edit ${name ?? 'assistant'}`}
                onClick={() => setEdited({ id })}
              >
                Edit
              </Button>
            )}
            onDuplicate={({ id }) => setEdited({ id })}
            onDelete={({ id }) => {
              deletedIds.current.add(id);
              if (id !== selectedId) return;
              onSelect(assistants?.find((other) => !deletedIds.current.has(other.id))?.id);
            }}
          />
        </section>
      )}
      {edited && (
        <AssistantEditor
          key={edited.id}
          assistantId={edited.id}
          initial={NEW_ASSISTANT}
          onCancel={() => setEdited(undefined)}
          onDuplicate={({ id }) => setEdited({ id })}
          onSaved={({ id }) => {
            // A deleted assistant was created again.
            if (edited.id !== id) onSelect(id);
            close();
          }}
        />
      )}
    </Dialog>
  );
}
