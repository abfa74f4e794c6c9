import { Button, MenuButton, ThreadHeader, type MenuItem } from 'assistants-react';
import {
  CircleHelp,
  CodeXml,
  Ellipsis,
  Monitor,
  Moon,
  PanelLeft,
  PanelRight,
  SquarePen,
  Sun,
} from 'lucide-react';
import type { ReactElement } from 'react';
import { AssistantPicker } from './AssistantPicker.js';
import type { Theme } from './useTheme.js';

interface ToolbarProps {
  threadId: string | undefined;
  assistantId: string | undefined;
  theme: Theme;
  panels: { side: boolean; details: boolean };
  onOpenThread: (threadId: string | undefined) => void;
  onNewThread: () => void;
  onSelectAssistant: (assistantId: string) => void;
  onTheme: () => void;
  onTogglePanel: (panel: 'side' | 'details') => void;
  onDialog: (dialog: 'help' | 'code') => void;
}

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon };
const icon = { size: 18, strokeWidth: 1.5, 'aria-hidden': true } as const;

/** Bar above the panels. On narrow windows, most of its buttons are in a menu. */
export function Toolbar({
  threadId,
  assistantId,
  theme,
  panels,
  onOpenThread,
  onNewThread,
  onSelectAssistant,
  onTheme,
  onTogglePanel,
  onDialog,
}: ToolbarProps): ReactElement {
  const ThemeIcon = THEME_ICONS[theme];
  const more: MenuItem[] = [
    { label: 'Code', icon: <CodeXml {...icon} />, onSelect: () => onDialog('code') },
    { label: `Theme: ${theme}`, icon: <ThemeIcon {...icon} />, onSelect: onTheme },
    { label: 'Details', icon: <PanelRight {...icon} />, onSelect: () => onTogglePanel('details') },
    {
      label: 'Keyboard shortcuts',
      icon: <CircleHelp {...icon} />,
      onSelect: () => onDialog('help'),
    },
  ];
  return (
    <div className="toolbar">
      <Button
        variant="icon"
        aria-label="Threads and assistants"
        aria-pressed={panels.side}
        title="Threads and assistants  ["
        onClick={() => onTogglePanel('side')}
      >
        <PanelLeft {...icon} className="mirrored" />
      </Button>
      <ThreadHeader
        level={1}
        threadId={threadId}
        getHref={(id) => `#thread=${id}`}
        onDelete={() => onOpenThread(undefined)}
        onSelect={onOpenThread}
      >
        <AssistantPicker assistantId={assistantId} onSelect={onSelectAssistant} />
      </ThreadHeader>
      <WideButtons {...{ theme, panels, onTheme, onTogglePanel, onDialog }} />
      <div className="narrow">
        <Button variant="icon" aria-label="New thread" onClick={onNewThread}>
          <SquarePen {...icon} />
        </Button>
        <MenuButton aria-label="More" items={more}>
          <Ellipsis {...icon} />
        </MenuButton>
      </div>
    </div>
  );
}

type WideButtonsProps = Pick<
  ToolbarProps,
  'theme' | 'panels' | 'onTheme' | 'onTogglePanel' | 'onDialog'
>;

/** Buttons that narrow windows have in the menu. */
function WideButtons({
  theme,
  panels,
  onTheme,
  onTogglePanel,
  onDialog,
}: WideButtonsProps): ReactElement {
  const ThemeIcon = THEME_ICONS[theme];
  return (
    <div className="wide">
      <Button variant="quiet" aria-label="Code" onClick={() => onDialog('code')}>
        <CodeXml {...icon} />
        <span>Code</span>
      </Button>
      <Button
        variant="icon"
        aria-label={`Theme: ${theme}`}
        title={`Theme: ${theme}  t`}
        onClick={onTheme}
      >
        <ThemeIcon {...icon} />
      </Button>
      <Button
        variant="icon"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts  ?"
        onClick={() => onDialog('help')}
      >
        <CircleHelp {...icon} />
      </Button>
      <Button
        variant="icon"
        aria-label="Details"
        aria-pressed={panels.details}
        title="Details  ]"
        onClick={() => onTogglePanel('details')}
      >
        <PanelRight {...icon} className="mirrored" />
      </Button>
    </div>
  );
}
