import { create, type ThemeVars } from 'storybook/theming/create';

/** True if the reader prefers dark pages. */
export const isDark = matchMedia('(prefers-color-scheme: dark)').matches;

const LIGHT = {
  page: '#ffffff',
  side: '#f7f7f8',
  line: '#e2e3e6',
  text: '#1e1f22',
  muted: '#5b5e66',
  accent: '#2450a4',
};
const DARK = {
  page: '#141416',
  side: '#1b1c1f',
  line: '#35373c',
  text: '#ececee',
  muted: '#a9acb4',
  accent: '#8fb4f5',
};
const { page, side, line, text, muted, accent } = isDark ? DARK : LIGHT;

/** A speech bubble with a caret, and the name of the package. */
const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="184" height="28" viewBox="0 0 184 28">
  <path d="M4 5h20a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H13l-6 5v-5H4a3 3 0 0 1-3-3V8a3 3 0 0 1 3-3z" fill="${accent}"/>
  <path d="M7 13h8" stroke="${page}" stroke-width="2.4" stroke-linecap="round"/>
  <rect x="18" y="9.5" width="3" height="7" rx="1" fill="${page}"/>
  <text x="36" y="19" font-family="system-ui, sans-serif" font-size="16" font-weight="600" fill="${text}">assistants-react</text>
</svg>`;

/** Theme of the documentation: the colors of the components, in light or dark as the reader prefers. */
export const theme: ThemeVars = create({
  base: isDark ? 'dark' : 'light',
  brandTitle: 'assistants-react',
  brandUrl: './',
  brandImage: `data:image/svg+xml,${encodeURIComponent(logo)}`,
  fontBase: 'system-ui, sans-serif',
  fontCode: 'ui-monospace, monospace',
  colorPrimary: accent,
  colorSecondary: accent,
  appBg: side,
  appContentBg: page,
  appPreviewBg: page,
  appBorderColor: line,
  appBorderRadius: 8,
  barBg: page,
  barTextColor: muted,
  barHoverColor: accent,
  barSelectedColor: accent,
  textColor: text,
  textMutedColor: muted,
  inputBg: page,
  inputBorder: line,
  inputTextColor: text,
  inputBorderRadius: 8,
});
