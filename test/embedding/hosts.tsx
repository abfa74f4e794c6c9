import bootstrap from 'bootstrap/dist/css/bootstrap-reboot.css?inline';
import tailwind3 from 'tailwindcss-3/src/css/preflight.css?raw';
import tailwind4 from 'tailwindcss/preflight.css?raw';
import { Activity, Suspense, type ReactElement, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import layered from '../../src/styles.css?inline';
import unlayered from '../../src/unlayered.css?inline';

/** App around the chat. */
export interface Host {
  /** Stylesheets in the order of the page. */
  styles: readonly string[];
  /** Name of the class that the app sets on the root element in dark mode. @default the app has `color-scheme: light dark` */
  darkClass?: string;
  /** Root that the chat is rendered into. @default an element of the page */
  place?: 'shadow' | 'iframe';
  /** Renders the chat inside elements of the app. @default the chat alone */
  wrap?: (chat: ReactNode) => ReactElement;
  /** Number of chats, each with its own server. @default 1 */
  count?: 2;
}

/** Preflights are templates: their `theme(name, value)` becomes the value. */
const fillTheme = (css: string): string =>
  css.replace(/(?:--)?theme\(\s*[^,()]+,\s*((?:[^()]|\([^()]*\))*)\)/g, '$1');

const RESET =
  '* { margin: 0; padding: 0; box-sizing: border-box; } ul, ol { list-style: none; } a { color: inherit; text-decoration: none; }';
const SHADCN_3 =
  ':root { --background: 0 0% 100%; --foreground: 222 84% 5%; --primary: 222.2 47.4% 11.2%; --muted: 210 40% 96%; --border: 214 32% 91%; --ring: 222 84% 5%; } .dark { --background: 222 84% 5%; --foreground: 210 40% 98%; --primary: 210 40% 98%; --muted: 217 33% 17%; --border: 217 33% 17%; --ring: 213 27% 84%; } * { border-color: hsl(var(--border)); } body { background: hsl(var(--background)); }';
const SHADCN_4 =
  ':root { --background: oklch(1 0 0); --foreground: oklch(0.145 0 0); --primary: oklch(0.205 0 0); --primary-foreground: oklch(0.985 0 0); --muted: oklch(0.97 0 0); --popover: oklch(1 0 0); --border: oklch(0.922 0 0); --ring: oklch(0.708 0 0); } .dark { --background: oklch(0.145 0 0); --foreground: oklch(0.985 0 0); --primary: oklch(0.922 0 0); --primary-foreground: oklch(0.205 0 0); --muted: oklch(0.269 0 0); --popover: oklch(0.205 0 0); --border: oklch(1 0 0 / 10%); --ring: oklch(0.556 0 0); } @layer base { * { border-color: var(--border); } body { background: var(--background); } }';

const TAILWIND_3 = fillTheme(tailwind3);
const TAILWIND_4 = `@layer theme, base, components, utilities; @layer base { ${fillTheme(tailwind4)} }`;

/** Removes CSS features that older browsers lack. */
const asOldBrowser = (css: string): string =>
  css.replaceAll('light-dark(', 'no-light-dark(').replaceAll('field-sizing', 'no-field-sizing');

export const hosts: Readonly<Record<string, Host>> = {
  'a plain page': { styles: [layered] },
  'Tailwind 3': { styles: [TAILWIND_3, unlayered] },
  'Tailwind 4': { styles: [TAILWIND_4, layered] },
  'Tailwind 4 after the chat': { styles: [layered, TAILWIND_4] },
  'shadcn for Tailwind 3': { styles: [TAILWIND_3, SHADCN_3, unlayered], darkClass: 'dark' },
  'shadcn for Tailwind 4': { styles: [TAILWIND_4, SHADCN_4, layered], darkClass: 'dark' },
  Bootstrap: { styles: [bootstrap, unlayered] },
  'a CSS reset': { styles: [RESET, unlayered] },
  'a CSS reset after the chat': { styles: [unlayered, RESET] },
  'a shadow root': { styles: [layered], place: 'shadow' },
  'an iframe': { styles: [layered], place: 'iframe' },
  'a form': {
    styles: [layered],
    wrap: (chat) => (
      <form action="/submitted" onSubmit={() => document.body.append('submitted')}>
        {chat}
      </form>
    ),
  },
  'a portal': {
    styles: [layered],
    wrap: (chat) => (
      <form onSubmit={() => document.body.append('submitted')}>
        {createPortal(<div style={{ blockSize: '100%' }}>{chat}</div>, getPortal())}
      </form>
    ),
  },
  'Activity and Suspense': {
    styles: [layered],
    wrap: (chat) => (
      <Suspense fallback="Loading">
        <Activity mode="visible">{chat}</Activity>
      </Suspense>
    ),
  },
  'two chats of two servers': { styles: [layered], count: 2 },
  'an older browser': { styles: [asOldBrowser(layered)] },
};

let portal: HTMLElement | undefined;

function getPortal(): HTMLElement {
  if (portal === undefined) {
    portal = document.createElement('div');
    portal.style.blockSize = '700px';
    document.body.append(portal);
  }
  return portal;
}
