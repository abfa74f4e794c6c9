import { useCompleteTexts } from '../i18n/useTexts.lazy.js';
import { Pencil } from '../icons.js';
import {
  Archive,
  ArchiveRestore,
  Code,
  FileText,
  Link,
  Pin,
  PinOff,
  Trash,
} from '../icons.lazy.js';
import type { MenuItem } from '../menu/MenuItem.js';

interface Toggle {
  isOn: boolean;
  change: (isOn: boolean) => void;
}

interface ThreadMenuActions {
  onRename?: (() => void) | undefined;
  onPin?: Toggle | undefined;
  onArchive?: Toggle | undefined;
  onExport?: ((format: 'markdown' | 'json') => void) | undefined;
  onCopyLink?: (() => void) | undefined;
  onDelete: () => void;
  /** Key that deletes the thread outside of the menu. @default none */
  deleteKey?: string | undefined;
}

/** Returns the entries of the menu of a thread. Entries without an action are left out. */
export function useThreadMenu({
  onRename,
  onPin,
  onArchive,
  onExport,
  onCopyLink,
  onDelete,
  deleteKey,
}: ThreadMenuActions): MenuItem[] {
  const texts = useCompleteTexts().threads;
  const items: (MenuItem | undefined)[] = [
    onRename && { label: texts.rename, icon: <Pencil />, shortcut: 'F2', onSelect: onRename },
    onPin && {
      label: onPin.isOn ? texts.unpin : texts.pin,
      icon: onPin.isOn ? <PinOff /> : <Pin />,
      onSelect: () => onPin.change(!onPin.isOn),
    },
    onArchive && {
      label: onArchive.isOn ? texts.unarchive : texts.archive,
      icon: onArchive.isOn ? <ArchiveRestore /> : <Archive />,
      onSelect: () => onArchive.change(!onArchive.isOn),
    },
    onCopyLink && { label: texts.copyLink, icon: <Link />, onSelect: onCopyLink },
    onExport && {
      label: texts.exportMarkdown,
      icon: <FileText />,
      onSelect: () => onExport('markdown'),
    },
    onExport && { label: texts.exportJson, icon: <Code />, onSelect: () => onExport('json') },
    {
      label: texts.deleteShort,
      icon: <Trash />,
      shortcut: deleteKey,
      isDanger: true,
      onSelect: onDelete,
    },
  ];
  return items.filter((item) => item !== undefined);
}
