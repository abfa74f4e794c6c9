import {
  AssistantPicker,
  Button,
  IconButton,
  MenuButton,
  ThreadHeader,
  type MenuItem,
} from 'assistants-react';
import {
  CircleHelp,
  CodeXml,
  Ellipsis,
  ListTree,
  type LucideIcon,
  Palette,
  PanelLeft,
  Settings2,
  SquarePen,
} from 'lucide-react';
import { useRef, type ReactElement } from 'react';
import { useLabels, type Labels } from './labels/Labels.js';
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
  const { title, threadId, onOpenThread } = props;
  const labels = useLabels();
  const picker = useRef<HTMLButtonElement>(null);
  const endButtons = listEndButtons(props, labels);
  return (
    <div className="toolbar">
      <IconButton
        label={labels.chaptersAndThreads}
        tooltip={`${labels.chaptersAndThreads}  [`}
        aria-pressed={props.panels.side}
        onClick={props.onToggleSide}
      >
        <PanelLeft {...icon} className="mirrored" />
      </IconButton>
      {title === undefined ? (
        <ThreadHeader
          level={1}
          threadId={threadId}
          getHref={props.getThreadHref}
          onDelete={() => onOpenThread(undefined)}
          onSelect={onOpenThread}
        >
          <AssistantPicker
            ref={picker}
            className="picker"
            assistantId={props.assistantId}
            onSelect={({ id }) => props.onSelectAssistant(id)}
            renderActions={(close) => (
              <Button
                variant="quiet"
                onClick={() => {
                  close();
                  // Receives the focus again when the dialog is closed.
                  picker.current?.focus();
                  props.onManageAssistants();
                }}
              >
                <Settings2 {...icon} />
                {labels.manageAssistants}
              </Button>
            )}
          />
        </ThreadHeader>
      ) : (
        <h1>{title}</h1>
      )}
      <WideButtons endButtons={endButtons} onHelp={props.onHelp} />
      <NarrowButtons
        endButtons={endButtons}
        onHelp={props.onHelp}
        onNewThread={props.onNewThread}
      />
    </div>
  );
}

interface EndButton {
  label: string;
  shortcut: string;
  icon: LucideIcon;
  isPressed: boolean;
  onClick: () => void;
}

/** Lists the buttons for the panel at the end. Only a page with a thread of the server has runs to show. */
function listEndButtons({ title, panels, onToggleEnd }: ToolbarProps, labels: Labels): EndButton[] {
  if (onToggleEnd === undefined) return [];
  const createButton = (shown: 'code' | 'runs') => ({
    isPressed: panels.end === shown,
    onClick: () => onToggleEnd(shown),
  });
  const code = { label: labels.code, shortcut: ']', icon: CodeXml, ...createButton('code') };
  const runs = { label: labels.runs, shortcut: 'r', icon: ListTree, ...createButton('runs') };
  return title === undefined ? [code, runs] : [code];
}

interface WideButtonsProps {
  endButtons: readonly EndButton[];
  onHelp: () => void;
}

/** Buttons that narrow windows have in the menu. */
function WideButtons({ endButtons, onHelp }: WideButtonsProps): ReactElement {
  const labels = useLabels();
  return (
    <div className="wide">
      {endButtons.map(({ label, shortcut, icon: Icon, isPressed, onClick }) => (
        <Button
          key={label}
          variant="quiet"
          aria-pressed={isPressed}
          title={`${label}  ${shortcut}`}
          onClick={onClick}
        >
          <Icon {...icon} />
          <span>{label}</span>
        </Button>
      ))}
      <Button variant="quiet" popoverTarget={LOOK_ID} aria-haspopup="dialog">
        <Palette {...icon} />
        <span>{labels.look}</span>
      </Button>
      <IconButton label={labels.shortcuts} tooltip={`${labels.shortcuts}  ?`} onClick={onHelp}>
        <CircleHelp {...icon} />
      </IconButton>
    </div>
  );
}

interface NarrowButtonsProps extends WideButtonsProps {
  onNewThread: () => void;
}

function NarrowButtons({ endButtons, onHelp, onNewThread }: NarrowButtonsProps): ReactElement {
  const labels = useLabels();
  const more: MenuItem[] = [
    ...endButtons.map(({ label, icon: Icon, onClick }) => ({
      label,
      icon: <Icon {...icon} />,
      onSelect: onClick,
    })),
    {
      label: labels.look,
      icon: <Palette {...icon} />,
      onSelect: () => document.getElementById(LOOK_ID)?.showPopover(),
    },
    { label: labels.shortcuts, icon: <CircleHelp {...icon} />, onSelect: onHelp },
  ];
  return (
    <div className="narrow">
      <IconButton label={labels.newThread} onClick={onNewThread}>
        <SquarePen {...icon} />
      </IconButton>
      <MenuButton aria-label={labels.more} items={more}>
        <Ellipsis {...icon} />
      </MenuButton>
    </div>
  );
}
