/** Creates a JSON response from serialized JSON. */
export function toJsonResponse(
  json: string,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(json, {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}
