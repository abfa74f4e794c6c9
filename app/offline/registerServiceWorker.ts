/** Trusted Types, which the policy of the page requires for addresses of scripts. Some browsers do not have them. */
interface TrustedTypes {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => { createScriptURL: (url: string) => string };
}

/** Keeps the playground for visits without a network. Without the permission to do so, it needs one. */
export function registerServiceWorker(): void {
  // A page that is not secure has no service workers.
  if (!('serviceWorker' in navigator)) return;
  const url = './serviceWorker.js';
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('playground', { createScriptURL: (text) => text });
  navigator.serviceWorker
    .register(policy?.createScriptURL(url) ?? url, { scope: './' })
    .catch(() => undefined);
}
