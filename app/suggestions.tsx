import type { Suggestion } from 'assistants-react';
import {
  AlignLeft,
  Armchair,
  Brain,
  CalendarCheck,
  CloudSun,
  FileText,
  Layers,
  Quote,
  Table,
  TriangleAlert,
} from 'lucide-react';
import { TOOL_DESK } from './toolDesk.js';

const icon = { size: 18, strokeWidth: 1.5, 'aria-hidden': true } as const;

const DEMO_SUGGESTIONS: readonly Suggestion[] = [
  {
    title: 'Function calls',
    text: 'What is the weather in Paris and Tokyo?',
    icon: <CloudSun {...icon} />,
  },
  { title: 'Markdown', text: 'Show me some markdown', icon: <Table {...icon} /> },
  { title: 'Citations', text: 'Name your sources', icon: <Quote {...icon} /> },
  { title: 'Reasoning', text: 'Think before you answer', icon: <Brain {...icon} /> },
  { title: 'A long answer', text: 'Write something long', icon: <AlignLeft {...icon} /> },
  { title: 'A failure', text: 'Fail with a server error', icon: <TriangleAlert {...icon} /> },
];

const TOOL_DESK_SUGGESTIONS: readonly Suggestion[] = [
  {
    title: 'Three calls at once',
    text: 'A forecast, a mail and an offer, all side by side',
    icon: <Layers {...icon} />,
  },
  { title: 'A call that runs', text: 'Show me the forecast', icon: <CloudSun {...icon} /> },
  { title: 'A form', text: 'Review an offer', icon: <FileText {...icon} /> },
  { title: 'A question', text: 'Book a table', icon: <CalendarCheck {...icon} /> },
  { title: 'Your own component', text: 'Pick a seat', icon: <Armchair {...icon} /> },
  { title: 'A failing call', text: 'Something unreliable', icon: <TriangleAlert {...icon} /> },
];

/** Returns the first messages that show what an assistant of the playground can do. */
export function getSuggestions(assistantName: string | null | undefined): readonly Suggestion[] {
  return assistantName === TOOL_DESK ? TOOL_DESK_SUGGESTIONS : DEMO_SUGGESTIONS;
}
