/** Matches everything and adds the specificity of one class. */
const ANY = ':not(._)';

/** Rules for tokens stay weak: resets do not set them, and apps do. */
const TOKEN_SELECTOR = /:root|\[data-theme|\[data-density/;

/**
 * PostCSS plugin that creates the styles of `src/unlayered.css`, for pages whose resets are in no cascade layer: removes the
 * layers, and gives every rule the specificity of one class. All rules have the same, so that their order decides as before.
 */
export const unlayeredStyles = {
  postcssPlugin: 'unlayered-styles',
  /** @param {import('postcss').Root} root @param {{ result: import('postcss').Result }} helpers */
  OnceExit(root, { result }) {
    if (!result.opts.from?.split('?')[0]?.endsWith('/src/unlayered.css')) return;
    root.walkAtRules('layer', (rule) => {
      if (rule.nodes) rule.replaceWith(rule.nodes);
      else rule.remove();
    });
    root.walkRules((rule) => {
      const isKeyframe = rule.parent?.type === 'atrule' && rule.parent.name === 'keyframes';
      const isToken = TOKEN_SELECTOR.test(rule.selector);
      if (!isKeyframe && !isToken) rule.selectors = rule.selectors.map(raiseSpecificity);
    });
  },
};

/** @param {string} selector */
function raiseSpecificity(selector) {
  const pseudoElement = /::[\w-]+(?:\([^)]*\))?$/.exec(selector);
  const end = pseudoElement?.index ?? selector.length;
  return selector.slice(0, end) + ANY + selector.slice(end);
}
