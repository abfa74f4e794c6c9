import { Button, MenuButton, ThreadHeader, type MenuItem } from 'assistants-react';
import {
  CircleHelp,
  CodeXml,
  Ellipsis,
  ListTree,
  Palette,
  PanelLeft,
  SquarePen,
} from 'lucide-react';
import type { ReactElement } from 'react';
import { AssistantPicker } from './AssistantPicker.js';
import { LOOK_ID } from './LookPopover.js';
import type { Panels } from './usePanels.js';

interface ToolbarProps {
  /** Title of a page that shows no thread of the server. */
  title: string | undefined;
  threadId: string | undefined;
  assistantId: string | undefined;
  panels: Panels;
  getThreadHref: (threadId: string) => string;
  onOpenThread: (threadId: string | undefined) => void;
  onNewThread: () => void;
  onSelectAssistant: (assistantId: string) => void;
  onManageAssistants: () => void;
  onToggleSide: () => void;
  /** Undefined if the page has no code to show. */
  onToggleEnd: ((shown: 'code' | 'runs') => void) | undefined;
  onHelp: () => void;
}

const icon = { size: 18, strokeWidth: 1.5, 'aria-hidden': true } as const;

/** Bar above the panels. On narrow windows, most of its buttons are in a menu. */
export function Toolbar(props: ToolbarProps): ReactElement {
  const { title, threadId, onOpenThread, onToggleEnd } = props;
  const endItems: MenuItem[] = onToggleEnd
    ? [
        { label: 'Code', icon: <CodeXml {...icon} />, onSelect: () => onToggleEnd('code') },
        { label: 'Runs', icon: <ListTree {...icon} />, onSelect: () => onToggleEnd('runs') },
      ]
    : [];
  const more: MenuItem[] = [
    ...endItems,
    {
      label: 'Look',
      icon: <Palette {...icon} />,
      onSelect: () => document.getElementById(LOOK_ID)?.showPopover(),
    },
    { label: 'Keyboard shortcuts', icon: <CircleHelp {...icon} />, onSelect: props.onHelp },
  ];
  return (
    <div className="toolbar">
      <Button
        variant="icon"
        aria-label="Chapters and threads"
        aria-pressed={props.panels.side}
        title="Chapters and threads  ["
        onClick={props.onToggleSide}
      >
        <PanelLeft {...icon} className="mirrored" />
      </Button>
      {title === undefined ? (
        <ThreadHeader
          level={1}
          threadId={threadId}
          getHref={props.getThreadHref}
          onDelete={() => onOpenThread(undefined)}
          onSelect={onOpenThread}
        >
          <AssistantPicker
            assistantId={props.assistantId}
            onSelect={props.onSelectAssistant}
            onManage={props.onManageAssistants}
          />
        </ThreadHeader>
      ) : (
        <h1>{title}</h1>
      )}
      <WideButtons {...props} />
      <div className="narrow">
        <Button variant="icon" aria-label="New thread" onClick={props.onNewThread}>
          <SquarePen {...icon} />
        </Button>
        <MenuButton aria-label="More" items={more}>
          <Ellipsis {...icon} />
        </MenuButton>
      </div>
    </div>
  );
}

/** Buttons that narrow windows have in the menu. */
function WideButtons({ title, panels, onToggleEnd, onHelp }: ToolbarProps): ReactElement {
  return (
    <div className="wide">
      {onToggleEnd && (
        <Button
          variant="quiet"
          aria-pressed={panels.end === 'code'}
          title="Code  ]"
          onClick={() => onToggleEnd('code')}
        >
          <CodeXml {...icon} />
          <span>Code</span>
        </Button>
      )}
      {onToggleEnd && title === undefined && (
        <Button
          variant="quiet"
          aria-pressed={panels.end === 'runs'}
          title="Runs  r"
          onClick={() => onToggleEnd('runs')}
        >
          <ListTree {...icon} />
          <span>Runs</span>
        </Button>
      )}
      <Button variant="quiet" popoverTarget={LOOK_ID} aria-haspopup="dialog">
        <Palette {...icon} />
        <span>Look</span>
      </Button>
      <Button
        variant="icon"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts  ?"
        onClick={onHelp}
      >
        <CircleHelp {...icon} />
      </Button>
    </div>
  );
}
