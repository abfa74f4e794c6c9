import { MenuButton, useAssistants } from 'assistants-react';
import { Check, ChevronDown, Settings2 } from 'lucide-react';
import type { ReactElement } from 'react';

interface AssistantPickerProps {
  assistantId: string | undefined;
  onSelect: (assistantId: string) => void;
  /** Opens the list in which assistants are created, edited and deleted. */
  onManage: () => void;
}

const icon = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const;

/** Menu of the assistants. The first letters of a name find it. */
export function AssistantPicker({
  assistantId,
  onSelect,
  onManage,
}: AssistantPickerProps): ReactElement {
  const { data: assistants = [] } = useAssistants();
  const current = assistants.find(({ id }) => id === assistantId);
  const name = getName(current?.name);
  return (
    <MenuButton
      variant="quiet"
      className="picker"
      aria-label={`Assistant: ${name}`}
      items={[
        ...assistants.map(({ id, name: other }) => ({
          label: getName(other),
          icon: <Check {...icon} className={id === assistantId ? undefined : 'unchosen'} />,
          onSelect: () => onSelect(id),
        })),
        { label: 'Manage assistants…', icon: <Settings2 {...icon} />, onSelect: onManage },
      ]}
    >
      <span dir="auto">{name}</span>
      <ChevronDown {...icon} />
    </MenuButton>
  );
}

function getName(name: string | null | undefined): string {
  return name?.trim() || 'Unnamed assistant';
}
