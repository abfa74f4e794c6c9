/** Returns true if a response redirects, or if `fetch` has followed a redirect to get it. */
export function isRedirect({ ok, redirected, status }: Response): boolean {
  // Browsers hide a redirect that they do not follow: its status is 0.
  return redirected || (!ok && status < 400);
}
