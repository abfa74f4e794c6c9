import { AssistantEditor, AssistantList, Button, useAssistants } from 'assistants-react';
import { Pencil, Plus } from 'lucide-react';
import { useEffect, useRef, useState, type ReactElement } from 'react';

interface AssistantsPanelProps {
  selectedId: string | undefined;
  onSelect: (assistantId: string | undefined) => void;
}

/** Defaults of a new assistant. The script ignores the model name, and calls the function for questions about the weather. */
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

export function AssistantsPanel({ selectedId, onSelect }: AssistantsPanelProps): ReactElement {
  const [edited, setEdited] = useState<{ id: string | undefined }>();
  const { data: assistants } = useAssistants();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (edited) dialog.current?.showModal();
    else dialog.current?.close();
  }, [edited]);
  const close = () => setEdited(undefined);

  return (
    <section className="assistants">
      <header>
        <h2>Assistants</h2>
        <Button
          variant="icon"
          aria-label="New assistant"
          title="New assistant"
          onClick={() => setEdited({ id: undefined })}
        >
          <Plus size={16} strokeWidth={1.5} aria-hidden />
        </Button>
      </header>
      <AssistantList
        selectedId={selectedId}
        onSelect={({ id }) => onSelect(id)}
        renderActions={({ id, name }) => (
          <Button
            variant="icon"
            aria-label={`Edit ${name ?? 'assistant'}`}
            title="Edit"
            onClick={() => setEdited({ id })}
          >
            <Pencil size={14} strokeWidth={1.5} aria-hidden />
          </Button>
        )}
        onDelete={({ id }) => {
          if (id === selectedId) onSelect(assistants?.find((other) => other.id !== id)?.id);
        }}
      />
      <dialog
        ref={dialog}
        aria-label={edited?.id === undefined ? 'New assistant' : 'Edit assistant'}
        onClose={close}
      >
        <h2>{edited?.id === undefined ? 'New assistant' : 'Edit assistant'}</h2>
        {edited && (
          <AssistantEditor
            assistantId={edited.id}
            initial={NEW_ASSISTANT}
            onCancel={close}
            onSaved={({ id }) => {
              onSelect(id);
              close();
            }}
          />
        )}
      </dialog>
    </section>
  );
}
