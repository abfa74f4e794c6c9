import { Button } from 'assistants-react';
import { CircleHelp, CodeXml, Monitor, Moon, PanelLeft, PanelRight, Sun } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Theme } from './useTheme.js';

interface ToolbarProps {
  title: string;
  theme: Theme;
  panels: { side: boolean; details: boolean };
  onTheme: () => void;
  onTogglePanel: (panel: 'side' | 'details') => void;
  onDialog: (dialog: 'help' | 'code') => void;
}

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon };
const icon = { size: 18, strokeWidth: 1.5, 'aria-hidden': true } as const;

export function Toolbar({
  title,
  theme,
  panels,
  onTheme,
  onTogglePanel,
  onDialog,
}: ToolbarProps): ReactElement {
  const ThemeIcon = THEME_ICONS[theme];
  return (
    <header className="toolbar">
      <Button
        variant="icon"
        aria-label="Threads and assistants"
        aria-pressed={panels.side}
        title="Threads and assistants  ["
        onClick={() => onTogglePanel('side')}
      >
        <PanelLeft {...icon} />
      </Button>
      <h1>{title}</h1>
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
        <PanelRight {...icon} />
      </Button>
    </header>
  );
}
