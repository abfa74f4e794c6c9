import axe from 'axe-core';

/**
 * Switches the rendered story to the dark theme, checks its colour contrast with axe, and switches back. All other rules do
 * not depend on the theme and are checked in light.
 *
 * @throws Error that lists the elements with too little contrast.
 */
export async function checkDarkTheme(): Promise<void> {
  const switchBack = switchTheme('dark');
  try {
    const { violations } = await axe.run(document.body, { runOnly: ['color-contrast'] });
    const found = violations.flatMap(({ nodes }) =>
      nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`),
    );
    if (found.length > 0) throw new Error(`Contrast in the dark theme:\n${found.join('\n')}`);
  } finally {
    switchBack();
  }
}

/** Applies a theme without transitions. Returns a function that restores the theme before. */
function switchTheme(theme: 'light' | 'dark'): () => void {
  const style = document.createElement('style');
  style.textContent = '*, ::before, ::after { transition: none !important; }';
  document.head.append(style);
  const page = document.documentElement;
  const elements = [page, ...document.querySelectorAll<HTMLElement>('[data-story-box]')];
  const before = elements.map(({ dataset, style: own }) => [dataset['theme'], own.colorScheme]);
  for (const element of elements) {
    element.dataset['theme'] = theme;
    element.style.colorScheme = theme;
  }
  return () => {
    elements.forEach((element, index) => {
      const [name, colorScheme] = before[index] ?? [];
      if (name === undefined) delete element.dataset['theme'];
      else element.dataset['theme'] = name;
      element.style.colorScheme = colorScheme ?? '';
    });
    style.remove();
  };
}
