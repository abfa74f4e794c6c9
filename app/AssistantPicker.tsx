import { MenuButton, useAssistants } from 'assistants-react';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactElement } from 'react';

interface AssistantPickerProps {
  assistantId: string | undefined;
  onSelect: (assistantId: string) => void;
}

const icon = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const;

/** Menu of the assistants. The first letters of a name find it. */
export function AssistantPicker({ assistantId, onSelect }: AssistantPickerProps): ReactElement {
  const { data: assistants = [] } = useAssistants();
  const current = assistants.find(({ id }) => id === assistantId);
  const name = getName(current?.name);
  return (
    <MenuButton
      variant="quiet"
      className="picker"
      aria-label={`Assistant: ${name}`}
      items={assistants.map(({ id, name: other }) => ({
        label: getName(other),
        icon: <Check {...icon} className={id === assistantId ? undefined : 'unchosen'} />,
        onSelect: () => onSelect(id),
      }))}
    >
      <span dir="auto">{name}</span>
      <ChevronDown {...icon} />
    </MenuButton>
  );
}

function getName(name: string | null | undefined): string {
  return name?.trim() || 'Unnamed assistant';
}
