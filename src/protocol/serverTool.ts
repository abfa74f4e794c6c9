/** Function of a server that runs the calls of an assistant itself, such as an MCP server. */
export interface ServerTool {
  /** Label that the assistant has given the server. */
  readonly server: string;
  readonly name: string;
}

/**
 * Returns the name by which the calls of a server's function are always allowed: `server/function`. A slash in the label of the
 * server is escaped, so that no two functions have the same name.
 */
export function getServerToolName({ server, name }: ServerTool): string {
  return `${server.replaceAll('%', '%25').replaceAll('/', '%2F')}/${name}`;
}

/** Returns the function that a call in a run step belongs to. Undefined for calls that no server with a label has run. */
export function readServerTool(call: object): ServerTool | undefined {
  if (!('server_label' in call) || !('name' in call)) return undefined;
  const { server_label: server, name } = call;
  if (typeof server !== 'string' || typeof name !== 'string') return undefined;
  return server === '' || name === '' ? undefined : { server, name };
}
