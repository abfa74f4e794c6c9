import type { ThreadViewProps, Tool } from 'assistants-react';
import {
  CloudSun,
  FileText,
  FolderInput,
  ListChecks,
  type LucideIcon,
  MessageSquare,
  PenLine,
  ScrollText,
  ShieldAlert,
  ShieldCheck,
  TriangleAlert,
  Users,
} from 'lucide-react';
import { lazy, type ComponentType } from 'react';
import type { Labels } from '../labels/Labels.js';
import { chapterAssistants } from './scripts.js';

/** Chapter of the playground: an example that runs, and the code that makes it. */
export interface Chapter {
  /** Name of its folder, and part of its address. */
  id: keyof Labels['titles'];
  icon: LucideIcon;
  /** Names the subject in one sentence. */
  summary: string;
  /** Page of the documentation. */
  guide: string;
  /** Name of its assistant. Undefined if it has a server of its own, whose threads are not those of the sidebar. */
  assistantName: string | undefined;
  Example: ComponentType<ThreadViewProps>;
  /** Loads the tools of the example. */
  loadTools: () => Promise<readonly Tool[]>;
  /** Loads the sources of the example, to be shown. */
  loadFiles: () => Promise<CodeFile[]>;
}

/** Source file that is shown beside an example. */
export interface CodeFile {
  name: string;
  code: string;
}

interface ChapterDefinition extends Pick<Chapter, 'id' | 'icon' | 'summary' | 'guide'> {
  load: () => Promise<{ Example: ComponentType<ThreadViewProps>; tools?: readonly Tool[] }>;
}

const sources = import.meta.glob<string>(['./*/*.ts', './*/*.tsx'], {
  query: '?raw',
  import: 'default',
});

const definitions: readonly ChapterDefinition[] = [
  {
    id: 'chat',
    icon: MessageSquare,
    summary: 'A complete chat in one component.',
    guide: 'getting-started',
    load: () => import('./chat/Example.js'),
  },
  {
    id: 'functions',
    icon: CloudSun,
    summary: 'The assistant calls functions in your page.',
    guide: 'tools',
    load: () => import('./functions/Example.js'),
  },
  {
    id: 'approvals',
    icon: ShieldCheck,
    summary: 'Calls wait until the user allows them.',
    guide: 'tools',
    load: () => import('./approvals/Example.js'),
  },
  {
    id: 'forms',
    icon: ListChecks,
    summary: 'The user answers calls with forms made from a schema.',
    guide: 'tools',
    load: () => import('./forms/Example.js'),
  },
  {
    id: 'composer',
    icon: PenLine,
    summary: 'Commands, mentions, quotes and dictation.',
    guide: 'customizing',
    load: () => import('./composer/Example.js'),
  },
  {
    id: 'files',
    icon: FileText,
    summary: 'Files are uploaded, searched and cited.',
    guide: 'backend',
    load: () => import('./files/Example.js'),
  },
  {
    id: 'longThread',
    icon: ScrollText,
    summary: '2,000 messages that open and scroll like twenty.',
    guide: 'concepts',
    load: () => import('./longThread/Example.js'),
  },
  {
    id: 'hostileText',
    icon: ShieldAlert,
    summary: 'What a model writes stays text.',
    guide: 'customizing',
    load: () => import('./hostileText/Example.js'),
  },
  {
    id: 'failingServer',
    icon: TriangleAlert,
    summary: 'Delays, errors and cut streams, and no message lost.',
    guide: 'troubleshooting',
    load: () => import('./failingServer/Example.js'),
  },
  {
    id: 'twoUsers',
    icon: Users,
    summary: 'One server that keeps its users apart.',
    guide: 'backend',
    load: () => import('./twoUsers/Example.js'),
  },
  {
    id: 'moveIn',
    icon: FolderInput,
    summary: 'Conversations of a service that was switched off, opened in this tab.',
    guide: 'switched-off',
    load: () => import('./moveIn/Example.js'),
  },
];

/** The chapters, in the order in which they are read. */
export const chapters: readonly Chapter[] = definitions.map(({ load, ...chapter }) => {
  const assistants: Record<string, { assistant: { name: string } } | undefined> = chapterAssistants;
  const assistantName = assistants[chapter.id]?.assistant.name;
  return {
    ...chapter,
    assistantName,
    Example: lazy(async () => ({ default: (await load()).Example })),
    loadTools: async () => (await load()).tools ?? [],
    loadFiles: () => loadFiles(chapter.id, assistantName !== undefined),
  };
});

/** Loads the sources of a chapter, `Example.tsx` first. One without a server of its own needs the frame of the first chapter. */
async function loadFiles(id: string, hasFrame: boolean): Promise<CodeFile[]> {
  const paths = Object.keys(sources).filter(
    (path) => path.startsWith(`./${id}/`) && !path.endsWith('/App.tsx'),
  );
  const all = [...paths.toSorted(), ...(hasFrame ? ['./chat/App.tsx'] : [])];
  return Promise.all(
    all.map(async (path) => ({
      name: path.slice(path.lastIndexOf('/') + 1),
      code: (await sources[path]?.()) ?? '',
    })),
  );
}
