import type { ThreadViewProps, Tool } from 'assistants-react';
import {
  CloudSun,
  FileText,
  FolderInput,
  ListChecks,
  type LucideIcon,
  MessageSquare,
  ScrollText,
  ShieldAlert,
  ShieldCheck,
  TriangleAlert,
  Users,
} from 'lucide-react';
import { lazy, type ComponentType } from 'react';
import { chapterAssistants } from './scripts.js';

/** Chapter of the playground: an example that runs, and the code that makes it. */
export interface Chapter {
  /** Name of its folder, and part of its address. */
  id: string;
  title: string;
  icon: LucideIcon;
  /** Names the subject in one sentence. */
  summary: string;
  /** Page of the documentation. */
  guide: string;
  /** Name of its assistant. Undefined if it has a server of its own, whose threads are not those of the sidebar. */
  assistantName: string | undefined;
  Example: ComponentType<ThreadViewProps>;
  /** Loads the tools of the example. Returns the same promise each time. */
  loadTools: () => Promise<readonly Tool[]>;
  /** Loads the sources of the example, to be shown. */
  loadFiles: () => Promise<CodeFile[]>;
}

/** Source file that is shown beside an example. */
export interface CodeFile {
  name: string;
  code: string;
}

type Load = () => Promise<{
  Example: ComponentType<ThreadViewProps>;
  tools?: readonly Tool[];
}>;

const sources = import.meta.glob<string>(['./*/*.ts', './*/*.tsx'], {
  query: '?raw',
  import: 'default',
});

export const chapters: readonly Chapter[] = [
  defineChapter(
    'chat',
    'Chat',
    MessageSquare,
    'A complete chat in one component.',
    'getting-started',
    () => import('./chat/Example.js'),
  ),
  defineChapter(
    'functions',
    'Functions',
    CloudSun,
    'The assistant calls functions in your page.',
    'tools',
    () => import('./functions/Example.js'),
  ),
  defineChapter(
    'approvals',
    'Approval',
    ShieldCheck,
    'Calls wait until the user allows them.',
    'tools',
    () => import('./approvals/Example.js'),
  ),
  defineChapter(
    'forms',
    'Forms',
    ListChecks,
    'The user answers calls with forms made from a schema.',
    'tools',
    () => import('./forms/Example.js'),
  ),
  defineChapter(
    'files',
    'Files and citations',
    FileText,
    'Files are uploaded, searched and cited.',
    'backend',
    () => import('./files/Example.js'),
  ),
  defineChapter(
    'longThread',
    'A long thread',
    ScrollText,
    '2,000 messages that open and scroll like twenty.',
    'concepts',
    () => import('./longThread/Example.js'),
  ),
  defineChapter(
    'hostileText',
    'Hostile text',
    ShieldAlert,
    'What a model writes stays text.',
    'customizing',
    () => import('./hostileText/Example.js'),
  ),
  defineChapter(
    'failingServer',
    'A failing server',
    TriangleAlert,
    'Delays, errors and cut streams, and no message lost.',
    'troubleshooting',
    () => import('./failingServer/Example.js'),
  ),
  defineChapter(
    'twoUsers',
    'Two users',
    Users,
    'One server that keeps its users apart.',
    'backend',
    () => import('./twoUsers/Example.js'),
  ),
  defineChapter(
    'moveIn',
    'Import',
    FolderInput,
    'Conversations of a service that was switched off, opened in this tab.',
    'switched-off',
    () => import('./moveIn/Example.js'),
  ),
];

function defineChapter(
  id: string,
  title: string,
  icon: LucideIcon,
  summary: string,
  guide: string,
  load: Load,
): Chapter {
  const own: Record<string, { assistant: { name: string } } | undefined> = chapterAssistants;
  const assistantName = own[id]?.assistant.name;
  let tools: Promise<readonly Tool[]> | undefined;
  const loadTools = () => {
    tools ??= load().then((module) => module.tools ?? []);
    return tools;
  };
  return {
    id,
    title,
    icon,
    summary,
    guide,
    assistantName,
    Example: lazy(async () => ({ default: (await load()).Example })),
    loadTools,
    loadFiles: () => loadFiles(id, assistantName !== undefined),
  };
}

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
